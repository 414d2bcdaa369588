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
import type { Aside, Journal, Load } from '../../store/journal.ts'
import { isClean } from './clean.ts'
import type { Keeping, Loss, Sent } from './keeping.ts'

/** To write a tenth of the bytes costs less than to write all of them, twice as a log does. */
const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Requests that are made rows of together, and bytes: pages take ten times as much room once they are read. */
const TOGETHER = { requests: 2_000, bytes: 1024 * 1024 }

export class Backlog {
  readonly #journal: () => Promise<Pick<Journal, 'aside'>>
  readonly #keeping: Keeping
  readonly #most: number
  readonly #told: (loss: Loss) => void
  #size: number | undefined
  #sorting: Promise<boolean> | undefined

  /**
   * @param most Bytes from which on no more are put there.
   * @param told Told of what could not be kept.
   */
  constructor(
    journal: () => Promise<Pick<Journal, 'aside'>>,
    keeping: Keeping,
    most: number,
    told: (loss: Loss) => void,
  ) {
    this.#journal = journal
    this.#keeping = keeping
    this.#most = most
    this.#told = told
  }

  /** Puts aside what can be, and answers the rest. */
  async take(parcels: readonly Sent[]): Promise<readonly Sent[]> {
    const { aside } = await this.#journal()
    if (aside === undefined) return parcels
    let size = await this.#sizeOf(aside)
    const loads = new Map<Sent, Load>()
    for (const parcel of parcels) {
      const { storm, count, room } = parcel
      if (storm === undefined || size >= this.#most) continue
      if (!isClean(room, parcel.size, storm === 'queries')) continue
      const bytes = zstdCompressSync(new Uint8Array(room, 0, parcel.size), QUICKLY)
      loads.set(parcel, { count, bytes })
      size += bytes.length
    }
    if (loads.size === 0) return parcels
    try {
      await aside.put([...loads.values()])
    } catch {
      // Whatever is the matter will be told of the rows.
      return parcels
    }
    this.#size = size
    return parcels.filter((parcel) => !loads.has(parcel))
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
    if (aside === undefined || (await this.#sizeOf(aside)) === 0) return false
    const loads = await aside.oldest(TOGETHER.requests, TOGETHER.bytes)
    const loss = await this.#keeping.keepAside(loads)
    this.#told(loss)
    this.#size = await aside.size()
    return this.#size > 0
  }

  async #sizeOf(aside: Aside): Promise<number> {
    this.#size ??= await aside.size()
    return this.#size
  }
}
