/** The console's API over a socket, where a body may be announced, come in pieces, or not be there. */

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ActivityDetail, ActivityPage } from '../../src/server/admin/types.ts'
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

describe('a request of Activity as a command', () => {
  const user = { userName: 'o\'hara $HOME `id` !1 \\ "', title: '[a] {b,c} \n €' }
  const json = { 'Content-Type': 'application/scim+json' }
  const sent: readonly [string, string, Record<string, string>, string?][] = [
    ['GET', '/Users?filter=emails[type+eq+"work"]+and+title+eq+"{a,b}[1-3]"', {}],
    ['GET', "/Users/a'b/%2E%2E/../$KEY", { Accept: 'application/json' }],
    ['HEAD', '/Users?count=1', {}],
    ['POST', '/Users', json, JSON.stringify(user)],
    ['POST', '/Users', json, '@/etc/hostname'],
    ['PUT', '/Users/none', { ...json, 'If-Match': 'W/"3"' }, '{"a":1}\r\n'],
    ['DELETE', '/Users/none', {}],
  ]

  /** So many requests, the oldest first. */
  async function newest(count: number, total: number): Promise<ActivityDetail[]> {
    const page = async () =>
      JSON.parse((await call('GET', '/tenants/default/activity?count=100')).text) as ActivityPage
    await expect.poll(async () => (await page()).rows.length).toBe(total)
    const { rows } = await page()
    const path = (seq: string) => `/tenants/default/activity/${seq}`
    const found = rows.slice(0, count).map(async ({ seq }) => await call('GET', path(seq)))
    return (await Promise.all(found)).map(({ text }) => JSON.parse(text)).reverse()
  }

  test('is made again as it was', async () => {
    const { hostname, port } = new URL(running.origin)
    for (const [method, path, headers, body] of sent) {
      const authorized = { ...headers, Authorization: `Bearer ${running.key}` }
      const target = { hostname, port, method, path: `/scim/v2${path}` }
      const first = request({ ...target, headers: authorized })
      first.end(body)
      const [answer] = await once(first, 'response')
      answer.resume()
    }
    const before = await newest(sent.length, sent.length)
    const script = before.map(({ curl }) => `${curl} --silent`).join('\n')
    const env = { PATH: process.env.PATH, KEY: running.key }
    await promisify(execFile)('sh', ['-ec', script], { env })
    const after = await newest(sent.length, 2 * sent.length)
    const asSent = ({
      row: { method, path, query },
      request: { headers, body },
    }: ActivityDetail) => ({
      ...{ method, path, query, body },
      headers: { Accept: '*/*', ...headers, 'User-Agent': '' },
    })
    expect(after.map(asSent)).toEqual(before.map(asSent))
    expect(before.map(({ request }) => request.body ?? undefined)).toEqual(
      sent.map(([, , , body]) => body),
    )
  })
})

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
