import { expect, test } from 'vitest'
import { ENTERPRISE_USER, USER } from '../../src/protocol/urn.ts'
import { BASE_URL } from '../support/app.ts'
import { expectError, userOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

onEveryStore('POST /Users (§3.3)', (suite) => {
  test('answers 201 with the resource, its Location, Content-Location and ETag', async () => {
    const { status, headers, body } = await suite.post('/Users', userOf('bjensen'))
    const location = `${BASE_URL}/Users/${body.id}`
    expect(status).toBe(201)
    expect(body.meta).toMatchObject({ resourceType: 'User', location, version: 'W/"1"' })
    expect(headers.get('Location')).toBe(location)
    expect(headers.get('Content-Location')).toBe(location)
    expect(headers.get('ETag')).toBe(body.meta.version)
    expect(body.meta.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(body.meta.lastModified).toBe(body.meta.created)
  })

  test('answers the body as stored: what GET and the list give is the same text', async () => {
    const sent = userOf('bjensen', {
      externalId: '701984',
      name: { givenName: 'Barbara', familyName: 'Jensen' },
      active: true,
      emails: [{ value: 'bjensen@example.com', type: 'work', primary: true }],
      [ENTERPRISE_USER]: { employeeNumber: '701984', manager: { value: '26118915' } },
    })
    const created = await suite.post('/Users', sent)
    expect(created.body).toMatchObject(sent)
    expect((await suite.get(`/Users/${created.body.id}`)).text).toBe(created.text)
    expect((await suite.get('/Users')).text).toContain(created.text)
  })

  test('gives nothing a value that the client did not (RFC 7643 §2.2: no defaults)', async () => {
    const { body } = await suite.post('/Users', userOf('bjensen'))
    expect(Object.keys(body)).toEqual(['schemas', 'id', 'userName', 'meta'])
  })

  test('ignores readOnly attributes (§3.3)', async () => {
    const group = await suite.group('Guides')
    const { body } = await suite.post(
      '/Users',
      userOf('bjensen', {
        id: 'mine',
        meta: { created: '2001-01-01T00:00:00Z', version: 'W/"99"', location: 'https://evil/' },
        groups: [{ value: group.id }],
        [ENTERPRISE_USER]: { manager: { value: '1', displayName: 'Boss' } },
      }),
    )
    expect(body.id).not.toBe('mine')
    expect(body.meta).toMatchObject({ version: 'W/"1"', location: `${BASE_URL}/Users/${body.id}` })
    expect(body.meta.created).not.toContain('2001')
    expect(body.groups).toBeUndefined()
    expect(body[ENTERPRISE_USER]).toEqual({ manager: { value: '1' } })
  })

  test('takes null, [] and {} for no value (RFC 7643 §2.5)', async () => {
    const nothing = { title: null, emails: [], name: {}, addresses: [{}], [ENTERPRISE_USER]: {} }
    const { body } = await suite.post('/Users', userOf('bjensen', nothing))
    expect(Object.keys(body)).toEqual(['schemas', 'id', 'userName', 'meta'])
    expect(body.schemas).toEqual([USER])
  })

  test('spells names as the schema does, whatever the client wrote (RFC 7643 §2.1)', async () => {
    const { body } = await suite.post('/Users', {
      Schemas: [USER.toUpperCase()],
      USERNAME: 'bjensen',
      Emails: [{ VALUE: 'b@example.com' }],
      [ENTERPRISE_USER.toUpperCase()]: { CostCenter: '4130' },
    })
    expect(body).toMatchObject({
      schemas: [USER, ENTERPRISE_USER],
      userName: 'bjensen',
      emails: [{ value: 'b@example.com' }],
      [ENTERPRISE_USER]: { costCenter: '4130' },
    })
  })

  test('without userName answers 400 invalidValue (RFC 7643 §4.1.1)', async () => {
    expectError(await suite.post('/Users', { schemas: [USER] }), 400, 'invalidValue')
    expectError(await suite.post('/Users', userOf('   ')), 400, 'invalidValue')
    expect((await suite.get('/Users')).body.totalResults).toBe(0)
  })

  test('with a userName that is taken answers 409 uniqueness, case ignored', async () => {
    await suite.user({ userName: 'bjensen' })
    const refused = await suite.post('/Users', userOf('BJensen'))
    expectError(refused, 409, 'uniqueness')
    // What was sent, as it was sent; never the record of whoever has it.
    expect(refused.body.detail).toBe('"userName" is taken by another resource: "BJensen"')
    expect((await suite.get('/Users')).body.totalResults).toBe(1)
  })

  test('lets users share externalId and e-mail addresses, which are not unique', async () => {
    const shared = { externalId: '1', emails: [{ value: 'team@example.com' }] }
    await suite.user(shared)
    await suite.user(shared)
    expect(await suite.find('/Users', 'externalId eq "1"')).toHaveLength(2)
  })

  test('accepts canonicalValues and formats nobody suggested (RFC 7643 §7)', async () => {
    const odd = {
      locale: 'jgo-CM',
      emails: [{ value: 'no address', type: 'holiday' }],
      addresses: [{ country: 'Belize', type: 'work', primary: true }],
    }
    expect((await suite.post('/Users', userOf('odd', odd))).body).toMatchObject(odd)
  })

  test('with two primary values answers 400 invalidValue (RFC 7643 §2.4)', async () => {
    const emails = [
      { value: 'a@x', primary: true },
      { value: 'b@x', primary: true },
    ]
    expectError(await suite.post('/Users', userOf('two', { emails })), 400, 'invalidValue')
  })

  test('honours attributes and excludedAttributes (§3.9)', async () => {
    const some = await suite.post('/Users?attributes=userName', userOf('a', { title: 'Guide' }))
    expect(Object.keys(some.body)).toEqual(['schemas', 'id', 'userName'])
    const rest = await suite.post(
      '/Users?excludedAttributes=title,meta',
      userOf('b', { title: 'x' }),
    )
    expect(Object.keys(rest.body)).toEqual(['schemas', 'id', 'userName'])
  })
})
