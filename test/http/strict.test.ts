import { expect, test } from 'vitest'
import type { QuirkName } from '../../src/protocol/quirks.ts'
import { ENTERPRISE_USER, GROUP, PATCH_OP, USER } from '../../src/protocol/urn.ts'
import type { AppRequest } from '../support/app.ts'
import { groupOf, patchOf, userOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

interface Seed {
  readonly user: string
  readonly group: string
}

type Sent = readonly [path: string, request?: AppRequest]

const post = (path: string, body: unknown): Sent => [path, { method: 'POST', body }]
const filter = (text: string): Sent => [`/Users?filter=${encodeURIComponent(text)}`]
const patch = (path: string, ...operations: unknown[]): Sent => [
  path,
  { method: 'PATCH', body: patchOf(...operations) },
]

/** One request for every quirk there is. */
const QUIRKS: Readonly<Record<QuirkName, (seed: Seed) => Sent>> = {
  'op-capitalised': ({ user }) => patch(`/Users/${user}`, { op: 'Add', path: 'title', value: 'x' }),
  'unquoted-value': () => filter('userName eq bjensen'),
  'value-path-compared': () => filter('emails[type eq "work"].value eq "x"'),
  'quoted-boolean-in-filter': () => filter('active eq "True"'),
  'unqualified-extension-attribute': () => filter('department eq "Tours"'),
  'dot-after-urn': () => filter(`${ENTERPRISE_USER}.department eq "Tours"`),
  'reference-compared': () => filter(`${ENTERPRISE_USER}:manager eq "m1"`),
  'missing-schemas': () => post('/Users', { userName: 'new' }),
  'foreign-schemas': () => post('/Users', userOf('new', { schemas: [USER, 'urn:x:y:Group'] })),
  'unlisted-extension': () =>
    post('/Users', { schemas: [USER], userName: 'new', [ENTERPRISE_USER]: { department: 'x' } }),
  'unknown-attribute': () => post('/Users', userOf('new', { adreses: [] })),
  'single-object-for-list': () => post('/Users', userOf('new', { emails: { value: 'n@x' } })),
  'boolean-as-string': () => post('/Users', userOf('new', { active: 'True' })),
  'manager-as-string': () =>
    post('/Users', userOf('new', { [ENTERPRISE_USER]: { manager: 'm1' } })),
  'manager-as-list': ({ user }) =>
    patch(`/Users/${user}`, {
      op: 'add',
      path: `${ENTERPRISE_USER}:manager`,
      value: [{ value: 'm2' }],
    }),
  'empty-manager-removes': ({ user }) =>
    patch(`/Users/${user}`, {
      op: 'replace',
      path: `${ENTERPRISE_USER}:manager`,
      value: { value: '' },
    }),
  'scalar-member': ({ group, user }) =>
    patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [user] }),
  'remove-with-value-list': ({ group, user }) =>
    patch(`/Groups/${group}`, { op: 'remove', path: 'members', value: [{ value: user }] }),
  'remove-missing-value': ({ user }) =>
    patch(`/Users/${user}`, { op: 'remove', path: 'emails[type eq "home"]' }),
  'create-on-missing-value': ({ user }) =>
    patch(`/Users/${user}`, { op: 'add', path: 'emails[type eq "home"].value', value: 'h@x' }),
  'dotted-keys': ({ user }) =>
    patch(`/Users/${user}`, { op: 'replace', value: { 'name.givenName': 'B' } }),
  'urn-keys-in-value': ({ user }) =>
    patch(`/Users/${user}`, { op: 'replace', value: { [`${ENTERPRISE_USER}:division`]: 'x' } }),
  'id-in-patch-value': ({ group }) =>
    patch(`/Groups/${group}`, { op: 'replace', value: { id: group, displayName: 'x' } }),
  'empty-operations': ({ user }) => patch(`/Users/${user}`),
  'empty-path': ({ user }) =>
    patch(`/Users/${user}`, { op: 'add', path: '', value: { title: 'x' } }),
  'parameter-case': () => ['/Users?startindex=1'],
  'trailing-slash': () => ['/Users/'],
}

