/**
 * Notes of when keys were used, gathered and written once a second.
 *
 * Every request uses a key, and a write for each would cost more than the request. Only the last use
 * of a key counts.
 *
 * @module
 */

import type { KeyUse } from '../../store/registry.ts'

const WAIT = 1_000

export class KeyUses {
  readonly #write: (uses: ReadonlyMap<string, KeyUse>) => Promise<void>
  #waiting = new Map<string, KeyUse>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(write: (uses: ReadonlyMap<string, KeyUse>) => Promise<void>) {
    this.#write = write
  }

  note(id: string, use: KeyUse): void {
    this.#waiting.set(id, use)
    // A note may be lost; there is nobody to tell.
    this.#timer ??= setTimeout(() => this.flush().catch(() => {}), WAIT)
    this.#timer.unref?.()
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const uses = this.#waiting
    if (uses.size === 0) return
    this.#waiting = new Map()
    await this.#write(uses)
  }
}
