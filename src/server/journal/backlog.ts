/**
 * Reads that came too many at once: put aside as they came, and kept when there is time, or when somebody
 * asks.
 *
 * To make rows of a read costs half of what answering it does, and a processor that answers has no such
 * half to spare. So a storm of reads is written down as it came, and sorted when it is over. Nothing with
 * a secret in it is put on the disk that way, and no change or refusal: what somebody looks for is there
 * at once.
 *
 * @module
 */

import { constants, zstdCompressSync } from 'node:zlib'
import type { Journal, Load } from '../../store/journal.ts'
import { isClean } from './clean.ts'
import type { Keeping, Loss, Sent } from './keeping.ts'

/**
 * Bytes up to which they are written as they came; to compress them costs several times as much as to write
 * them. What comes then is compressed to a tenth, so that a long storm finds room, too.
 */
const PLAIN = 384 * 1024 * 1024
const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Requests that are made rows of together, and what they may weigh: what is read takes several times as much. */
const TOGETHER = { requests: 500, weight: 1024 * 1024 }

export class Backlog {
  readonly #journal: () => Promise<Pick<Journal, 'aside'>>
  readonly #keeping: Keeping
  readonly #most: number
  readonly #plain: number
  readonly #told: (loss: Loss) => void
  #size: number | undefined
  #sorting: Promise<boolean> | undefined

  /**
   * @param most Bytes from which on no more are put there.
   * @param told Told of what could not be kept.
   * @param plain Bytes from which on they are compressed.
   */
  constructor(
    journal: () => Promise<Pick<Journal, 'aside'>>,
    keeping: Keeping,
    most: number,
    told: (loss: Loss) => void,
    plain = PLAIN,
  ) {
    this.#journal = journal
    this.#keeping = keeping
    this.#most = most
    this.#told = told
    this.#plain = plain
  }

  /**
   * Puts aside what can be, and yields the rest, to be kept before the next is asked for: everything gets
   * its place in the order in which it came. The last that is yielded may be nothing.
   */
  async *take(parcels: readonly Sent[]): AsyncGenerator<readonly Sent[]> {
    let left: Sent[] = []
    let loads = new Map<Sent, Load>()
    for (const parcel of parcels) {
      const load = await this.#loadOf(parcel)
      if (load === undefined) {
        left.push(...(await this.#put(loads)), parcel)
        loads = new Map()
      } else {
        if (left.length > 0) yield left
        left = []
        loads.set(parcel, load)
      }
    }
    yield [...left, ...(await this.#put(loads))]
  }

  async #loadOf({ storm, count, room, size }: Sent): Promise<Load | undefined> {
    if (storm === undefined) return undefined
    // What fails because the journal cannot be opened fails to be kept as well, and is told then.
    const there = await this.#there().catch(() => this.#most)
    if (there >= this.#most || !isClean(room, size, storm)) return undefined
    const plain = new Uint8Array(room, 0, size)
    const bytes = there + size <= this.#plain ? plain : zstdCompressSync(plain, QUICKLY)
    this.#size = there + bytes.length
    return { count, weight: size, bytes }
  }

  /** Answers what could not be put there. */
  async #put(loads: ReadonlyMap<Sent, Load>): Promise<readonly Sent[]> {
    if (loads.size === 0) return []
    try {
      await (await this.#journal()).aside?.put([...loads.values()])
      return []
    } catch (error) {
      this.#told({ lost: 0, why: error })
      this.#size = undefined
      return [...loads.keys()]
    }
  }

  /** Keeps the oldest of what is there; answers whether there is more. */
  sort(): Promise<boolean> {
    this.#sorting ??= this.#sort().finally(() => {
      this.#sorting = undefined
    })
    return this.#sorting
  }

  async #sort(): Promise<boolean> {
    const { aside } = await this.#journal()
    if (aside === undefined) return false
    if ((await this.#there()) > 0) {
      const loads = await aside.oldest(TOGETHER.requests, TOGETHER.weight)
      this.#told(await this.#keeping.keepAside(loads))
      this.#size = await aside.size()
    }
    if (this.#size === 0) await aside.tidy()
    return this.#size !== 0
  }

  /** How many bytes are there; as many as there may be where none can be put. */
  async #there(): Promise<number> {
    const { aside } = await this.#journal()
    this.#size ??= aside === undefined ? this.#most : await aside.size()
    return this.#size
  }
}
