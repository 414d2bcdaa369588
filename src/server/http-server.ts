/**
 * The HTTP/1.1 server, with a limit on everything a client can take its time over.
 *
 * A client that sends its headers or its body byte by byte holds a connection and nothing else, and
 * not for long: both have deadlines, checked every second, that end in 408 and a closed connection.
 * One that connects and says nothing meets the same deadline; one that never reads its answer is
 * cut off when nothing has moved for two minutes.
 *
 * @module
 */

import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { errorMessage, ScimError } from '../protocol/errors.ts'

/** Also the longest request line, and so the longest filter in a URL; beyond it, POST a search. */
const MAX_HEADERS = 32 * 1024
const HEADERS_TIMEOUT = 10_000
const IDLE_TIMEOUT = 120_000
/** Longer than the minute after which usual load balancers let a connection go. */
const KEEP_ALIVE = 65_000

/** The address cannot be listened on; the message is for a person. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

export interface HttpServer {
  readonly port: number
  /** From now on requests go to `listener`. To be called right after listening. */
  answer(listener: RequestListener): void
  /**
   * Takes no more connections and waits for the requests that run; after `grace` milliseconds they
   * are cut off. Resolves to whether all of them ended by themselves.
   */
  drain(grace: number): Promise<boolean>
}

/**
 * Listens.
 *
 * @param requestTimeout Milliseconds a client may take to send a request, body included.
 * @throws {ListenError}
 */
export async function listen(
  port: number,
  host: string,
  requestTimeout: number,
): Promise<HttpServer> {
  const server = createServer({
    headersTimeout: Math.min(HEADERS_TIMEOUT, requestTimeout),
    requestTimeout,
    connectionsCheckingInterval: Math.min(1_000, requestTimeout),
    keepAliveTimeout: KEEP_ALIVE,
    maxHeaderSize: MAX_HEADERS,
    noDelay: true,
  })
  server.setTimeout(IDLE_TIMEOUT)
  const running = new Map<Duplex, ServerResponse | null>()
  let draining = false
  server.on('connection', (socket: Socket) => {
    running.set(socket, null)
    socket.once('close', () => running.delete(socket))
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuse(error, socket, running.get(socket))
  })
  await bind(server, port, host)
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    answer(listener) {
      server.on('request', (incoming, outgoing) => {
        running.set(incoming.socket, outgoing)
        if (draining) outgoing.shouldKeepAlive = false
        listener(incoming, outgoing)
      })
    },
    async drain(grace) {
      draining = true
      for (const outgoing of running.values()) {
        if (outgoing !== null && !outgoing.headersSent) outgoing.shouldKeepAlive = false
      }
      const closed = new Promise<true>((resolve) => server.close(() => resolve(true)))
      // A connection on which nothing was ever said is not idle in Node's eyes, but awaited.
      const sweep = () => {
        server.closeIdleConnections()
        for (const [socket, outgoing] of running) {
          if (outgoing === null && (socket as Socket).bytesRead === 0) socket.destroy()
        }
      }
      sweep()
      const sweeper = setInterval(sweep, 50)
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), grace)
      })
      const ended = await Promise.race([closed, late])
      clearInterval(sweeper)
      clearTimeout(timer)
      if (!ended) server.closeAllConnections()
      return ended
    },
  }
}

async function bind(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new ListenError(sentence(error as NodeJS.ErrnoException, port, host), { cause: error })
  }
}

function sentence(error: NodeJS.ErrnoException, port: number, host: string): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is taken by another program; choose another with --port`
    case 'EACCES':
      return `port ${port} on ${host} is not allowed to this user; choose one above 1023 with --port`
    case 'EADDRNOTAVAIL':
      return `${host} is not an address of this machine; choose another with --host`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is not a name this machine can resolve; choose another with --host`
    default:
      return `cannot listen on ${host}, port ${port}: ${error.message}`
  }
}

// What is not HTTP, or too slow, or too large, never becomes a request; it is answered here.
function refuse(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  outgoing: ServerResponse | null | undefined,
): void {
  const answering = outgoing?.headersSent === true && !outgoing.writableFinished
  if (!socket.writable || answering || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const [status, reason, detail] = refusal(error.code)
  const body = JSON.stringify(errorMessage(new ScimError(status, undefined, detail)))
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/scim+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    () => socket.destroy(),
  )
}

function refusal(code: string | undefined): readonly [number, string, string] {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'Request Timeout', 'the request took too long to arrive']
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'Request Header Fields Too Large', 'the URL and headers are too large']
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return [413, 'Content Too Large', 'the chunk extensions are too large']
    default:
      return [400, 'Bad Request', 'this is not an HTTP/1.1 request']
  }
}
