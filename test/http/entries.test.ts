import { expect, test } from 'vitest'
import { userOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

onEveryStore('what a listener is told of a request', (suite) => {
  const last = () => suite.app.entries.at(-1)

  test('a create: the body as it came, and the id of what it made', async () => {
    const body = JSON.stringify(userOf('bjensen'), undefined, 1)
    const reply = await suite.app.fetch('/Users?attributes=id', { method: 'POST', body })
    const { id } = (await reply.json()) as { id: string }
    expect(last()).toMatchObject({
      text: body,
      query: 'attributes=id',
      resource: id,
      tenant: 'main',
    })
    expect(last()?.response.body).toContain(id)
  })

  test('a body that is refused as JSON is told all the same', async () => {
    await suite.app.fetch('/Users', { method: 'POST', body: '{"userName":' })
    expect(last()).toMatchObject({ status: 400, text: '{"userName":' })
  })

  test('a read: the id that was asked for, whether or not it is there', async () => {
    await suite.get('/Users/na%20da')
    expect(last()).toMatchObject({ status: 404, resource: 'na da', text: undefined })
  })

  test('an id that the client chose is kept, unless its credential is in it', async () => {
    const ask = async (id: string, headers: Record<string, string>) => {
      const reply = await suite.app.fetch('/Users', { headers: { ...headers, 'X-Request-Id': id } })
      expect(last()?.requestId).toBe(reply.headers.get('X-Request-Id'))
      return last()?.requestId
    }
    expect(await ask('chosen', {})).toBe('chosen')
    // A key of ours that is not the one of this request is a secret as well.
    const key = `rc_${'Zx81kq0PflTm93'.repeat(3).slice(0, 38)}`
    expect(await ask(key, {})).not.toContain(key)
    expect(await ask('told', { Authorization: 'Bearer:told' })).not.toBe('told')
    const secrets = ['a-secret-of-somebody', 'rc_unknown']
    for (const secret of secrets) {
      for (const id of [secret, `request:${secret}.1`]) {
        expect(await ask(id, { Authorization: secret })).not.toContain(secret)
        expect(await ask(id, { Authorization: `Bearer ${secret}` })).not.toContain(secret)
        expect(await ask(id, { 'API-Key': secret })).not.toContain(secret)
      }
    }
  })

  test('discovery is about no resource', async () => {
    await suite.get('/Schemas/urn:ietf:params:scim:schemas:core:2.0:User')
    expect(last()).toMatchObject({ status: 200, resource: undefined })
  })
})
