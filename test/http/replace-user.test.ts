import { expect, test } from 'vitest'
import { ENTERPRISE_USER, USER } from '../../src/protocol/urn.ts'
import { expectError, userOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

const FULL = {
  userName: 'bjensen',
  title: 'Guide',
  name: { givenName: 'Barbara', familyName: 'Jensen' },
  emails: [{ value: 'b@example.com', type: 'work', primary: true }],
  [ENTERPRISE_USER]: { department: 'Tours' },
}

onEveryStore('PUT /Users/{id} (§3.5.1)', (suite) => {
  test('replaces the whole resource: what is absent is gone', async () => {
    const { id } = await suite.user(FULL)
    const reply = await suite.put(`/Users/${id}`, userOf('bjensen', { nickName: 'Babs' }))
    expect(reply.status).toBe(200)
    expect(Object.keys(reply.body)).toEqual(['schemas', 'id', 'userName', 'nickName', 'meta'])
    expect(reply.body.schemas).toEqual([USER])
    expect(reply.headers.get('ETag')).toBe('W/"2"')
    expect(reply.headers.get('Content-Location')).toBe(reply.body.meta.location)
    expect(reply.headers.get('Location')).toBeNull()
    expect((await suite.get(`/Users/${id}`)).text).toBe(reply.text)
  })

  test('takes an explicit null, [] or {} for no value (RFC 7643 §2.5)', async () => {
    const { id } = await suite.user(FULL)
    const nothing = { title: null, emails: [], name: {}, [ENTERPRISE_USER]: null }
    const { body } = await suite.put(`/Users/${id}`, userOf('bjensen', nothing))
    expect(Object.keys(body)).toEqual(['schemas', 'id', 'userName', 'meta'])
  })

  test('takes back the representation it gave, and changes nothing by it', async () => {
    const user = await suite.user(FULL)
    const group = await suite.group('Guides', [user.id])
    const before = await suite.get(`/Users/${user.id}`)
    const rows = await suite.rows()
    const reply = await suite.put(`/Users/${user.id}`, before.body)
    expect(reply.text).toBe(before.text)
    expect(reply.body.groups[0]?.value).toBe(group.id)
    expect(await suite.rows()).toBe(rows)
  })

  test('changes nothing when only the order of keys differs', async () => {
    const { id } = await suite.user(FULL)
    await suite.patch(`/Users/${id}`, [
      { op: 'remove', path: 'name.givenName' },
      { op: 'add', path: 'name.givenName', value: 'Barbara' },
      { op: 'remove', path: 'emails[type eq "work"].value' },
      { op: 'add', path: 'emails[type eq "work"].value', value: 'b@example.com' },
    ])
    expect((await suite.read(`/Users/${id}`)).meta.version).toBe('W/"1"')
  })

  test('ignores readOnly attributes, the id of another among them', async () => {
    const { id, meta } = await suite.user(FULL)
    const other = {
      id: 'other',
      meta: { created: '2001-01-01T00:00:00Z' },
      groups: [{ value: 'x' }],
    }
    const { body } = await suite.put(`/Users/${id}`, userOf('bjensen', other))
    expect(body.id).toBe(id)
    expect(body.meta.created).toBe(meta.created)
    expect(body.groups).toBeUndefined()
  })

  test('moves version and lastModified, and keeps created', async () => {
    const { id, meta } = await suite.user(FULL)
    const { body } = await suite.put(`/Users/${id}`, userOf('bjensen'))
    expect(body.meta.version).toBe('W/"2"')
    expect(body.meta.created).toBe(meta.created)
    expect(body.meta.lastModified >= meta.lastModified).toBe(true)
  })

  test('never creates: an unknown id answers 404', async () => {
    expectError(await suite.put('/Users/nobody', userOf('bjensen')), 404)
    expect((await suite.get('/Users')).body.totalResults).toBe(0)
  })

  test('of an id of the other type answers 404', async () => {
    const { id } = await suite.group('Guides')
    expectError(await suite.put(`/Users/${id}`, userOf('bjensen')), 404)
  })

  test('to the userName of another answers 409; the own in other case is accepted', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    await suite.user({ userName: 'taken' })
    const refused = await suite.put(`/Users/${id}`, userOf('TAKEN'))
    expectError(refused, 409, 'uniqueness')
    expect(refused.body.detail).toContain('"TAKEN"')
    expect((await suite.put(`/Users/${id}`, userOf('BJensen'))).body.userName).toBe('BJensen')
    expect(await suite.find('/Users', 'userName eq "bjensen"')).toEqual(['BJensen'])
  })

  test('frees the former userName', async () => {
    const { id } = await suite.user({ userName: 'old' })
    await suite.put(`/Users/${id}`, userOf('new'))
    expect((await suite.post('/Users', userOf('old'))).status).toBe(201)
  })

  test('without a required attribute answers 400 and changes nothing', async () => {
    const { id } = await suite.user(FULL)
    const rows = await suite.rows()
    expectError(await suite.put(`/Users/${id}`, { schemas: [USER] }), 400, 'invalidValue')
    expect(await suite.rows()).toBe(rows)
  })

  test('with a password logs an update, without one keeps it, and never shows it', async () => {
    const { id } = await suite.user({ ...FULL, password: 't1meMa$heen' })
    const kept = await suite.put(`/Users/${id}`, userOf('bjensen', FULL))
    expect(kept.body.meta.version).toBe('W/"1"')
    const set = await suite.put(`/Users/${id}`, userOf('bjensen', { ...FULL, password: 'n3w' }))
    expect(set.body.meta.version).toBe('W/"2"')
    const rows = await suite.rows()
    expect(rows).not.toContain('t1meMa$heen')
    expect(rows).not.toContain('n3w')
  })
})

onEveryStore('GET /Users/{id} (§3.4.1)', (suite) => {
  test('answers the user with ETag and Content-Location', async () => {
    const { id, meta } = await suite.user(FULL)
    const { status, headers, body } = await suite.get(`/Users/${id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ id, userName: 'bjensen' })
    expect(headers.get('ETag')).toBe(meta.version)
    expect(headers.get('Content-Location')).toBe(meta.location)
  })

  test.each(['nobody', '00919288221112222', '%20', "x'%20OR%201=1", '%00', 'a%2Fb', '%E0%A4'])(
    'answers 404 for the id %j',
    async (id) => {
      await suite.user()
      expectError(await suite.get(`/Users/${id}`), 404)
    },
  )

  test('takes ids for case-exact (RFC 7643 §3.1)', async () => {
    const { id } = await suite.user()
    const other = id.toUpperCase() === id ? id.toLowerCase() : id.toUpperCase()
    expectError(await suite.get(`/Users/${other}`), 404)
  })

  test('answers HEAD without a body', async () => {
    const { id } = await suite.user()
    const { status, headers, text } = await suite.send(`/Users/${id}`, { method: 'HEAD' })
    expect({ status, text, etag: headers.get('ETag') }).toEqual({
      status: 200,
      text: '',
      etag: 'W/"1"',
    })
    // What was not sent is told to nobody who listens.
    expect(suite.app.entries.at(-1)?.response).not.toHaveProperty('body')
  })
})
