/**
 * A filter whose names are attributes and whose literals are comparable.
 *
 * `bind` makes it once; `match`, the SQL spellings and `sort` read it. Past this point nobody asks
 * a schema anything: how to compare is in the node, and literals are already normalised (case
 * folded, dates as epoch milliseconds), so that code and database compare the same things.
 *
 * @module
 */

import type { Attribute } from '../schema/attribute.ts'
import type { EdgeAttribute } from '../schema/resource-type.ts'
import type { CompareOperator } from './ast.ts'

/** Where a target's value lies: in the body's JSON, in a column of its own, or on the edges. */
export type Place =
  | { readonly kind: 'body' }
  | { readonly kind: 'id' }
  | { readonly kind: 'meta' }
  | { readonly kind: 'edge'; readonly edge: EdgeAttribute }
  /** Inside a value path: a sub-attribute of the element at hand. */
  | { readonly kind: 'element' }
  /** Inside a value path over a simple multi-valued attribute: the element itself. */
  | { readonly kind: 'self' }

/** The attribute a node speaks of. */
export interface Target {
  readonly place: Place
  /** The extension that holds the attribute, in the schema's own spelling; it is a key of the body. */
  readonly urn?: string
  /** The attribute at the top of the resource; inside a value path, at the top of the element. */
  readonly attribute: Attribute
  /** The sub-attribute, when one is named or is the default `value`. */
  readonly sub?: Attribute
}

/**
 * How two values compare: `fold` ignores case (see `text.ts`), `exact` is by code point, `number`
 * by value, `instant` by epoch milliseconds, `boolean` for equality only.
 */
export type Comparison = 'fold' | 'exact' | 'number' | 'instant' | 'boolean'

export interface BoundLogical {
  readonly kind: 'and' | 'or'
  readonly filters: readonly BoundFilter[]
}

export interface BoundNot {
  readonly kind: 'not'
  readonly filter: BoundFilter
}

/**
 * A comparison. Over several values one match is enough; where there is no value at all, only `ne`
 * matches. `null` literals do not occur here: `eq null` is bound as `not pr`, `ne null` as `pr`.
 */
export interface BoundCompare {
  readonly kind: 'compare'
  readonly target: Target
  readonly operator: CompareOperator
  readonly comparison: Comparison
  /** Normalised for `comparison`: folded text, text, number, epoch milliseconds, or boolean. */
  readonly value: string | number | boolean
}

/** Some value is there: not null, not `""`, not `[]`, not an object without values. */
export interface BoundPresent {
  readonly kind: 'present'
  readonly target: Target
}

/** One element of a multi-valued attribute satisfies the whole inner filter. */
export interface BoundValuePath {
  readonly kind: 'value'
  readonly target: Target
  /** Its targets are in place `element` or `self`. */
  readonly filter: BoundFilter
}

export type BoundFilter = BoundLogical | BoundNot | BoundCompare | BoundPresent | BoundValuePath
