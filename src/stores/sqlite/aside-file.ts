/**
 * The file that holds what was put aside, and nothing to find it by: the journal has the rows for that.
 *
 * Bytes go into it once. In the journal itself they would be summed up and written twice, as a log does, and
 * that is most of what it costs to put them there.
 *
 * @module
 */

import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs'
import { StoreUnavailable } from '../../store/store.ts'

/** Where bytes lie, and what they are to be known by. */
export interface Lies {
  readonly start: number
  readonly size: number
  readonly sum: number
}

export class AsideFile {
  readonly #path: string
  #descriptor: number
  #end: number

  /**
   * Opens it, or makes it.
   *
   * @param end Where what is in it ends.
   * @throws {StoreUnavailable} It is there and cannot be opened: what is in it waits until it can.
   */
  constructor(path: string, end: number) {
    this.#path = path
    this.#end = end
    this.#descriptor = opened(path)
  }

  /** Up to where it is written. */
  get end(): number {
    return this.#end
  }

  /** Writes bytes at its end. */
  put(bytes: Uint8Array): Lies {
    // Somebody took it away: what is written now shall be found by whoever opens it next.
    if (fstatSync(this.#descriptor).nlink === 0) this.#reopen()
    const start = this.#end
    const size = bytes.length
    for (let at = 0; at < size; ) {
      at += writeSync(this.#descriptor, bytes, at, size - at, start + at)
    }
    this.#end = start + size
    return { start, size, sum: sumOf(bytes) }
  }

  /** The bytes that lie there; `undefined` if they are not those that were written, as after a power cut. */
  read({ start, size, sum }: Lies): Uint8Array<ArrayBuffer> | undefined {
    const bytes = new Uint8Array(size)
    try {
      for (let at = 0; at < size; ) {
        const read = readSync(this.#descriptor, bytes, at, size - at, start + at)
        if (read === 0) return undefined
        at += read
      }
    } catch {
      return undefined
    }
    return sumOf(bytes) === sum ? bytes : undefined
  }

  /** Begins anew, and leaves nothing on the disk. */
  empty(): void {
    this.#end = 0
    ftruncateSync(this.#descriptor)
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #reopen(): void {
    const descriptor = opened(this.#path)
    closeSync(this.#descriptor)
    this.#descriptor = descriptor
  }
}

function opened(path: string): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StoreUnavailable(`${path} cannot be opened: ${code}`, { cause: error })
  }
}

/** Bytes from one that is looked at to the next: several to a page of any disk. */
const STRIDE = 251

// Not of all of them, which would cost as much as to write them: what a power cut takes are whole pages.
function sumOf(bytes: Uint8Array): number {
  let sum = bytes.length
  for (let at = 0; at < bytes.length; at += STRIDE)
    sum = (Math.imul(sum, 31) + (bytes[at] as number)) | 0
  return sum
}
