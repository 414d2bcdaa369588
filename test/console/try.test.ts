/** Try it: answered by the engine, with nothing stored, on both databases. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TryRequest, TryResult } from '../../src/server/admin/types.ts'
import { createKey } from '../../src/server/api-keys.ts'
import { rowsOf } from '../support/app.ts'
import { ORIGIN, startConsole, type TestConsole } from '../support/console.ts'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

describe.each(['sqlite', 'postgres'] as const)('trying a request on %s', (kind) => {
  let at: TestConsole
  let user: string
  let group: string
  let before: string

  const rows = () => rowsOf(at.database, at.main.id)
  const tried = async (request: Partial<TryRequest>): Promise<TryResult> => {
    const body = { method: 'GET', path: '/Users', body: '', ...request }
    const answer = await at.as('admin', '/tenants/main/try', { method: 'POST', body })
    expect(answer.status).toBe(200)
    const result = (await answer.json()) as TryResult
    expect(await rows()).toBe(before)
    return result
  }

  beforeAll(async () => {
    at = await startConsole(kind)
    const wanted = { tenant: at.main.id, name: 'k', scope: 'write', lifetime: null } as const
    const { secret } = await createKey(at.database.registry, wanted, at.service)
    const made = async (path: string, body: unknown) => {
      const answer = await at.service.reach(`${ORIGIN}/scim/v2${path}`, {
        method: 'POST',
        headers: { 'API-Key': secret, 'Content-Type': 'application/scim+json' },
        body: JSON.stringify(body),
      })
      return ((await answer.json()) as { id: string }).id
    }
    user = await made('/Users', { schemas: [USER], userName: 'bjensen', title: 'Guide' })
    group = await made('/Groups', { schemas: [GROUP], displayName: 'Guides' })
    before = await rows()
  })
  afterAll(() => at.close())

  test('a create: the answer, and the record without its password', async () => {
    const body = JSON.stringify({ schemas: [USER], userName: 'new', password: 'hunter22' })
    const result = await tried({ method: 'POST', body })
    expect(result.status).toBe(201)
    expect(result.record).toMatchObject({ userName: 'new' })
    expect(JSON.stringify(result)).not.toContain('hunter22')
  })

  test('a change: what differs, attribute by attribute', async () => {
    const operations = [{ op: 'Replace', path: 'title', value: 'Boss' }]
    const body = JSON.stringify({ schemas: [PATCH], Operations: operations })
    const result = await tried({ method: 'PATCH', path: `/Users/${user}`, body })
    expect(result.differences).toEqual([{ path: 'title', before: 'Guide', after: 'Boss' }])
    expect(result.quirks.map(({ name }) => name)).toEqual(['op-capitalised'])
  })

  test('members that would come', async () => {
    const operations = [{ op: 'add', path: 'members', value: [{ value: user }] }]
    const body = JSON.stringify({ schemas: [PATCH], Operations: operations })
    const result = await tried({ method: 'PATCH', path: `/Groups/${group}`, body })
    expect(result.members).toEqual({ added: [user], removed: [] })
  })

  test('a refusal, with its advice', async () => {
    const body = JSON.stringify({ schemas: [USER], userName: 'BJENSEN' })
    const result = await tried({ method: 'POST', body })
    expect(result.status).toBe(409)
    expect(result.advice?.cause).toContain('userName')
  })

  test('a delete, the whole URL, and the strict profile', async () => {
    expect((await tried({ method: 'DELETE', path: `/Users/${user}` })).status).toBe(204)
    expect((await tried({ path: `${ORIGIN}/scim/v2/Users?count=0` })).status).toBe(200)
    const operations = [{ op: 'Replace', path: 'title', value: 'Boss' }]
    const body = JSON.stringify({ schemas: [PATCH], Operations: operations })
    const path = `/Users/${user}`
    expect((await tried({ method: 'PATCH', path, body, profile: 'strict' })).status).toBe(400)
  })
})
