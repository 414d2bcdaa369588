import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ownCalls, PROOF } from '../own-calls.ts'
import { wrongWay } from './wrong-way.ts'

const own = ownCalls('secret', Date.now)
const wrongAt = (publicUrl: string, patience = 2_000) =>
  wrongWay({ publicUrl, own, reach: fetch, patience })

async function at(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}
const http = (answer: RequestListener) => at(createServer(answer))

/** This service below a path, and nothing at all others. */
const here =
  (path: string, calls = own): RequestListener =>
  ({ url = '', headers }, response) => {
    expect(headers.authorization).toBeUndefined()
    const [before, challenge = ''] = url.split('/scim/v2/.proof/')
    const is = before === path && /^[0-9A-Za-z]{32}$/.test(challenge)
    response.writeHead(is ? 204 : 404, is ? { [PROOF]: calls.answer(challenge) } : {}).end()
  }

test('nothing is wrong where this service answers, at its path', async () => {
  expect(await wrongAt(`http://${await http(here(''))}`)).toBeUndefined()
  expect(await wrongAt(`http://${await http(here('/a/b'))}/a/b`)).toBeUndefined()
})

test('a path too many is told from somebody else', async () => {
  const host = await http(here(''))
  expect(await wrongAt(`http://${host}/a/b`)).toMatch(
    `this server is at http://${host}. Leave /a/b`,
  )
  expect(await wrongAt(`http://${await http(here('/a'))}/b`)).toContain('somebody else')
})

test.each<[string, RequestListener, RegExp]>([
  ['200', (_, r) => r.end('<h1>hello</h1>'), /^somebody else answers there, with 200/],
  ['another Rollcall', here('', ownCalls('x', Date.now)), /^another Rollcall answers there/],
  ['502', (_, r) => r.writeHead(502).end(), /^the proxy there answers 502/],
  [
    'a way elsewhere',
    (_, r) => r.writeHead(301, { Location: 'https://a.example/x' }).end(),
    /^it is redirected to https:\/\/a\.example, /,
  ],
  [
    'a sign-in',
    (_, r) => r.writeHead(302, { Location: '/sign-in' }).end(),
    /^it is redirected there, to another path/,
  ],
  ['nothing', () => {}, /does not answer in time/],
  ['no HTTP', ({ socket }) => socket.end('220 mail\r\n'), /speaks no plain HTTP/],
])('that %s answers there', async (_, answer, says) => {
  expect(await wrongAt(`http://${await http(answer)}`, 300)).toMatch(says)
})

test('a name, a port and TLS that are not there are told apart', async () => {
  const plain = await http(here(''))
  expect(await wrongAt(`https://${plain}`)).toMatch(`${plain} does not speak TLS`)
  const secure = await at(createSecureServer())
  expect(await wrongAt(`http://${secure}`)).toContain('Perhaps it wants TLS')
  expect(await wrongAt(`https://${secure}`)).toContain('does not speak TLS as it should')
  const silent = await at(createTcpServer((socket) => socket.end()))
  expect(await wrongAt(`https://${silent}`)).toContain('hangs up. Look at whether')
  const gone = createTcpServer()
  const closed = await at(gone)
  gone.close()
  expect(await wrongAt(`http://${closed}`)).toContain(`${closed} takes no connections`)
  expect(await wrongAt('http://nobody.invalid')).toBe(
    'there is no nobody.invalid. Look at its DNS.',
  )
})

test.each([
  ['CERT_HAS_EXPIRED', 'has expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'is not for id.example.com'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'signed by nobody'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'signed by nobody'],
  ['EHOSTUNREACH', 'no way leads to id.example.com'],
  ['ESTRANGE', 'cannot be called (ESTRANGE)'],
])('what %s means is said', async (code, says) => {
  // Of a host with two addresses: each failed.
  const cause = new AggregateError([Object.assign(new Error(), { code })])
  const reach = () => Promise.reject(new TypeError('fetch failed', { cause }))
  const publicUrl = 'https://id.example.com'
  expect(await wrongWay({ publicUrl, own, reach })).toContain(says)
})
