/**
 * Keeps what was made last, up to a number of things.
 *
 * @module
 */

export class Lru<T> {
  readonly #kept = new Map<string, T>()
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  /** What was made for the key, or else what `make` makes now. */
  get(key: string, make: () => T): T {
    const kept = this.#kept.get(key)
    const value = kept ?? make()
    if (kept !== undefined) this.#kept.delete(key)
    this.#kept.set(key, value)
    if (this.#kept.size > this.#size) {
      const [oldest] = this.#kept.keys()
      if (oldest !== undefined) this.#kept.delete(oldest)
    }
    return value
  }
}
