/** Names and other text that people give: what is none is refused alike on both databases. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startConsole, type TestConsole } from '../support/console.ts'

const NOT_TEXT = ['half \ud800', '\udc00 half', 'nul\0']
const NOT_NAMES = ['two\nlines', 'bell\u0007', 'c1 \u0085', 'turned \u202e round', 'line\u2028end']
const NAMES = ['Zoë Müller-Łukasiewicz', 'عائشة', '山田太郎', '👩‍👩‍👧 family', 'a"b\\c']

describe.each(['sqlite', 'postgres'] as const)('text on %s', (kind) => {
  let at: TestConsole
  beforeAll(async () => {
    at = await startConsole(kind)
  })
  afterAll(() => at.close())

  const post = (path: string, body: unknown) => at.as('root', path, { method: 'POST', body })
  const invite = (name: string, email: string) =>
    post('/tenants/main/operators', { email, name, role: 'viewer' })
  const named = {
    person: (name: string) => at.as('viewer', '/me', { method: 'PATCH', body: { name } }),
    invited: (name: string) => invite(name, `p${Math.abs(name.length)}@example.com`),
    key: (name: string) => post('/tenants/main/keys', { name, scope: 'read', days: 1 }),
    tenant: (name: string) => post('/tenants', { name }),
  }

  test.each(Object.entries(named))(
    'the name of a %s has no characters that are none',
    async (_, send) => {
      for (const name of [...NOT_TEXT, ...NOT_NAMES]) {
        const refused = await send(name)
        const told = [refused.status, await refused.json()]
        expect(told, JSON.stringify(name)).toMatchObject([400, { code: 'field', field: 'name' }])
      }
    },
  )

  test('a name comes back as it was given', async () => {
    for (const name of NAMES) {
      expect(await (await named.person(name)).json()).toMatchObject({ operator: { name } })
      expect(await (await named.key(name)).json()).toMatchObject({ key: { name } })
    }
  })

  test('an e-mail address has none either', async () => {
    for (const email of ['a\0@example.com', 'a\ud800@example.com', 'a\u202e@example.com']) {
      expect((await invite('Somebody', email)).status).toBe(400)
    }
  })

  test('nor has anything that is asked for', async () => {
    for (const path of [
      '/users?q=%00',
      '/users/%00',
      '/groups/a%00/members',
      '/users/x/timeline?after=%00',
      '/audit?before=%00',
      '/search?q=a%00',
    ]) {
      const refused = await at.as('admin', `/tenants/main${path}`)
      expect([refused.status, path]).toEqual([400, path])
    }
    const tried = { method: 'GET', path: '/Users', body: '\ud800' }
    expect((await post('/tenants/main/try', tried)).status).toBe(400)
    expect((await post('/tenants/main/users/x/erase', { name: { 'a\0': 1 } })).status).toBe(400)
  })
})
