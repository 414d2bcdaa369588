/** Try it: answered by the engine, with nothing stored, on both databases. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TryRequest, TryResult } from '../../src/server/admin/types.ts'
import { createKey } from '../../src/server/api-keys.ts'
import { rowsOf } from '../support/app.ts'
import { ORIGIN, type Person, startConsole, type TestConsole } from '../support/console.ts'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

describe.each(['sqlite', 'postgres'] as const)('trying a request on %s', (kind) => {
  let at: TestConsole
  let user: string
  let group: string
  let before: string
  let scim: (path: string, body: object) => Promise<Response>

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
    scim = (path, body) =>
      at.service.reach(`${ORIGIN}/scim/v2${path}`, {
        method: 'POST',
        headers: { 'API-Key': secret, 'Content-Type': 'application/scim+json' },
        body: JSON.stringify({ schemas: [USER], ...body }),
      })
    const made = async (path: string, body: object) =>
      ((await (await scim(path, body)).json()) as { id: string }).id
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
    expect(result.members.added).toEqual({
      count: 1,
      first: [{ id: user, display: 'bjensen', type: 'User' }],
    })
    expect(result.members.removed.count).toBe(0)
    expect(result.record).toMatchObject({ members: [{ value: user, display: 'bjensen' }] })
  })

  test('a delete, in words: what leaves what, and how many lose it', async () => {
    const body = { schemas: [GROUP], displayName: 'Team', members: [{ value: user }] }
    const { id } = (await (await scim('/Groups', body)).json()) as { id: string }
    before = await rows()
    const ofUser = await tried({ method: 'DELETE', path: `/Users/${user}` })
    const groups = { count: 1, first: [{ id, display: 'Team', type: 'Group' }] }
    expect(ofUser.removal).toEqual({
      ...{ kind: 'suspended', type: 'User', id: user, display: 'bjensen' },
      ...{ groups, members: 0 },
    })
    expect(ofUser.members.removed.count).toBe(0)
    expect((await tried({ method: 'DELETE', path: `/Groups/${id}` })).removal).toMatchObject({
      ...{ kind: 'deleted', display: 'Team', members: 1, groups: { count: 0 } },
    })
  })

  test.each([
    [{ 'If-Match': 'W/"9"' }, 'PATCH', 412],
    [{ 'If-Match': 'W/"1"', 'Content-Type': 'application/json' }, 'PATCH', 200],
    [{ 'If-None-Match': 'W/"1"' }, 'GET', 304],
    [{ 'Content-Type': 'application/x-www-form-urlencoded' }, 'PATCH', 415],
    [{}, 'PATCH', 415],
    [undefined, 'PATCH', 200],
  ] as const)('with the headers %j, %s is answered %i', async (headers, method, status) => {
    const operations = [{ op: 'replace', path: 'title', value: 'Boss' }]
    const body = JSON.stringify({ schemas: [PATCH], Operations: operations })
    const given = { 'Content-Type': 'application/scim+json', ...headers }
    const sent = headers && (method === 'PATCH' && 'If-Match' in headers ? given : headers)
    const path = `/Users/${user}`
    const result = await tried({ method, path, body, ...(sent && { headers: sent }) })
    expect(result.status).toBe(status)
  })

  test('what accepts only JSON is given that name; what is no header is said', async () => {
    const result = await tried({ headers: { Accept: 'application/json' } })
    expect(result.headers['content-type']).toBe('application/json')
    expect(result.headers).not.toHaveProperty('x-request-id')
    const wrong = await asked('admin', { headers: { Accept: 'a\nb' } })
    expect(wrong.status).toBe(400)
    expect(await wrong.json()).toMatchObject({ field: 'headers.Accept' })
    expect((await asked('admin', { headers: { Host: 'x' } as object })).status).toBe(400)
  })

  test('a refusal, with its advice', async () => {
    const body = JSON.stringify({ schemas: [USER], userName: 'BJENSEN' })
    const result = await tried({ method: 'POST', body })
    expect(result.status).toBe(409)
    expect(result.advice?.cause).toContain('userName')
    expect(result.advice?.clash).toEqual({
      ...{ attribute: 'userName', value: 'BJENSEN' },
      holder: { type: 'User', id: user, display: 'BJENSEN', suspendedAt: null },
    })
  })

  test('a delete, the whole URL, and the strict profile', async () => {
    expect((await tried({ method: 'DELETE', path: `/Users/${user}` })).status).toBe(204)
    expect((await tried({ path: `${ORIGIN}/scim/v2/Users?count=0` })).status).toBe(200)
    const operations = [{ op: 'Replace', path: 'title', value: 'Boss' }]
    const body = JSON.stringify({ schemas: [PATCH], Operations: operations })
    const path = `/Users/${user}`
    expect((await tried({ method: 'PATCH', path, body, profile: 'strict' })).status).toBe(400)
  })

  const asked = async (person: Person, request: Partial<TryRequest>) => {
    const body = { method: 'GET', path: '/Users', body: '', ...request }
    return at.as(person, '/tenants/main/try', { method: 'POST', body })
  }
  const patching = (operations: readonly unknown[], path = `/Groups/${group}`) => ({
    method: 'PATCH',
    path,
    body: JSON.stringify({ schemas: [PATCH], Operations: operations }),
  })

  test('more than a moment is enough for is refused', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ value: String(index) }))
    for (const [request, why] of [
      [patching(Array(101).fill({ op: 'add', path: 'title', value: 'x' })), '100 operations'],
      [patching([{ op: 'add', path: 'members', value: many }]), '1000 members'],
      [patching([{ op: 'remove', path: 'members', value: many }]), 'Too many members'],
    ] as const) {
      const answer = await asked('admin', request)
      expect(answer.status).toBe(413)
      expect(((await answer.json()) as { detail: string }).detail).toContain(why)
    }
    expect(await rows()).toBe(before)
  })

  test('one at a time of each person', async () => {
    let end = () => {}
    const held = new Promise<void>((resolve) => {
      end = resolve
    })
    const first = at.service.rehearsals.of(at.people.admin.id, () => held)
    const answers = await Promise.all([asked('admin', {}), asked('owner', {}), asked('root', {})])
    expect(answers.map(({ status }) => status)).toEqual([409, 200, 200])
    end()
    await first
    expect((await asked('admin', {})).status).toBe(200)
  })

  test('what clients write goes on meanwhile', async () => {
    let isOver = false
    const trying = ['admin', 'owner', 'root'].map(async (person) => {
      let count = 0
      while (!isOver) {
        const body = JSON.stringify({ schemas: [USER], userName: 'never' })
        const answer = await asked(person as Person, { method: 'POST', body })
        expect(await answer.json()).toMatchObject({ status: 201 })
        count += 1
      }
      return count
    })
    const names = Array.from({ length: 40 }, (_, index) => `meanwhile${index}`)
    const written = await Promise.all(names.map((userName) => scim('/Users', { userName })))
    isOver = true
    expect(written.map(({ status }) => status)).toEqual(names.map(() => 201))
    const tries = await Promise.all(trying)
    expect(Math.min(...tries)).toBeGreaterThan(0)
    before = await rows()
  })

  test('a group of many: one may join, and nothing goes through all of them', async () => {
    const ids = await Promise.all(
      Array.from({ length: 1_001 }, async (_, index) => {
        const answer = await scim('/Users', { userName: `many${index}` })
        return ((await answer.json()) as { id: string }).id
      }),
    )
    const members = ids.map((value) => ({ value }))
    const made = await scim('/Groups', { schemas: [GROUP], displayName: 'Many', members })
    const path = `/Groups/${((await made.json()) as { id: string }).id}`
    before = await rows()
    const joining = patching([{ op: 'add', path: 'members', value: [{ value: user }] }], path)
    expect((await tried(joining)).members.added.first).toMatchObject([{ id: user }])
    for (const request of [
      { method: 'DELETE', path },
      patching([{ op: 'replace', path: 'members', value: [] }], path),
      { ...joining, path: `${path}?attributes=members` },
    ]) {
      expect((await asked('admin', request)).status).toBe(413)
    }
    const whole = await tried({ path })
    expect(whole.isCut).toBe(false)
    expect(await rows()).toBe(before)
  })
})
