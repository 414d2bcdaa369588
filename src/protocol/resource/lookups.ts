/**
 * The values of a body that filters find fast and that uniqueness is about (design §5).
 *
 * A pure function of the body: what a write has to add to the index and to take out of it follows
 * from the body before and the body after, and nobody has to search for it.
 *
 * @module
 */

import type { JsonObject } from '../json.ts'
import type { LookupPath, ResourceType } from '../schema/resource-type.ts'
import { fold } from '../text.ts'
import { valuesOf } from './body.ts'

/** A value a filter finds fast, and, when `unique`, one that no other live resource may hold. */
export interface Lookup {
  /** The path in attribute notation: `userName`, `emails.value`. */
  readonly attribute: string
  /** Normalised as filters are: folded unless the attribute is case-exact; `true` or `false`. */
  readonly value: string
  readonly unique: boolean
}

/**
 * The lookups of a body, each once.
 *
 * @param also Paths whose values are unique though the schema does not ask for it.
 * @param among Names of attributes: only their lookups. Of all, unless given.
 */
export function lookupsOf(
  body: JsonObject,
  type: ResourceType,
  also: readonly string[] = [],
  among?: ReadonlySet<string>,
): Lookup[] {
  const lookups: Lookup[] = []
  for (const lookup of type.lookupPaths) {
    const { path, attribute, sub } = lookup
    if (among !== undefined && !among.has(attribute.name)) continue
    const unique = isUnique(lookup) || also.includes(path)
    const { caseExact } = sub ?? attribute
    const values = valuesOf(body, attribute.name, sub?.name).map((value) =>
      caseExact ? String(value) : fold(String(value)),
    )
    for (const value of values.length > 1 ? new Set(values) : values) {
      if (value !== '') lookups.push({ attribute: path, value, unique })
    }
  }
  return lookups
}

/** What a write adds and removes, from the lookups before and after. */
export function lookupChange(before: readonly Lookup[], after: readonly Lookup[]) {
  const key = (lookup: Lookup) => `${lookup.attribute}\0${lookup.unique}\0${lookup.value}`
  const had = new Set(before.map(key))
  const has = new Set(after.map(key))
  return {
    add: after.filter((lookup) => !had.has(key(lookup))),
    remove: before.filter((lookup) => !has.has(key(lookup))),
  }
}

const isUnique = ({ attribute, sub }: LookupPath) =>
  sub === undefined && attribute.uniqueness !== 'none'
