/**
 * What came, into the journal: all of it together, and where that fails, all but what is the matter.
 *
 * What could not be kept is counted all the same, as soon as the database takes it, so that whoever
 * looks for it learns that something came.
 *
 * @module
 */

import { zstdDecompressSync } from 'node:zlib'
import type { Journal, MinuteCounts, PutAside } from '../../store/journal.ts'
import { StoreUnavailable } from '../../store/store.ts'
import { batchOf, Sums } from './batch.ts'
import { type Interpreted, interpret } from './interpret.ts'
import { unpack } from './packed.ts'
import type { Looks } from './packing.ts'
import { textsIn } from './parcel.ts'

/** The bytes of a parcel, and how many requests are in them. */
export interface Sent {
  readonly count: number
  readonly room: ArrayBuffer
  readonly size: number
  /**
   * So many came at once, and all of them reads of somebody known, which went well: they may be put aside,
   * after these were looked at.
   */
  readonly storm?: Looks
}

/** How many requests were lost, and why the last of them was. */
export interface Loss {
  readonly lost: number
  readonly why: unknown
}

/** Minutes of keys whose counts wait for the database. */
const MOST_OWED = 20_000

export class Keeping {
  readonly #journal: () => Promise<Pick<Journal, 'append'>>
  readonly #known = new Set<string>()
  readonly #owed = new Sums(MOST_OWED)

  constructor(journal: () => Promise<Pick<Journal, 'append'>>) {
    this.#journal = journal
  }

  /** Notes what was lost elsewhere. */
  owe(counts: readonly MinuteCounts[]): void {
    for (const { minute, tenant, key, ...sums } of counts) {
      this.#owed.add({ tenant, key, at: minute }, sums)
    }
  }

  async keep(parcels: readonly Sent[]): Promise<Loss> {
    const losses = new Losses()
    await this.#append(
      parcels.flatMap((parcel) => read(parcel, losses)),
      losses,
    )
    if (!losses.isDown) await this.settle().catch((error) => losses.add(0, error))
    return losses
  }

  /**
   * Keeps what was put aside, each request in the place that it has.
   *
   * @throws {StoreUnavailable} What the database cannot take now is left where it is.
   */
  async keepAside(loads: readonly PutAside[]): Promise<Loss> {
    const losses = new Losses()
    const interpreted = loads.flatMap((load) => inPlaces(readAside(load, losses), load.place))
    const through = loads.at(-1)?.place
    const journal = await this.#journal()
    try {
      await journal.append({ ...batchOf(interpreted, this.#known), ...(through && { through }) })
    } catch (error) {
      this.#known.clear()
      if (error instanceof StoreUnavailable) throw error
      await this.#append(interpreted, losses)
      const nothing = { requests: [], counts: [], firsts: [] }
      await journal.append({ ...nothing, ...(through && { through }) })
    }
    return losses
  }

  /** Counts what was not kept. */
  async settle(): Promise<void> {
    if (this.#owed.size === 0) return
    try {
      await this.#count(this.#owed.all())
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error
      this.#owed.clear()
      throw error
    }
    this.#owed.clear()
  }

  // A request that no database takes costs none of those beside it: what failed together is tried in
  // halves, down to the one that is the matter.
  async #append(interpreted: readonly Interpreted[], losses: Losses): Promise<void> {
    if (interpreted.length === 0) return
    if (losses.isDown) return this.#lose(interpreted, losses)
    try {
      await (await this.#journal()).append(batchOf(interpreted, this.#known))
    } catch (error) {
      this.#known.clear()
      losses.note(error)
      // It is the database's own trouble, which no half is spared.
      if (losses.isDown) return this.#lose(interpreted, losses)
      if (interpreted.length === 1) {
        losses.add(1, error)
        // Perhaps it was only the row that it did not take.
        const counts = new Sums()
        for (const one of interpreted) counts.add(one, countsOf(one))
        return await this.#count(counts.all()).catch(() => undefined)
      }
      const middle = interpreted.length >> 1
      await this.#append(interpreted.slice(0, middle), losses)
      await this.#append(interpreted.slice(middle), losses)
    }
  }

  #lose(interpreted: readonly Interpreted[], losses: Losses): void {
    losses.add(interpreted.length)
    for (const one of interpreted) this.#owed.add(one, countsOf(one))
  }

  async #count(counts: readonly MinuteCounts[]): Promise<void> {
    await (await this.#journal()).append({ requests: [], counts, firsts: [] })
  }
}

const countsOf = ({ counts, request }: Interpreted) =>
  request === undefined || counts.requests === undefined ? counts : { ...counts, unkept: 1 }

class Losses implements Loss {
  lost = 0
  why: unknown

  /** Whether the database cannot be used at present. */
  get isDown(): boolean {
    return this.why instanceof StoreUnavailable
  }

  note(error: unknown): void {
    this.why = error
  }

  add(lost: number, why: unknown = this.why): void {
    this.lost += lost
    this.why = why
  }
}

function readAside({ count, bytes }: PutAside, losses: Losses): Interpreted[] {
  try {
    if (bytes === undefined) throw new Error('what was put aside is damaged')
    const isPlain = Buffer.compare(bytes.subarray(0, ZSTD.length), ZSTD) !== 0
    const plain = isPlain ? bytes : new Uint8Array(zstdDecompressSync(bytes))
    return read({ count, room: plain.buffer, size: plain.byteLength }, losses)
  } catch (error) {
    losses.add(count, error)
    return []
  }
}

/** What compressed bytes begin with (RFC 8878 §3.1.1): as a length of a text that is more than there may be. */
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

const inPlaces = (interpreted: readonly Interpreted[], first: number): Interpreted[] =>
  interpreted.map((one, index) =>
    one.request === undefined ? one : { ...one, request: { ...one.request, place: first + index } },
  )

// What cannot be read costs itself alone.
function read({ room, size, count }: Sent, losses: Losses): Interpreted[] {
  try {
    const lose = (error: unknown) => losses.add(1, error)
    return unpack(textsIn(room, size), lose).flatMap((raw) => {
      try {
        return [interpret(raw)]
      } catch (error) {
        lose(error)
        return []
      }
    })
  } catch (error) {
    losses.add(count, error)
    return []
  }
}
