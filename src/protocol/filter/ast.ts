/**
 * The filter grammar of RFC 7644 §3.4.2.2 (Figure 1) as a tree.
 *
 * Six kinds of node. `and` and `or` hold a list rather than a pair, so that a filter of a thousand
 * terms is as deep as one of two; every interpreter is a `switch` over `kind` that ends in `never`.
 *
 * @module
 */

/** The comparison operators of Table 3, in lower case; `pr` is a node of its own. */
export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

/** A literal: JSON's false, null, true, number and string. */
export type Literal = boolean | null | number | string

/** `attrPath = [URI ":"] ATTRNAME *1subAttr`, spelled as the client spelled it. */
export interface AttributePath {
  /** The schema URN before the last colon, when there is one. */
  readonly urn?: string
  readonly attribute: string
  readonly sub?: string
}

/** `a and b`, `a or b`; always two filters or more. */
export interface LogicalNode {
  readonly kind: 'and' | 'or'
  readonly filters: readonly Filter[]
}

/** `not (a)`. */
export interface NotNode {
  readonly kind: 'not'
  readonly filter: Filter
}

/** `userName eq "bjensen"`. */
export interface CompareNode {
  readonly kind: 'compare'
  readonly path: AttributePath
  readonly operator: CompareOperator
  readonly value: Literal
}

/** `title pr`. */
export interface PresentNode {
  readonly kind: 'present'
  readonly path: AttributePath
}

/** `emails[type eq "work"]`: one value must satisfy the whole inner filter. */
export interface ValuePathNode {
  readonly kind: 'value'
  readonly path: AttributePath
  readonly filter: Filter
}

export type Filter = LogicalNode | NotNode | CompareNode | PresentNode | ValuePathNode

/** `PATH = attrPath / valuePath [subAttr]` (RFC 7644 §3.5.2), the path of a PATCH operation. */
export interface PatchPath {
  readonly path: AttributePath
  /** The filter in brackets, when the path selects values. */
  readonly filter?: Filter
  /** The sub-attribute after the brackets; without brackets it is in `path.sub`. */
  readonly sub?: string
}
