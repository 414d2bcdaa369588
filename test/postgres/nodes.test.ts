/**
 * Several nodes on one PostgreSQL database: real programs, which know nothing of each other.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GROUP } from '../../src/protocol/urn.ts'
import { patchOf } from '../support/client.ts'
import { administer, freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { rollcall, type Service, send, service, user } from '../support/service.ts'

const NODES = 3

describe('nodes on one database', () => {
  let database: TestDatabase
  let nodes: readonly Service[]
  let key: string

  beforeAll(async () => {
    database = await freshDatabase({ bare: true })
    nodes = await Promise.all(Array.from({ length: NODES }, () => service(database.url)))
    key = nodes.find((node) => node.key !== undefined)?.key as string
  }, 120_000)
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()))
    await database.drop()
  })

  const node = (index: number) => nodes[index % NODES] as Service

  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
  async function ask(at: number, path: string, body?: unknown, method?: string): Promise<any> {
    const response = await send(node(at), path, key, body, method)
    expect(response.ok, `${path} ${response.status}`).toBe(true)
    return response.status === 204 ? undefined : await response.json()
  }

  test('that start together on an empty one migrate it once, and all serve', async () => {
    const done = await administer<{ number: number }>(database, 'select number from migrations')
    expect(new Set(done.map(({ number }) => number)).size).toBe(done.length)
    const tenants = await administer(database, 'select id from tenants')
    expect(tenants).toHaveLength(1)
    for (let at = 0; at < NODES; at++) expect((await ask(at, '/Users')).totalResults).toBe(0)
  })

  test('see at once what another one has written', async () => {
    const { id } = await ask(0, '/Users', user('ada@example.com'))
    expect((await ask(1, `/Users/${id}`)).userName).toBe('ada@example.com')
    await ask(
      1,
      `/Users/${id}`,
      patchOf({ op: 'replace', path: 'title', value: 'Countess' }),
      'PATCH',
    )
    expect((await ask(2, `/Users/${id}`)).title).toBe('Countess')
    const taken = await send(node(2), '/Users', key, user('ADA@example.com'))
    expect(taken.status).toBe(409)
  })

  test('that change the members of one group at once end with all of them', async () => {
    const users = await Promise.all(
      Array.from({ length: 60 }, (_, index) => ask(index, '/Users', user(`member${index}`))),
    )
    const ids: string[] = users.map(({ id }) => id)
    const group = await ask(0, '/Groups', { schemas: [GROUP], displayName: 'Everyone' })
    const change = (at: number, operation: unknown) =>
      ask(at, `/Groups/${group.id}`, patchOf(operation), 'PATCH')
    const add = (value: string) => ({ op: 'add', path: 'members', value: [{ value }] })
    await Promise.all(ids.map((id, index) => change(index, add(id))))
    const remove = (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` })
    const leaving = ids.filter((_, index) => index % 3 === 0)
    const staying = ids.filter((id) => !leaving.includes(id))
    await Promise.all([
      ...leaving.map((id, index) => change(index, remove(id))),
      ...staying.map((id, index) => change(index + 1, add(id))),
    ])
    const { members, meta } = await ask(1, `/Groups/${group.id}`)
    expect(members.map(({ value }: { value: string }) => value).sort()).toEqual(staying.sort())
    expect(meta.version).toBe(`W/"${1 + ids.length + leaving.length}"`)
  })

  test.each(['cursor', 'startIndex'])('go on with a walk by %s that another began', async (by) => {
    const seen: string[] = []
    let next: string | undefined = by === 'cursor' ? '' : '1'
    for (let at = 0; next !== undefined; at++) {
      const page = await ask(at, `/Users?count=7&attributes=id&${by}=${next}`)
      seen.push(...page.Resources.map(({ id }: { id: string }) => id))
      if (by === 'cursor') next = page.nextCursor
      else next = seen.length < page.totalResults ? String(seen.length + 1) : undefined
    }
    const all = await ask(0, '/Users?count=1000&attributes=id')
    expect(seen).toEqual(all.Resources.map(({ id }: { id: string }) => id))
    expect(seen.length).toBeGreaterThan(60)
  })

  test('refuse a key within a second once it is revoked anywhere', async () => {
    const flags = ['--database', database.url]
    const made = await rollcall(['key', 'create', '--name', 'short', ...flags])
    const secret = made.stdout.trim().split('\n').at(-1) as string
    for (let at = 0; at < NODES; at++) {
      expect((await send(node(at), '/Users?count=0', secret)).status).toBe(200)
    }
    const { stdout } = await rollcall(['key', 'list', '--json', ...flags])
    const keys = JSON.parse(stdout) as { readonly id: string; readonly name: string }[]
    const id = keys.find(({ name }) => name === 'short')?.id as string
    expect((await rollcall(['key', 'revoke', id, ...flags])).code).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    for (let at = 0; at < NODES; at++) {
      expect((await send(node(at), '/Users?count=0', secret)).status).toBe(401)
    }
  })

  test('stay when one of them is gone', async () => {
    const [gone, ...others] = nodes
    gone?.process.kill('SIGKILL')
    await gone?.done
    nodes = others
    for (const one of others) expect((await send(one, '/Users?count=0', key)).status).toBe(200)
  })
})
