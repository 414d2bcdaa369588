/**
 * How much of a filter is read, and what beyond the RFC is taken.
 *
 * A filter comes from outside and is worked through by parser, binder, database and `match`, so it
 * is bounded once, here, before any of them; they recurse without counting.
 *
 * @module
 */

import type { Tolerance } from '../quirks.ts'

export interface FilterLimits {
  /**
   * UTF-16 units of the whole text. Against filters sent through `/.search`, where no URL bounds
   * them, that cost memory before their first error.
   */
  readonly maxLength: number
  /**
   * Comparisons, `pr` and value paths together. Against thousands of `or` terms, each a scan of its
   * own in the database.
   */
  readonly maxTerms: number
  /**
   * Round and square brackets within one another. Against `((((…`, which would exhaust the stack of
   * everything that walks the tree.
   */
  readonly maxDepth: number
}

export interface FilterOptions {
  readonly tolerate: Tolerance
  readonly limits: FilterLimits
}

export const filterLimits: FilterLimits = { maxLength: 16_384, maxTerms: 256, maxDepth: 32 }
