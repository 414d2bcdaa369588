/**
 * The console's API in this process, over a real database, with two tenants and people in them.
 *
 * @module
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { provider } from '../../src/provider/options.ts'
import { CONSOLE_HEADER } from '../../src/server/admin/guard.ts'
import { keyTests } from '../../src/server/admin/key-test.ts'
import { rehearsals } from '../../src/server/admin/rehearsals.ts'
import type { AdminService } from '../../src/server/admin/service.ts'
import { beginSession } from '../../src/server/admin/session.ts'
import { signInLimits } from '../../src/server/admin/sign-in-limits.ts'
import { createApp } from '../../src/server/app.ts'
import { type Database, openDatabase } from '../../src/server/database.ts'
import { health } from '../../src/server/health.ts'
import { createLog } from '../../src/server/log.ts'
import { ownCalls } from '../../src/server/own-calls.ts'
import { passwordHasher } from '../../src/server/passwords.ts'
import { ascendingIds } from '../../src/server/random.ts'
import { providerOptions, scimService } from '../../src/server/scim.ts'
import { newSealSecret, sealWith } from '../../src/server/seal.ts'
import { createTenant } from '../../src/server/tenants.ts'
import type { Operator } from '../../src/store/operators.ts'
import type { Tenant } from '../../src/store/registry.ts'
import { freshDatabase } from './postgres.ts'

export const ORIGIN = 'http://127.0.0.1:3000'

/** Who there is: a root operator, those of the tenant `main`, and the owner of `other`. */
export const PEOPLE = ['root', 'owner', 'admin', 'viewer', 'stranger'] as const
export type Person = (typeof PEOPLE)[number]

/** All of them have this one. */
export const PASSWORD = 'correct horse battery'

export interface ConsoleRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

export interface TestConsole {
  readonly service: AdminService
  readonly database: Database
  readonly main: Tenant
  readonly other: Tenant
  readonly people: Readonly<Record<Person, Operator>>
  /** Milliseconds by which the clock is ahead. */
  advance(milliseconds: number): void
  /** A request to the whole service: `/console/api/session`, `/scim/v2/Users`. */
  fetch(path: string, init?: ConsoleRequest): Promise<Response>
  /** A request of the console's own page, below `/console/api`, by somebody with a session of theirs. */
  as(person: Person | string | null, path: string, init?: ConsoleRequest): Promise<Response>
  /** A new session; the value of `Cookie`. */
  signIn(person: Person): Promise<string>
  close(): Promise<void>
}

/** @param more What the service has beside the database. @param who Who is there. */
export async function startConsole(
  kind: 'sqlite' | 'postgres' = 'sqlite',
  more: Partial<AdminService> = {},
  who: readonly Person[] = PEOPLE,
): Promise<TestConsole> {
  const { database, remove } = await open(kind)
  let ahead = 0
  const now = () => Date.now() + ahead
  const { own = ownCalls(newSealSecret(), now) } = more
  const log = createLog('silent', { write: () => {} })
  const options = {
    store: database,
    registry: database.registry,
    log,
    now,
    publicUrl: ORIGIN,
    seal: sealWith(newSealSecret()),
    own,
    limits: {},
  }
  const given = providerOptions(options)
  const service: AdminService = {
    database,
    provider: provider(given),
    publicUrl: ORIGIN,
    localUrl: ORIGIN,
    commandFlags: [],
    passwords: passwordHasher({ running: 2, waiting: 100 }),
    limits: signInLimits(),
    keyTests: keyTests(),
    own,
    rehearsals: rehearsals(),
    log,
    now,
    newId: ascendingIds(now),
    reach: async (url, init) => app.request(String(url), init),
    ...more,
  }
  const scim = scimService(options, given)
  const ready = health(() => database.ready())
  const app = createApp({ scim, health: ready, log, publicUrl: ORIGIN, admin: service })
  const main = await createTenant(database.registry, 'main', {}, now)
  const other = await createTenant(database.registry, 'other', {}, now)
  const people = await populate(service, main, other, who)
  const cookies = new Map<string, string>()

  const fetch: TestConsole['fetch'] = async (path, { method = 'GET', headers = {}, body } = {}) => {
    const sent = Object.entries(headers).filter((one): one is [string, string] => !!one[1])
    return app.request(ORIGIN + path, {
      method,
      headers: {
        Host: new URL(ORIGIN).host,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...Object.fromEntries(sent),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }
  const signIn = async (person: Person) => {
    const call = { service, now: now(), address: '127.0.0.1', agent: 'Test' }
    const { cookie } = await beginSession(call, people[person])
    return cookie.split(';', 1)[0] as string
  }
  return {
    service,
    database,
    main,
    other,
    people,
    advance: (milliseconds) => {
      ahead += milliseconds
    },
    fetch,
    async as(person, path, { headers = {}, ...init } = {}) {
      const isPerson = PEOPLE.some((one) => one === person)
      let cookie = person === null ? undefined : (cookies.get(person) ?? person)
      if (isPerson && !cookies.has(person as Person)) {
        cookie = await signIn(person as Person)
        cookies.set(person as Person, cookie)
      }
      const own = { [CONSOLE_HEADER]: '1', Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin' }
      return fetch(`/console/api${path}`, {
        ...init,
        headers: { ...own, ...(cookie === undefined ? {} : { Cookie: cookie }), ...headers },
      })
    },
    signIn,
    async close() {
      await database.close()
      await remove()
    },
  }
}

async function populate(
  { database, passwords }: AdminService,
  main: Tenant,
  other: Tenant,
  who: readonly Person[],
): Promise<Record<Person, Operator>> {
  const password = await passwords.hash(PASSWORD)
  const entries = who.map(async (person) => {
    const operator: Operator = {
      id: `operator-${person}`,
      email: `${person}@example.com`,
      name: `The ${person}`,
      isRoot: person === 'root',
      password,
      federated: null,
      created: Date.now(),
      lastSignIn: null,
    }
    const roles =
      person === 'root'
        ? []
        : person === 'stranger'
          ? [{ tenant: other.id, role: 'owner' as const }]
          : [{ tenant: main.id, role: person }]
    await database.operators.add(
      operator,
      roles.map((role) => ({ operator: operator.id, ...role })),
    )
    return [person, operator] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as Record<Person, Operator>
}

async function open(kind: 'sqlite' | 'postgres') {
  if (kind === 'postgres') {
    const { url, drop } = await freshDatabase()
    const database = await openDatabase({ kind, url }, { create: true, lock: false })
    return { database, remove: drop }
  }
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
  const address = { kind, file: join(folder, 'rollcall.db') } as const
  const database = await openDatabase(address, { create: true, lock: false })
  return { database, remove: () => rm(folder, { recursive: true }) }
}
