/**
 * So much of something scarce for each tenant, and no more: one that reads many long lists slowly
 * waits for itself, and nobody waits for it.
 *
 * @module
 */

import { StoreBusy } from '../../store/store.ts'
import type { Snapshot } from './streams.ts'

export class Shares {
  readonly #each: number
  readonly #taken = new Map<string, number>()

  /** @param each How many snapshots a tenant may hold at once. */
  constructor(each: number) {
    this.#each = each
  }

  /** A snapshot that counts as the tenant's until it ends. @throws {StoreBusy} */
  async take(tenant: string, open: () => Promise<Snapshot>): Promise<Snapshot> {
    const taken = this.#taken.get(tenant) ?? 0
    if (taken >= this.#each) throw new StoreBusy('too many long lists are being read at once')
    this.#taken.set(tenant, taken + 1)
    let isOver = false
    const leave = () => {
      if (isOver) return
      isOver = true
      const left = (this.#taken.get(tenant) ?? 1) - 1
      if (left > 0) this.#taken.set(tenant, left)
      else this.#taken.delete(tenant)
    }
    try {
      const snapshot = await open()
      return {
        read: (work) => snapshot.read(work),
        end: () => {
          leave()
          return snapshot.end()
        },
      }
    } catch (error) {
      leave()
      throw error
    }
  }
}
