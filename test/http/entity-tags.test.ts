import { beforeEach, expect, test } from 'vitest'
import { expectError, groupOf, type Message, userOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

onEveryStore('If-Match (§3.14)', (suite) => {
  let user: Message

  beforeEach(async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    await suite.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }])
    user = await suite.read(`/Users/${id}`)
  })

  const put = (ifMatch: string) =>
    suite.put(`/Users/${user.id}`, userOf('bjensen'), { headers: { 'If-Match': ifMatch } })

  test.each(['W/"2"', '"2"', '*', 'W/"1", W/"2"', '"7","2"', ' W/"2" '])(
    'with %s names version 2, and the write goes on',
    async (ifMatch) => {
      const { status, headers } = await put(ifMatch)
      expect([status, headers.get('ETag')]).toEqual([200, 'W/"3"'])
    },
  )

  test.each(['W/"1"', '"3"', 'W/"1", W/"3"', '2', 'w/"2"', '""', '"W/2"', '"22"'])(
    'with %s does not: 412, and nothing changes',
    async (ifMatch) => {
      const rows = await suite.rows()
      expectError(await put(ifMatch), 412)
      expect(await suite.rows()).toBe(rows)
    },
  )

  test('guards PATCH and DELETE as well, before anything else is said of the message', async () => {
    const stale = { headers: { 'If-Match': 'W/"1"' } }
    const rows = await suite.rows()
    const title = [{ op: 'replace', path: 'title', value: 'y' }]
    expectError(await suite.patch(`/Users/${user.id}`, title, stale), 412)
    expectError(await suite.del(`/Users/${user.id}`, stale), 412)
    expect(await suite.rows()).toBe(rows)
    const current = { headers: { 'If-Match': user.meta.version } }
    expect((await suite.patch(`/Users/${user.id}`, title, current)).status).toBe(200)
    expectError(await suite.del(`/Users/${user.id}`, current), 412)
    const next = { headers: { 'If-Match': 'W/"3"' } }
    expect((await suite.del(`/Users/${user.id}`, next)).status).toBe(204)
  })

  test('guards members: a change of edges alone moves the version', async () => {
    const group = await suite.group('Guides')
    const headers = { 'If-Match': group.meta.version }
    const add = [{ op: 'add', path: 'members', value: [{ value: user.id }] }]
    expect((await suite.patch(`/Groups/${group.id}`, add, { headers })).status).toBe(200)
    expectError(await suite.put(`/Groups/${group.id}`, groupOf('x'), { headers }), 412)
    expect((await suite.read(`/Groups/${group.id}`)).members).toHaveLength(1)
  })

  test('on a resource that is not there answers 404', async () => {
    const headers = { 'If-Match': '*' }
    expectError(await suite.put('/Users/nobody', userOf('x'), { headers }), 404)
  })

  test('of parallel PUTs with one version lets exactly one through', async () => {
    const sent = Array.from({ length: 20 }, (_, index) =>
      suite.put(`/Users/${user.id}`, userOf('bjensen', { title: `t${index}` }), {
        headers: { 'If-Match': user.meta.version },
      }),
    )
    const replies = await Promise.all(sent)
    const won = replies.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 412)).toHaveLength(19)
    expect(await suite.read(`/Users/${user.id}`)).toEqual(won[0]?.body)
  })
})

onEveryStore('If-None-Match (§3.14)', (suite) => {
  test.each(['W/"1"', '"1"', '*', '"7", W/"1"'])(
    'with %s answers 304 without a body',
    async (tag) => {
      const { id } = await suite.user()
      const { status, headers, text } = await suite.get(`/Users/${id}`, {
        headers: { 'If-None-Match': tag },
      })
      expect([status, text, headers.get('ETag')]).toEqual([304, '', 'W/"1"'])
    },
  )

  test('with another version answers 200', async () => {
    const { id } = await suite.user()
    const headers = { 'If-None-Match': 'W/"1"' }
    await suite.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'x' }])
    expect((await suite.get(`/Users/${id}`, { headers })).body.title).toBe('x')
  })

  test('in a write answers 412 when the version is that one', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    const headers = { 'If-None-Match': '*' }
    const rows = await suite.rows()
    expectError(
      await suite.put(`/Users/${id}`, userOf('bjensen', { title: 'x' }), { headers }),
      412,
    )
    expect(await suite.rows()).toBe(rows)
  })

  test('is asked of the group itself: a renamed member moves no version', async () => {
    const { id } = await suite.user()
    const group = await suite.group('Guides', [id])
    await suite.patch(`/Users/${id}`, [{ op: 'add', path: 'displayName', value: 'Babs' }])
    expect((await suite.read(`/Groups/${group.id}`)).meta).toEqual(group.meta)
  })
})
