/**
 * A load generator on plain sockets, so that little of the machine goes to asking.
 *
 * Each connection has one request under way at a time and sends the next when the answer is whole:
 * what is measured is as many clients as there are connections, none of which is in a hurry.
 *
 * @module
 */

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Answer, AnswerReader } from './answer.ts'

export interface Load {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  /** No more requests than this are sent. */
  readonly limit?: number
  /** The bytes of a connection's next request; `undefined` ends that connection. */
  readonly next: (connection: number, last: Answer | undefined) => Buffer | undefined
  /** Milliseconds a connection waits between an answer and its next request. */
  readonly pause?: number
}

export interface Loaded {
  /** Answers in a second. */
  readonly rate: number
  readonly count: number
  readonly seconds: number
  /** Milliseconds from the request to the end of its answer. */
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly bytes: number
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<string, number>>
}

export async function load(options: Load): Promise<Loaded> {
  const times: number[] = []
  const statuses: Record<string, number> = {}
  let bytes = 0
  let left = options.limit ?? Number.POSITIVE_INFINITY
  const began = performance.now()
  const end = began + options.seconds * 1000
  const client = async (connection: number) => {
    const socket = connect(options.port, '127.0.0.1')
    socket.setNoDelay(true)
    await once(socket, 'connect')
    const reader = new AnswerReader(socket)
    try {
      let last: Answer | undefined
      while (performance.now() < end && left > 0) {
        const request = options.next(connection, last)
        if (request === undefined) break
        left--
        const sent = performance.now()
        last = await reader.ask(request)
        times.push(performance.now() - sent)
        statuses[last.status] = (statuses[last.status] ?? 0) + 1
        bytes += last.length
        if (options.pause !== undefined) await sleep(options.pause)
      }
    } finally {
      close(socket)
    }
  }
  await Promise.all(Array.from({ length: options.connections }, (_, at) => client(at)))
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return {
    rate: times.length / seconds,
    count: times.length,
    seconds,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    bytes,
    statuses,
  }
}

/** Sends requests one after the other on one connection, and gives the answers to `each`. */
export async function inTurn(
  port: number,
  requests: Iterable<Buffer>,
  each: (answer: Answer) => void = () => undefined,
): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const reader = new AnswerReader(socket)
  for (const request of requests) each(await reader.ask(request))
  close(socket)
}

function close(socket: Socket): void {
  socket.on('error', () => undefined)
  socket.destroy()
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
