/**
 * Texts in bytes, for another thread.
 *
 * Strings that wait for others are alive when young ones are collected, and are copied each time; and
 * each costs something again when it is sent. Bytes are looked at by no collector, and a buffer changes
 * hands without being copied.
 *
 * @module
 */

/** What may be told of a text that is none: it was not there, or it was not looked at. */
type Text = string | null | undefined

/** In place of a length. */
const UNDEFINED = 0xffff_ffff
const NULL = 0xffff_fffe
const LENGTH = 4

/** Room for what goes together, about. */
const ROOM = 512 * 1024

export class Parcel {
  #bytes: Buffer<ArrayBuffer>
  #end = 0

  /** @param room What is given here is written over; `undefined` for new room. */
  constructor(room: ArrayBuffer = new ArrayBuffer(ROOM)) {
    this.#bytes = Buffer.from(room)
  }

  /** How many bytes are in it. */
  get size(): number {
    return this.#end
  }

  /** Puts a text at its end. */
  add(text: Text): void {
    const at = this.#end
    if (typeof text === 'string') {
      // A character is three bytes at most.
      this.#provide(at + LENGTH + text.length * 3)
      this.#close(at, this.#bytes.write(text, at + LENGTH, 'utf8'))
    } else {
      this.#provide(at + LENGTH)
      this.#bytes.writeUInt32LE(text === null ? NULL : UNDEFINED, at)
      this.#end = at + LENGTH
    }
  }

  /** Puts a text at its end that was encoded before. */
  addBytes(bytes: Uint8Array): void {
    const at = this.#end
    this.#provide(at + LENGTH + bytes.length)
    this.#bytes.set(bytes, at + LENGTH)
    this.#close(at, bytes.length)
  }

  /**
   * Puts a text at its end that is there in parts, as far as it has so many characters. They are not
   * joined before: what is made of many parts is gone through once more to become one.
   */
  addParts(parts: readonly string[], most: number): void {
    const at = this.#end
    let end = at + LENGTH
    let left = most
    for (const part of parts) {
      const text = part.length > left ? part.slice(0, left) : part
      this.#provide(end + text.length * 3)
      end += this.#bytes.write(text, end, 'utf8')
      left -= text.length
      if (left === 0) break
    }
    this.#provide(end)
    this.#close(at, end - at - LENGTH)
  }

  /** What is in it, to be sent away with its room; it is not to be used any more. */
  closed(): { readonly room: ArrayBuffer; readonly size: number } {
    return { room: this.#bytes.buffer, size: this.#end }
  }

  #close(at: number, length: number): void {
    this.#bytes.writeUInt32LE(length, at)
    this.#end = at + LENGTH + length
  }

  #provide(end: number): void {
    if (end <= this.#bytes.length) return
    const larger = Buffer.from(new ArrayBuffer(end * 2))
    this.#bytes.copy(larger)
    this.#bytes = larger
  }
}

/** Where the text that begins in a parcel at a place stands, without reading it. */
export function spanAt(
  bytes: Buffer,
  at: number,
): { readonly start: number; readonly end: number } {
  const length = bytes.readUInt32LE(at)
  const start = at + LENGTH
  return { start, end: length < NULL ? start + length : start }
}

/** The texts of a parcel, in the order in which they came. */
export function textsIn(room: ArrayBuffer, size: number): Text[] {
  const bytes = Buffer.from(room, 0, size)
  const texts: Text[] = []
  for (let at = 0; at < size; ) {
    const length = bytes.readUInt32LE(at)
    at += LENGTH
    if (length === UNDEFINED) texts.push(undefined)
    else if (length === NULL) texts.push(null)
    else {
      texts.push(bytes.toString('utf8', at, at + length))
      at += length
    }
  }
  return texts
}
