import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../http/message.ts'
import { nodeListener } from './node.ts'

const opened: { servers: Server[]; sockets: Socket[] } = { servers: [], sockets: [] }

afterEach(() => {
  for (const socket of opened.sockets.splice(0)) socket.destroy()
  for (const server of opened.servers.splice(0)) server.close().closeAllConnections()
})

async function serve(answer: (request: HttpRequest) => Promise<HttpResponse>): Promise<number> {
  const server = createServer(nodeListener(answer)).listen(0, '127.0.0.1')
  opened.servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A connection: writes these bytes, and tells all that came back once it is closed. */
function client(port: number, bytes: string) {
  const socket = connect(port, '127.0.0.1')
  opened.sockets.push(socket)
  let received = ''
  socket.on('data', (data) => {
    received += data
  })
  socket.on('error', () => {})
  socket.write(bytes)
  return { socket, closed: once(socket, 'close').then(() => received), received: () => received }
}

const get = (target: string, ...lines: string[]) =>
  `${['GET', target, 'HTTP/1.1'].join(' ')}\r\n${['Host: x', ...lines].join('\r\n')}\r\n\r\n`

const post = (length: number, body: string) =>
  `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`

const say = async (body: string): Promise<HttpResponse> => ({ status: 200, headers: {}, body })

test.each([
  ['/scim/v2/Users?filter=a%20eq+"b"', '/scim/v2/Users?filter=a%20eq+%22b%22'],
  ['/scim/v2/x/../Users', '/scim/v2/Users'],
  ['/scim/v2/%55sers', '/scim/v2/%55sers'],
  ['//scim/v2/Users', '//scim/v2/Users'],
  ['http://other/scim/v2/Users?a', '/scim/v2/Users?a'],
])('the target %s is %s, as it is in the URL of a Request', async (target, expected) => {
  const port = await serve(({ target }) => say(target))
  const answer = await client(port, get(target, 'Connection: close')).closed
  expect(answer.split('\r\n\r\n')[1]).toBe(expected)
})

test.each(['plain', 'Zoë', 'Łódź', '李明', '\u{1f600}', 'a\ud800b'])(
  'a text arrives as UTF-8, whose length is told in bytes: %s',
  async (text) => {
    const port = await serve(async () => ({ status: 200, headers: { ETag: '"é"' }, body: text }))
    const [head, body] = (await client(port, get('/', 'Connection: close')).closed).split(
      '\r\n\r\n',
    )
    expect(body).toBe(text.toWellFormed())
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(text)}`)
  },
)

test('the parts of a long text arrive as one, whose length is told in bytes', async () => {
  const parts = ['[', '"Zoë"', ',"Łódź"', ',"\u{1f600}"', ']']
  const port = await serve(async () => ({ status: 200, headers: {}, body: parts }))
  const [head, body] = (await client(port, get('/', 'Connection: close')).closed).split('\r\n\r\n')
  expect(body).toBe('["Zoë","Łódź","\u{1f600}"]')
  expect(head).toContain(`Content-Length: ${Buffer.byteLength(body ?? '')}`)
})

test('a target that is no URL is 400', async () => {
  const port = await serve(() => say('never'))
  expect(await client(port, get('*')).closed).toMatch(/^HTTP\/1\.1 400 /)
})

test('two lines of one header are one value with both, whichever header it is', async () => {
  const port = await serve(async (request) => say(`${request.header('authorization')}`))
  const lines = ['Authorization: Bearer a', 'AUTHORIZATION: Bearer b', 'Connection: close']
  expect(await client(port, get('/', ...lines)).closed).toContain('\r\n\r\nBearer a, Bearer b')
})

test('a header that was not sent is null', async () => {
  const port = await serve(async (request) => say(JSON.stringify(request.header('if-match'))))
  expect(await client(port, get('/', 'Connection: close')).closed).toMatch(/\r\n\r\nnull$/)
})

test('requests sent without waiting are answered in their order', async () => {
  const waits: Record<string, number> = { '/1': 60, '/2': 30, '/3': 0 }
  const port = await serve(async ({ target }) => {
    await new Promise((resolve) => setTimeout(resolve, waits[target]))
    return say(`<${target}>`)
  })
  const answer = await client(port, get('/1') + get('/2') + get('/3', 'Connection: close')).closed
  expect(answer.match(/<\/\d>/g)).toEqual(['</1>', '</2>', '</3>'])
})

test('a body comes whole, and is undefined as soon as it is too long', async () => {
  const port = await serve(async (request) => {
    const bytes = await request.body(5)
    return say(bytes === undefined ? 'too long' : `got ${Buffer.from(bytes)}`)
  })
  expect(await client(port, post(5, '12345')).closed).toContain('got 12345')
  expect(await client(port, post(100, '123456')).closed).toContain('too long')
})

test('a body that ends half-way rejects', async () => {
  let told: (error: unknown) => void = () => {}
  const failed = new Promise((resolve) => {
    told = resolve
  })
  const port = await serve(async (request) => {
    await request.body(100).catch(told)
    return say('')
  })
  const { socket } = client(port, post(10, '12345'))
  setTimeout(() => socket.destroy(), 50)
  expect(await failed).toBeInstanceOf(Error)
})

test('a connection that has its answer and goes on with a body is cut off', async () => {
  const port = await serve(() => say('no'))
  const { socket, closed } = client(port, post(1_000_000, 'x').replace('Connection: close\r\n', ''))
  const drip = setInterval(() => socket.write('x'), 50)
  expect(await closed).toContain('no')
  clearInterval(drip)
})

test('the signal fires when the client goes, and not when it has its answer', async () => {
  const signals: Record<string, AbortSignal> = {}
  let finish = () => {}
  const port = await serve(async ({ target, signal }) => {
    signals[target] = signal
    if (target === '/slow') {
      await new Promise<void>((resolve) => {
        finish = resolve
        signal.addEventListener('abort', () => resolve())
      })
    }
    return say('done')
  })
  await client(port, get('/quick', 'Connection: close')).closed
  expect(signals['/quick']?.aborted).toBe(false)
  const { socket } = client(port, get('/slow'))
  await expect.poll(() => signals['/slow']).toBeDefined()
  socket.destroy()
  await expect.poll(() => signals['/slow']?.aborted).toBe(true)
  finish()
})

test('what has no body has no length, and the connection goes on', async () => {
  const port = await serve(async ({ target }) => ({
    status: target === '/1' ? 304 : 204,
    headers: {},
  }))
  const answer = await client(port, get('/1') + get('/2', 'Connection: close')).closed
  expect(answer).toMatch(/^HTTP\/1\.1 304 [\s\S]*\r\n\r\nHTTP\/1\.1 204 /)
  expect(answer).not.toMatch(/content-length/i)
})

describe('an answer in pieces', () => {
  /** Pieces of 100 kB, of which it is told how many were taken and whether the rest was let go. */
  function pieces(count: number, fail = false) {
    const state = { taken: 0, isLetGo: false }
    const iterator: AsyncIterableIterator<string> = {
      [Symbol.asyncIterator]: () => iterator,
      async next() {
        if (state.taken === count && fail) throw new Error('broken')
        if (state.taken === count) return { done: true, value: undefined }
        state.taken++
        return { done: false, value: String(state.taken % 10).repeat(100_000) }
      },
      async return() {
        state.isLetGo = true
        return { done: true, value: undefined }
      },
    }
    return { state, body: iterator }
  }

  test('comes whole also when pieces are in parts', async () => {
    async function* body() {
      yield ['[', '"ä"', ',']
      yield '"井"'
      yield [']']
    }
    const port = await serve(async () => ({ status: 200, headers: {}, body: body() }))
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('["ä","井"]')
  })

  test('comes whole, and the connection goes on', async () => {
    const port = await serve(async ({ target }) =>
      target === '/1' ? { status: 200, headers: {}, body: pieces(30).body } : say('after'),
    )
    const answer = await client(port, get('/1') + get('/2', 'Connection: close')).closed
    expect(answer.match(/\d{100000}/g)).toHaveLength(30)
    expect(answer.endsWith('after')).toBe(true)
  })

  test('that breaks off is cut off, not ended', async () => {
    const port = await serve(async () => ({ status: 200, headers: {}, body: pieces(3, true).body }))
    const answer = await client(port, get('/')).closed
    expect(answer).toContain('Transfer-Encoding: chunked')
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/)
  })

  test('is taken no faster than the client reads, and let go when it leaves', async () => {
    const { state, body } = pieces(10_000)
    const port = await serve(async () => ({ status: 200, headers: {}, body }))
    const { socket } = client(port, get('/'))
    socket.pause()
    const settled = async () => {
      const before = state.taken
      await new Promise((resolve) => setTimeout(resolve, 200))
      return before > 0 && state.taken === before
    }
    await expect.poll(settled, { timeout: 10_000 }).toBe(true)
    expect(state.taken).toBeLessThan(1_000)
    socket.destroy()
    await expect.poll(() => state.isLetGo).toBe(true)
  })

  test('nobody waits for any more is let go at once', async () => {
    const { state, body } = pieces(3)
    let finish = () => {}
    const asked = new Promise<void>((called) => {
      void serve(async () => {
        called()
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        return { status: 200, headers: {}, body }
      }).then((port) => {
        const { socket } = client(port, get('/'))
        void asked.then(() => socket.destroy())
        socket.once('close', () => setTimeout(() => finish(), 100))
      })
    })
    await expect.poll(() => state.isLetGo).toBe(true)
    expect(state.taken).toBe(0)
  })
})
