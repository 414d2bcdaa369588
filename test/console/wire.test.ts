/** The console's API over a socket, where a body may be announced, come in pieces, or not be there. */

import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Service, service, workplace } from '../support/service.ts'
import { becomeOwner, EMAIL, PASSWORD } from './visitor.ts'

const place = workplace()
let running: Service
let cookie = ''

beforeAll(async () => {
  running = await service(place.database)
  await becomeOwner(running)
  cookie = await signIn()
})
afterAll(async () => {
  await running.stop()
  place.remove()
})

/** Begins another session. */
async function signIn(): Promise<string> {
  const body = JSON.stringify({ email: EMAIL, password: PASSWORD })
  const answer = await call('POST', '/sign-in', [body], '')
  expect(answer.status).toBe(200)
  return answer.cookie
}

/** Without pieces there is no body, and nothing that announces one. */
async function call(method: string, path: string, pieces: readonly string[] = [], as = cookie) {
  const { origin } = running
  const sent = request(`${origin}/console/api${path}`, {
    method,
    headers: {
      'X-Rollcall-Console': '1',
      Origin: origin,
      ...(pieces.length > 0 && { 'Content-Type': 'application/json' }),
      ...(as !== '' && { Cookie: as }),
    },
  })
  const [only, ...more] = pieces
  if (more.length > 0) sent.setHeader('Transfer-Encoding', 'chunked')
  else if (only !== undefined) sent.setHeader('Content-Length', Buffer.byteLength(only))
  for (const piece of pieces) sent.write(piece)
  sent.end()
  const [answer] = await once(sent, 'response')
  const [set = ''] = answer.headers['set-cookie'] ?? []
  return { status: answer.statusCode, text: await text(answer), cookie: set.split(';')[0] ?? '' }
}

describe('the API over a socket', () => {
  test('takes a DELETE without a body, as browsers send it', async () => {
    await signIn()
    expect(JSON.parse((await call('GET', '/me/sessions')).text).length).toBeGreaterThan(1)
    expect((await call('DELETE', '/me/sessions')).status).toBe(204)
    expect(JSON.parse((await call('GET', '/me/sessions')).text)).toHaveLength(1)
  })

  test('takes a body in pieces', async () => {
    const { status, text } = await call('PATCH', '/me', ['{"name":', '"Ada Brandt"}'])
    expect([status, text]).toEqual([200, expect.stringContaining('Ada Brandt')])
  })

  test('refuses one that is too large, announced or not', async () => {
    const half = `"${'x'.repeat(600 * 1024)}"`
    expect((await call('PATCH', '/me', [`[${half},`, `${half}]`])).status).toBe(413)
    expect((await call('PATCH', '/me', [`[${half},${half}]`])).status).toBe(413)
  })
})
