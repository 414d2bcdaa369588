/**
 * The values of a body that filters find fast and that uniqueness is about (design §5).
 *
 * A pure function of the body: what a write has to add to the index and to take out of it follows
 * from the body before and the body after, and nobody has to search for it.
 *
 * @module
 */

import type { JsonObject } from '../json.ts'
import { subAttribute } from '../schema/attribute.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import { fold } from '../text.ts'
import { valuesAt } from './body.ts'

/** A value a filter finds fast, and, when `unique`, one that no other live resource may hold. */
export interface Lookup {
  /** The path in attribute notation: `userName`, `emails.value`. */
  readonly attribute: string
  /** Normalised as filters are: folded unless the attribute is case-exact; `true` or `false`. */
  readonly value: string
  readonly unique: boolean
  /** It was not always `unique`: several resources may hold it from before, and none of them alone. */
  readonly isLate?: boolean
}

/**
 * The lookups of a body, each once.
 *
 * @param unique Paths whose values are unique; see {@link uniquePaths}.
 * @param late Those among them that were not always.
 */
export function lookupsOf(
  body: JsonObject,
  type: ResourceType,
  unique: readonly string[],
  late: readonly string[] = [],
): Lookup[] {
  const lookups: Lookup[] = []
  for (const path of type.lookups) {
    const normalise = normaliser(type, path)
    const values = new Set(valuesAt(body, path).map((value) => normalise(String(value))))
    const more = { unique: unique.includes(path), ...(late.includes(path) && { isLate: true }) }
    for (const value of values) {
      if (value !== '') lookups.push({ attribute: path, value, ...more })
    }
  }
  return lookups
}

/** The paths of a type whose schema asks for uniqueness, with what a tenant adds to them. */
export function uniquePaths(type: ResourceType, added: readonly string[] = []): string[] {
  return type.lookups.filter((path) => {
    const attribute = type.attribute(path)
    return added.includes(path) || (attribute !== undefined && attribute.uniqueness !== 'none')
  })
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

function normaliser(type: ResourceType, path: string): (value: string) => string {
  const [name = '', sub] = path.split('.')
  const top = type.attribute(name)
  const leaf = top && sub !== undefined ? subAttribute(top, sub) : top
  if (leaf === undefined) throw new Error(`lookup "${path}" is no attribute of ${type.name}`)
  return leaf.caseExact ? (value) => value : fold
}
