/**
 * The handler on `node:http`, without the Web's objects in between.
 *
 * @module
 */

import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { type HttpRequest, type HttpResponse, isComing, type Text } from '../http/message.ts'
import { bytesOf } from './bytes.ts'

/** Milliseconds a client may go on sending a body that nobody wanted. */
const LEFTOVER = 500

/** Milliseconds a client may take to make room for the next piece of a long answer. */
const STALLED = 10_000

/** Characters of a text whose bytes are counted before there is room for them. */
const LARGE = 4 * 1024 * 1024

export type Answering = (request: HttpRequest) => Promise<HttpResponse>

export interface NodeOptions {
  /** The path and query of a request, where a proxy or a framework has changed them. */
  readonly target?: (target: string) => string
  /** Where a request came from; the other end of its connection, unless told. */
  readonly address?: (incoming: IncomingMessage) => string | undefined
}

/**
 * A listener for `http.createServer()` or `app.use()`.
 *
 * @param answer `answer` of a handler.
 */
export function nodeListener(answer: Answering, options: NodeOptions = {}): RequestListener {
  const { target: restored = (target) => target, address = addressOf } = options
  return (incoming, outgoing) => {
    const target = targetOf(incoming)
    if (target === undefined) {
      outgoing.writeHead(400, { Connection: 'close' }).end()
      return
    }
    answer(new NodeRequest(incoming, outgoing, restored(target), address))
      .then((response) => send(response, incoming, outgoing))
      .catch(() => outgoing.destroy())
  }
}

class NodeRequest implements HttpRequest {
  readonly method: string
  readonly target: string
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  readonly #addressOf: typeof addressOf
  #signal: AbortSignal | undefined

  constructor(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    target: string,
    address: typeof addressOf,
  ) {
    this.method = incoming.method ?? 'GET'
    this.target = target
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#addressOf = address
  }

  // Not `incoming.headers`: of two lines of one name it drops some and joins others.
  header(name: string): string | null {
    const { rawHeaders } = this.#incoming
    let value: string | null = null
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const sent = rawHeaders[at] as string
      if (sent.length !== name.length || sent.toLowerCase() !== name) continue
      const line = rawHeaders[at + 1] as string
      value = value === null ? line : `${value}, ${line}`
    }
    return value
  }

  body(limit: number): Promise<Uint8Array | undefined> {
    return readBytes(this.#incoming, limit)
  }

  get signal(): AbortSignal {
    this.#signal ??= closing(this.#outgoing)
    return this.#signal
  }

  get address(): string | undefined {
    return this.#addressOf(this.#incoming)
  }
}

// e.g. '::ffff:10.0.0.7' (IPv4 on a socket for both) -> '10.0.0.7'
/** The other end of a connection. */
export function addressOf({ socket }: IncomingMessage): string | undefined {
  const address = socket.remoteAddress
  return address?.startsWith('::ffff:') ? address.replace(/^::ffff:(?=\d+\.)/, '') : address
}

// What the URL of a Request would leave as it is: no dot segments, nothing to escape.
const PLAIN = /^\/(?:[\w\-~!$&()*+,;=:@/]|%(?!2e))*(?:\?[\w\-.~!$&()*+,;=:@/?%]*)?$/i

// A URL of ours is as the Web's URLs are, so that both ways to the handler see the same path.
// e.g. '/scim/v2/x/../Users?count=1' -> '/scim/v2/Users?count=1'
function targetOf({ url = '' }: IncomingMessage): string | undefined {
  if (PLAIN.test(url)) return url
  const absolute = url.startsWith('/') ? `http://host${url}` : url
  if (!URL.canParse(absolute)) return undefined
  const { pathname, search } = new URL(absolute)
  return pathname + search
}

function closing(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const close = () => {
    if (!outgoing.writableFinished) controller.abort()
  }
  if (outgoing.destroyed) close()
  else outgoing.once('close', close)
  return controller.signal
}

function readBytes(incoming: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.byteLength
      if (length > limit) {
        chunks.length = 0
        resolve(undefined)
      } else chunks.push(chunk)
    })
    incoming.once('end', () => {
      const [first, ...more] = chunks
      resolve(first !== undefined && more.length === 0 ? first : Buffer.concat(chunks))
    })
    incoming.once('error', reject)
    // It closes after its end as well, and an error is dear to make.
    incoming.once('close', () => {
      if (!incoming.readableEnded) reject(new Error('the connection was closed'))
    })
  })
}

async function send(
  response: HttpResponse,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, headers, body } = response
  if (outgoing.destroyed) {
    if (isComing(body)) await body.return?.()
    return
  }
  if (!incoming.complete) endLeftover(incoming)
  if (body === undefined) {
    outgoing.writeHead(status, headers).end()
  } else if (typeof body === 'string') {
    const bytes = bytesOf(response, body)
    outgoing.writeHead(status, { ...headers, 'Content-Length': bytes.length })
    // Headers and body go out as one when both are text, and every byte is a character of Latin-1: so no
    // text is encoded twice.
    outgoing.end(bytes.length === body.length ? body : bytes.toString('latin1'), 'latin1')
  } else if (isComing(body)) {
    outgoing.writeHead(status, headers)
    await sendPieces(body, outgoing)
  } else {
    const bytes = encoded(body)
    outgoing.writeHead(status, { ...headers, 'Content-Length': bytes.length }).end(bytes)
  }
}

// Put together first, a page of a hundred would be copied and gone through several times, and a single
// character beyond Latin-1 would double all of it. The room is as much as they may take, since to ask
// how much they do take is as dear as to encode them; what is not written to costs nothing, unless it
// is very much.
function encoded(parts: readonly string[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const most =
    length < LARGE ? length * 3 : parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0)
  const bytes = Buffer.allocUnsafe(most)
  let at = 0
  for (const part of parts) at += bytes.write(part, at)
  return bytes.subarray(0, at)
}

// What breaks off in the middle is cut off, so that nobody takes it for the whole: an end that is
// announced never comes. A client that does not read on is cut off too, because a state of the
// database is held open for it.
async function sendPieces(
  pieces: AsyncIterableIterator<Text>,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (outgoing.destroyed) return
      // As bytes, whose length is known: Node asks a text how long it will be, and then writes it.
      const isFull = !outgoing.write(encoded(typeof piece === 'string' ? [piece] : piece))
      // A client as fast as we are would leave no turn to others.
      await turn()
      if (isFull && outgoing.writableNeedDrain) await drained(outgoing)
    }
    outgoing.end()
  } catch {
    outgoing.destroy()
  }
}

/** Waits until there is room again, or nobody any more. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => outgoing.destroy(), STALLED)
    const go = () => {
      clearTimeout(timer)
      outgoing.off('drain', go).off('close', go)
      resolve()
    }
    outgoing.once('drain', go).once('close', go)
  })
}

// An answer may be there before the whole request is: a wrong key, a body too large. Node reads on,
// so that the client comes to read its answer and the connection can serve again; but not for ever.
function endLeftover(incoming: IncomingMessage): void {
  const timer = setTimeout(() => incoming.socket.destroy(), LEFTOVER)
  timer.unref()
  incoming.once('close', () => clearTimeout(timer))
  incoming.resume()
}
