/**
 * Text that is too long for one string, in pieces: an answer with streams in the middle.
 *
 * Whoever gets such a text takes it to its end or calls `return`; until then a store holds a state of
 * the database open for it.
 *
 * @module
 */

import type { Text } from '../protocol/parts.ts'

export type Pieces = AsyncIterableIterator<Text>

/** Texts and streams as one. */
export function joined(parts: readonly (string | AsyncIterable<Text>)[]): Pieces {
  return new Joined(parts)
}

/** Lets streams go that nobody will read. */
export async function letGo(streams: Iterable<AsyncIterable<Text>>): Promise<void> {
  for (const stream of streams) await stream[Symbol.asyncIterator]().return?.()
}

// Not a generator: one that was never started lets nothing go when it is returned.
class Joined implements Pieces {
  readonly #parts: (string | AsyncIterator<Text>)[]

  constructor(parts: readonly (string | AsyncIterable<Text>)[]) {
    this.#parts = parts.map((part) =>
      typeof part === 'string' ? part : part[Symbol.asyncIterator](),
    )
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Text, undefined>> {
    // Short texts go along with what comes next: each piece is a packet.
    let text = ''
    for (;;) {
      const part = this.#parts[0]
      if (part === undefined) break
      if (typeof part === 'string') {
        text += part
        this.#parts.shift()
        continue
      }
      const { done, value } = await this.#step(part)
      if (!done) return { done: false, value: together(text, value) }
      this.#parts.shift()
    }
    return text === '' ? { done: true, value: undefined } : { done: false, value: text }
  }

  async return(): Promise<IteratorResult<Text, undefined>> {
    const left = this.#parts.splice(0)
    for (const part of left) if (typeof part !== 'string') await part.return?.()
    return { done: true, value: undefined }
  }

  async #step(part: AsyncIterator<Text>): Promise<IteratorResult<Text>> {
    try {
      return await part.next()
    } catch (error) {
      await this.return()
      throw error
    }
  }
}

function together(before: string, text: Text): Text {
  if (typeof text === 'string') return before + text
  return before === '' ? text : [before, ...text]
}
