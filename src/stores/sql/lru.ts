/**
 * Keeps what was asked for last, up to a number of things.
 *
 * In two halves: what is asked for goes to the younger one, and when that is full the elder is let go
 * and takes its place. So nothing is moved for what is asked all the time.
 *
 * @module
 */

export class Lru<T> {
  #younger = new Map<string, T>()
  #elder = new Map<string, T>()
  readonly #half: number

  constructor(size: number) {
    this.#half = Math.ceil(size / 2)
  }

  /** What was made for the key, or else what `make` makes now. */
  get(key: string, make: () => T): T {
    const near = this.#younger.get(key)
    if (near !== undefined) return near
    const value = this.#elder.get(key) ?? make()
    if (this.#younger.size >= this.#half) {
      this.#elder = this.#younger
      this.#younger = new Map()
    }
    this.#younger.set(key, value)
    return value
  }
}