/** What else is refused for the same reason. */
const MORE: readonly (readonly [QuirkName, string, (seed: Seed) => Sent])[] = [
  ['missing-schemas', 'a group', () => post('/Groups', { displayName: 'New' })],
  [
    'missing-schemas',
    'a group that names no schema',
    () => post('/Groups', { schemas: [], displayName: 'New' }),
  ],
  ['missing-schemas', 'a search', () => post('/.search', { filter: 'id pr' })],
  [
    'missing-schemas',
    'a PATCH',
    ({ user }) => [
      `/Users/${user}`,
      { method: 'PATCH', body: { Operations: [{ op: 'remove', path: 'title' }] } },
    ],
  ],
  [
    'missing-schemas',
    'a PUT',
    ({ user }) => [`/Users/${user}`, { method: 'PUT', body: { userName: 'x' } }],
  ],
  [
    'foreign-schemas',
    "Entra's group",
    () =>
      post(
        '/Groups',
        groupOf('New', {
          schemas: [
            GROUP,
            'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
          ],
        }),
      ),
  ],
  [
    'unknown-attribute',
    'in a sub-attribute',
    () => post('/Users', userOf('new', { name: { firstName: 'x' } })),
  ],
  [
    'unknown-attribute',
    'in an extension',
    ({ user }) =>
      patch(`/Users/${user}`, { op: 'add', path: ENTERPRISE_USER, value: { nothing: 1 } }),
  ],
  [
    'unqualified-extension-attribute',
    'in a PATCH path',
    ({ user }) =>
      patch(`/Users/${user}`, { op: 'replace', path: 'manager', value: { value: 'm2' } }),
  ],
  [
    'dot-after-urn',
    'in a PATCH path',
    ({ user }) =>
      patch(`/Users/${user}`, { op: 'replace', path: `${ENTERPRISE_USER}.division`, value: 'x' }),
  ],
  [
    'boolean-as-string',
    'in a PATCH',
    ({ user }) => patch(`/Users/${user}`, { op: 'replace', path: 'active', value: 'False' }),
  ],
  [
    'quoted-boolean-in-filter',
    'in a PATCH path',
    ({ user }) =>
      patch(`/Users/${user}`, {
        op: 'replace',
        path: 'emails[primary eq "True"].display',
        value: 'x',
      }),
  ],
  [
    'create-on-missing-value',
    'by replace',
    ({ user }) =>
      patch(`/Users/${user}`, {
        op: 'replace',
        path: 'emails[type eq "home"].value',
        value: 'h@x',
      }),
  ],
  [
    'remove-with-value-list',
    'of e-mails',
    ({ user }) =>
      patch(`/Users/${user}`, { op: 'remove', path: 'emails', value: [{ value: 'b@x' }] }),
  ],
  [
    'empty-path',
    'null',
    ({ user }) => [
      `/Users/${user}`,
      {
        method: 'PATCH',
        body: {
          schemas: [PATCH_OP],
          Operations: [{ op: 'add', path: null, value: { title: 'x' } }],
        },
      },
    ],
  ],
]

onEveryStore('the strict profile', (suite) => {
  const plant = async (): Promise<Seed> => {
    const { id } = await suite.user({
      userName: 'bjensen',
      active: true,
      emails: [{ value: 'b@x', type: 'work', primary: true }],
      [ENTERPRISE_USER]: { department: 'Tours', manager: { value: 'm1' } },
    })
    return { user: id, group: (await suite.group('Guides', [id])).id }
  }

  const all = Object.entries(QUIRKS) as [QuirkName, (seed: Seed) => Sent][]
  const rows = [...all.map(([quirk, sent]) => [quirk, '', sent] as const), ...MORE]
  test.each(rows)(
    'refuses %s %s, which the tolerant one takes and names',
    async (quirk, _, sent) => {
      const [path, request = {}] = sent(await plant())
      const taken = await suite.send(path, request)
      expect([200, 201], taken.text).toContain(taken.status)
      expect(suite.app.entries.at(-1)?.quirks).toEqual([quirk])

      await suite.restart({ settings: { profile: 'strict' } })
      const [again, same = {}] = sent(await plant())
      const before = await suite.rows()
      const refused = await suite.send(again, same)
      expect(refused.status, refused.text).toBeGreaterThanOrEqual(400)
      expect(refused.status).toBeLessThan(500)
      expect(suite.app.entries.at(-1)?.quirks).toEqual([])
      expect(await suite.rows()).toBe(before)
    },
  )

  test('takes what the RFC says, all the same', async () => {
    await suite.restart({ settings: { profile: 'strict' } })
    const { user, group } = await plant()
    const operations = [
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'n@x' },
      { op: 'remove', path: `${ENTERPRISE_USER}:department` },
      { op: 'add', value: { title: 'Guide' } },
    ]
    expect((await suite.patch(`/Users/${user}`, operations)).status).toBe(200)
    const remove = [{ op: 'remove', path: `members[value eq "${user}"]` }]
    expect((await suite.patch(`/Groups/${group}`, remove)).status).toBe(200)
    expect(await suite.find('/Users', 'emails[type eq "work" and primary eq true]')).toHaveLength(1)
    const whole = await suite.read(`/Users/${user}`)
    expect((await suite.put(`/Users/${user}`, whole)).status, 'its own answer, sent back').toBe(200)
    expect(suite.app.entries.flatMap(({ quirks }) => quirks)).toEqual([])
  })
})
