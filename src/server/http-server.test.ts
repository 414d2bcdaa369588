import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type HttpServer, ListenError, listen } from './http-server.ts'

const opened: { servers: HttpServer[]; sockets: Socket[] } = { servers: [], sockets: [] }

afterEach(async () => {
  for (const socket of opened.sockets.splice(0)) socket.destroy()
  for (const server of opened.servers.splice(0)) await server.drain(0)
})

async function start(requestTimeout = 10_000): Promise<HttpServer> {
  const server = await listen(0, '127.0.0.1', requestTimeout)
  opened.servers.push(server)
  return server
}

/** A raw connection: what was written to it, and all that came back once it is closed. */
function client(port: number, ...parts: string[]) {
  const socket = connect(port, '127.0.0.1')
  opened.sockets.push(socket)
  let received = ''
  socket.on('data', (data) => {
    received += data
  })
  socket.on('error', () => {})
  for (const part of parts) socket.write(part)
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(received)))
  return { socket, closed, received: () => received }
}

const echo = (server: HttpServer) =>
  server.answer((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.end('whole'))
  })

test('a taken port is one sentence', async () => {
  const { port } = await start()
  const second = listen(port, '127.0.0.1', 1_000)
  await expect(second).rejects.toThrow(ListenError)
  await expect(second).rejects.toThrow(
    `port ${port} on 127.0.0.1 is taken by another program; choose another with --port`,
  )
})

test('an address of another machine is one sentence', async () => {
  await expect(listen(0, '192.0.2.1', 1_000)).rejects.toThrow(/not an address of this machine/)
})

test('headers and bodies that come drop by drop end in 408 at the deadline; others go on', async () => {
  const server = await start(300)
  echo(server)
  const headers = client(server.port, 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  const body = client(
    server.port,
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nContent-Type: a/b\r\n\r\n',
  )
  const drip = setInterval(() => {
    headers.socket.write('a')
    body.socket.write('a')
  }, 50)
  const other = await fetch(`http://127.0.0.1:${server.port}/`)
  expect(await other.text()).toBe('whole')
  const answers = await Promise.all([headers.closed, body.closed])
  clearInterval(drip)
  for (const answer of answers) {
    expect(answer).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\nContent-Type: application\/scim\+json/,
    )
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status: '408' })
  }
})

test.each([
  ['is not HTTP', 'hello\r\n\r\n', 400],
  ['has no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
  [
    'has two lengths',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    400,
  ],
  [
    'has a length and is chunked',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
  ],
  [
    'has headers beyond the limit',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
    431,
  ],
])('a request that %s is refused and its connection closed', async (_, bytes, status) => {
  const server = await start()
  echo(server)
  expect(await client(server.port, bytes).closed).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
})

test('a drain lets a running request end, and closes what is idle or silent', async () => {
  const server = await start()
  let finish = () => {}
  const running = new Promise<void>((started) => {
    server.answer((incoming, outgoing) => {
      if (incoming.url === '/idle') {
        outgoing.end('idle')
        return
      }
      finish = () => outgoing.end('done')
      started()
    })
  })
  const silent = client(server.port)
  const idle = client(server.port, 'GET /idle HTTP/1.1\r\nHost: x\r\n\r\n')
  const busy = client(server.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await running
  const drained = server.drain(5_000)
  await Promise.all([silent.closed, idle.closed])
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow()
  expect(busy.received()).toBe('')
  finish()
  expect(await drained).toBe(true)
  expect(await busy.closed).toMatch(/Connection: close[\s\S]*done/)
})

test('a drain does not wait for ever', async () => {
  const server = await start()
  server.answer(() => {})
  const stuck = client(server.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await sleep(50)
  expect(await server.drain(100)).toBe(false)
  expect(await stuck.closed).toBe('')
})
