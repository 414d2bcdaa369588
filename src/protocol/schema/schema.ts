/**
 * A schema: a URN over a list of attributes (RFC 7643 §7).
 *
 * @module
 */

import type { Attribute } from './attribute.ts'

/** One schema or schema extension. */
export interface Schema {
  /** The URN, as messages spell it; compared without regard to case (RFC 7643 §2.1). */
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly Attribute[]
}
