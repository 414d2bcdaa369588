/**
 * Links that stand for an account for a while: to set a password with, or to connect a tenant.
 *
 * @module
 */

import type { OneTimeLink, Operators, SetupLink } from '../../store/operators.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { one, rows, run } from './work.ts'

interface SetupRow extends Omit<SetupLink, 'madeBy' | 'usedAt'> {
  readonly made_by: string
  readonly used_at: number | null
}

type Part =
  | 'addLink'
  | 'link'
  | 'useLink'
  | 'endLinks'
  | 'addSetupLink'
  | 'setupLinks'
  | 'setupLink'
  | 'useSetupLink'
  | 'endSetupLink'

export function links(spelling: Spelling, { read, write }: Executor): Pick<Operators, Part> {
  const [hash, id, tenant] = [slot('hash'), slot('id'), slot('tenant')]
  const replace = spelling.compile(sql`
    delete from links where coalesce(operator, '') = ${slot('holder')}`)
  const insert = spelling.compile(sql`
    insert into links (hash, purpose, operator, created, expires)
    values (${hash}, ${slot('purpose')}, ${slot('operator')}, ${slot('created')}, ${slot('expires')})`)
  const byHash = spelling.compile<OneTimeLink>(sql`
    select hash, purpose, operator, created, expires from links where hash = ${hash}`)
  const use = spelling.compile<{ operator: string | null }>(sql`
    delete from links where hash = ${hash} returning operator`)
  const settle = spelling.compile(sql`
    update operators set password = ${slot('password')}, name = ${slot('name')} where id = ${id}`)
  const signOut = spelling.compile(sql`delete from sessions where operator = ${id}`)

  const columns = sql`id, tenant, hash, made_by, name, created, expires, used_at, key`
  const insertSetup = spelling.compile(sql`
    insert into setup_links (${columns})
    values (${id}, ${tenant}, ${hash}, ${slot('madeBy')}, ${slot('name')}, ${slot('created')},
      ${slot('expires')}, ${slot('usedAt')}, ${slot('key')})`)
  const ofTenant = spelling.compile<SetupRow>(sql`
    select ${columns} from setup_links where tenant = ${tenant} order by created desc, id desc`)
  const setupByHash = spelling.compile<SetupRow>(sql`
    select ${columns} from setup_links where hash = ${hash}`)
  const useSetup = spelling.compile(sql`
    update setup_links set used_at = ${slot('at')}, key = ${slot('key')}
    where id = ${id} and key is null`)
  const endSetup = spelling.compile(sql`
    delete from setup_links where tenant = ${tenant} and id = ${id}`)

  return {
    addLink: (link) =>
      write(function* () {
        yield* run(replace, { holder: link.operator ?? '' })
        yield* run(insert, { ...link })
      }),
    link: (hash) => read(() => one(byHash, { hash })),
    useLink: (hash, given) =>
      write(function* () {
        const [used] = yield* rows(use, { hash })
        const id = used?.operator ?? null
        if (id !== null && given !== null) {
          yield* run(settle, { id, ...given })
          yield* run(signOut, { id })
        }
        return used !== undefined
      }),
    endLinks: (operator) =>
      write(function* () {
        yield* run(replace, { holder: operator })
      }),

    addSetupLink: (link) =>
      write(function* () {
        yield* run(insertSetup, { ...link })
      }),
    setupLinks: (tenant) =>
      read(function* () {
        return (yield* rows(ofTenant, { tenant })).map(setupOf)
      }),
    setupLink: (hash) =>
      read(function* () {
        const row = yield* one(setupByHash, { hash })
        return row && setupOf(row)
      }),
    useSetupLink: (id, key, at) =>
      write(function* () {
        return (yield* run(useSetup, { id, key, at })) > 0
      }),
    endSetupLink: (tenant, id) =>
      write(function* () {
        return (yield* run(endSetup, { tenant, id })) > 0
      }),
  }
}

function setupOf({ made_by: madeBy, used_at: usedAt, ...same }: SetupRow): SetupLink {
  return { ...same, madeBy, usedAt }
}
