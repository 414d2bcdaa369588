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

export class AnswerReader {
  readonly #socket: Socket
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  #pieces: Buffer[] = []
  #held = 0
  #needed = 0

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (data) => this.#take(data))
    const fail = (error?: Error) => this.#waiting?.reject(error ?? new Error('the server hung up'))
    socket.on('error', fail)
    socket.on('close', () => fail())
  }

  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  #take(data: Buffer): void {
    this.#pieces.push(data)
    this.#held += data.length
    // Large answers come in many pieces; they are looked at again once there is enough.
    if (this.#held < this.#needed) return
    const all = this.#pieces.length === 1 ? data : Buffer.concat(this.#pieces)
    const answer = parse(all)
    if (typeof answer === 'number') {
      this.#pieces = [all]
      this.#needed = answer
      return
    }
    this.#pieces = []
    this.#held = 0
    this.#needed = 0
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }
}

/** An answer, or how many bytes there have to be before it is worth another look. */
function parse(bytes: Buffer): Answer | number {
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

function chunked(bytes: Buffer, from: number, status: number): Answer | number {
  // Not all at once while it comes: a look at the end tells whether it is whole.
  if (bytes.toString('latin1', bytes.length - 5) !== '0\r\n\r\n') return bytes.length + 1
  const pieces: Buffer[] = []
  for (let at = from; ; ) {
    const line = bytes.indexOf(LINE_END, at)
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    if (!(size >= 0)) return bytes.length + 1
    if (size === 0) break
    pieces.push(bytes.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
  const body = Buffer.concat(pieces)
  return { status, length: body.length, text: () => body.toString() }
}
