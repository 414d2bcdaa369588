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
    const at = this.#end + LENGTH
    // A character is three bytes at most.
    this.#provide(at + (text?.length ?? 0) * 3)
    if (text === undefined || text === null) {
      this.#bytes.writeUInt32LE(text === null ? NULL : UNDEFINED, this.#end)
      this.#end = at
    } else {
      const length = this.#bytes.write(text, at, 'utf8')
      this.#bytes.writeUInt32LE(length, this.#end)
      this.#end = at + length
    }
  }

  /** What is in it, to be sent away with its room; it is not to be used any more. */
  closed(): { readonly room: ArrayBuffer; readonly size: number } {
    return { room: this.#bytes.buffer, size: this.#end }
  }

  #provide(end: number): void {
    if (end <= this.#bytes.length) return
    const larger = Buffer.from(new ArrayBuffer(end * 2))
    this.#bytes.copy(larger, 0, 0, this.#end)
    this.#bytes = larger
  }
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
