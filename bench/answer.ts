/**
 * Reads the answers of one keep-alive connection (RFC 9112): a length or chunks, and no more of HTTP
 * than servers on this machine use.
 *
 * @module
 */

import type { Socket } from 'node:net'

export interface Answer {
  readonly status: number
  /** Bytes of the body. */
  readonly length: number
  text(): string
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LINE_END = Buffer.from('\r\n')
const LAST_CHUNK = '0\r\n\r\n'

export class AnswerReader {
  readonly #socket: Socket
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  #pieces: Buffer[] = []
  #held = 0
  #needed = 0
  #chunked = false
  /** What became of the connection. */
  #broken: Error | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (data) => this.#take(data))
    const fail = (error: Error) => {
      this.#broken ??= error
      this.#waiting?.reject(error)
    }
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('the server hung up')))
  }

  ask(request: Buffer): Promise<Answer> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  #endsWithLastChunk(): boolean {
    let tail = ''
    for (let at = this.#pieces.length - 1; at >= 0 && tail.length < LAST_CHUNK.length; at--) {
      const piece = this.#pieces[at] as Buffer
      tail = piece.toString('latin1', Math.max(0, piece.length - LAST_CHUNK.length)) + tail
    }
    return tail.endsWith(LAST_CHUNK)
  }

  #take(data: Buffer): void {
    this.#pieces.push(data)
    this.#held += data.length
    // Large answers come in many pieces, and are put together once there is enough: a length tells
    // how much that is, and the last of the chunks how it ends.
    if (this.#held < this.#needed || (this.#chunked && !this.#endsWithLastChunk())) return
    const all = this.#pieces.length === 1 ? data : Buffer.concat(this.#pieces)
    const answer = parse(all)
    if (answer === 'chunked' || typeof answer === 'number') {
      this.#pieces = [all]
      this.#chunked = answer === 'chunked'
      this.#needed = answer === 'chunked' ? 0 : answer
      return
    }
    this.#pieces = []
    this.#held = 0
    this.#needed = 0
    this.#chunked = false
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }
}

/** An answer; or how many bytes there have to be for one; or that it ends with its last chunk. */
function parse(bytes: Buffer): Answer | number | 'chunked' {
  const head = bytes.indexOf(HEAD_END)
  if (head < 0) return bytes.length + 1
  const headers = bytes.toString('latin1', 0, head)
  const status = Number(headers.slice(9, 12))
  const from = head + 4
  if (status === 204 || status === 304) return { status, length: 0, text: () => '' }
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers)?.[1]
  if (length !== undefined) {
    const end = from + Number(length)
    if (bytes.length < end) return end
    return { status, length: Number(length), text: () => bytes.toString('utf8', from, end) }
  }
  return chunked(bytes, from, status)
}

function chunked(bytes: Buffer, from: number, status: number): Answer | 'chunked' {
  const pieces: Buffer[] = []
  for (let at = from; ; ) {
    const line = bytes.indexOf(LINE_END, at)
    const size = line < 0 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, line), 16)
    if (size === 0) break
    if (!(line + 2 + size + 2 <= bytes.length)) return 'chunked'
    pieces.push(bytes.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  return { status, length, text: () => Buffer.concat(pieces).toString() }
}
