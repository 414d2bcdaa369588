import { beforeEach, expect, test } from 'vitest'
import { ENTERPRISE_USER, GROUP, USER } from '../../src/protocol/urn.ts'
import { expectError, type Message, searchOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

const ANNA = {
  userName: 'anna',
  name: { familyName: 'Jensen', givenName: 'Anna' },
  emails: [
    { value: 'a@work.example', type: 'work', primary: true },
    { value: 'a@home.example', type: 'home' },
  ],
  [ENTERPRISE_USER]: { department: 'Tours', manager: { value: 'm1', $ref: '../Users/m1' } },
}

onEveryStore('attributes and excludedAttributes (§3.4.2.5, §3.9)', (suite) => {
  let user: Message

  beforeEach(async () => {
    user = await suite.user(ANNA)
  })

  test.each([
    ['userName', { userName: 'anna' }],
    ['USERNAME', { userName: 'anna' }],
    ['userName,name', { userName: 'anna', name: ANNA.name }],
    [' userName , name.givenName ', { userName: 'anna', name: { givenName: 'Anna' } }],
    ['name.givenName,name', { name: ANNA.name }],
    ['emails', { emails: ANNA.emails }],
    ['emails.value', { emails: [{ value: 'a@work.example' }, { value: 'a@home.example' }] }],
    [
      'emails.value,emails.primary',
      { emails: [{ value: 'a@work.example', primary: true }, { value: 'a@home.example' }] },
    ],
    ['emails[type eq "work"]', { emails: ANNA.emails }],
    [
      'emails[type eq "a,b"].value',
      { emails: [{ value: 'a@work.example' }, { value: 'a@home.example' }] },
    ],
    [`${USER}:userName`, { userName: 'anna' }],
    [`${ENTERPRISE_USER}:department`, { [ENTERPRISE_USER]: { department: 'Tours' } }],
    [`${ENTERPRISE_USER}:manager.value`, { [ENTERPRISE_USER]: { manager: { value: 'm1' } } }],
    [ENTERPRISE_USER, { [ENTERPRISE_USER]: ANNA[ENTERPRISE_USER] }],
    ['title', {}],
    ['id', {}],
    ['nothing,[,..,__proto__', {}],
    ['password', {}],
    ['meta.version', { meta: { version: 'W/"1"' } }],
  ])('attributes=%s answers these, id and schemas', async (attributes, expected) => {
    const whole = { schemas: [USER, ENTERPRISE_USER], id: user.id, ...expected }
    const query = `attributes=${encodeURIComponent(attributes)}`
    const { headers, body } = await suite.get(`/Users/${user.id}?${query}`)
    expect(body).toEqual(whole)
    expect(headers.get('ETag'), 'the version is there nonetheless').toBe('W/"1"')
    expect((await suite.get(`/Users?${query}`)).body.Resources).toEqual([whole])
    const message = searchOf({ attributes: [attributes] })
    expect((await suite.post('/Users/.search', message)).body.Resources).toEqual([whole])
  })

  test.each([
    ['userName', (all: Message) => ({ ...all, userName: undefined })],
    ['id,schemas', (all: Message) => all],
    ['meta', (all: Message) => ({ ...all, meta: undefined })],
    ['meta.location', ({ meta: { location: _, ...meta }, ...all }: Message) => ({ ...all, meta })],
    ['name.familyName', (all: Message) => ({ ...all, name: { givenName: 'Anna' } })],
    [
      'emails.value,emails.primary',
      (all: Message) => ({ ...all, emails: [{ type: 'work' }, { type: 'home' }] }),
    ],
    [ENTERPRISE_USER, (all: Message) => ({ ...all, [ENTERPRISE_USER]: undefined })],
    [
      `${ENTERPRISE_USER}:manager.$ref`,
      (all: Message) => ({
        ...all,
        [ENTERPRISE_USER]: { department: 'Tours', manager: { value: 'm1' } },
      }),
    ],
    ['nothing', (all: Message) => all],
  ])('excludedAttributes=%s answers the rest', async (excluded, expected) => {
    const query = `excludedAttributes=${encodeURIComponent(excluded)}`
    const { body } = await suite.get(`/Users/${user.id}?${query}`)
    expect(body).toEqual(JSON.parse(JSON.stringify(expected(user))))
    expect((await suite.get(`/Users?${query}`)).body.Resources).toEqual([body])
  })

  test('both at once answer 400 (§3.9: they exclude each other)', async () => {
    const query = 'attributes=userName&excludedAttributes=name'
    expectError(await suite.get(`/Users/${user.id}?${query}`), 400, 'invalidValue')
    expectError(await suite.get(`/Users?${query}`), 400, 'invalidValue')
  })

  test('may not be as long as a body', async () => {
    for (const name of ['attributes', 'excludedAttributes']) {
      const given = { [name]: Array.from({ length: 100_000 }, () => 'userName') }
      expectError(await suite.post('/Users/.search', searchOf(given)), 400, 'invalidValue')
      const few = { [name]: Array.from({ length: 1_000 }, () => 'userName') }
      expect((await suite.post('/Users/.search', searchOf(few))).status).toBe(200)
    }
  })

  test('work on edges as on everything else', async () => {
    const group = await suite.group('Guides', [user.id])
    const groups = await suite.get(`/Users/${user.id}?attributes=groups.display`)
    expect(groups.body.groups).toEqual([{ display: 'Guides' }])
    const types = await suite.get(
      `/Groups/${group.id}?excludedAttributes=members.$ref,members.display`,
    )
    expect(types.body.members).toEqual([{ value: user.id, type: 'User' }])
    const name = await suite.get(`/Groups/${group.id}?attributes=displayName`)
    expect(name.body).toEqual({ schemas: [GROUP], id: group.id, displayName: 'Guides' })
  })

  test('at the root each type answers what it has of the list', async () => {
    await suite.group('Guides', [user.id])
    const { body } = await suite.get('/?attributes=userName,members.type')
    const known = body.Resources.map(({ userName, members }) => ({ userName, members }))
    expect(known).toContainEqual({ userName: 'anna', members: undefined })
    expect(known).toContainEqual({ userName: undefined, members: [{ type: 'User' }] })
  })
})
