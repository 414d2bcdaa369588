/**
 * A filter without its literals: what its SQL depends on.
 *
 * Clients ask the same few questions about ever new values, so filters are compiled once a shape.
 *
 * @module
 */

import type { BoundCompare, BoundFilter, Target } from '../../protocol/filter/bound.ts'
import type { Attribute } from '../../protocol/schema/attribute.ts'
import type { Slot, Value, Values } from './statement.ts'

export interface Shape {
  /** Equal for filters that have the same SQL. */
  readonly key: string
  readonly comparisons: readonly BoundCompare[]
}

export function shape(filter: BoundFilter): Shape {
  const comparisons: BoundCompare[] = []
  return { key: keyOf(filter, comparisons), comparisons }
}

/** The slots of a comparison's literal, in each of the forms it is needed in. */
export interface LiteralSlots {
  readonly value: Slot
  /** As a lookup has it: text. */
  readonly text: Slot
  /** What is above all texts that begin with it. */
  readonly end: Slot
}

export function literalSlots(prefix: string, index: number): LiteralSlots {
  const name = `${prefix}${index}`
  return { value: { slot: name }, text: { slot: `${name}text` }, end: { slot: `${name}end` } }
}

/** The values for all of {@link literalSlots}. */
export function literals(prefix: string, { comparisons }: Shape): Values {
  const values: Record<string, Value> = {}
  for (const [index, { value, operator }] of comparisons.entries()) {
    const slots = literalSlots(prefix, index)
    values[slots.value.slot] = typeof value === 'boolean' ? Number(value) : value
    values[slots.text.slot] = String(value)
    values[slots.end.slot] = operator === 'sw' ? afterPrefix(String(value)) : ''
  }
  return values
}

/** A text above every text that begins with `prefix`, by code point, and above no other. */
export function afterPrefix(prefix: string): string {
  const points = Array.from(prefix, (char) => char.codePointAt(0) as number)
  while (points.length > 0) {
    const last = points.pop() as number
    if (last < 0x10ffff) {
      // Surrogates are no characters: what follows U+D7FF is U+E000.
      return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1)
    }
  }
  return '\u{10ffff}'.repeat(256)
}

// Whether a literal is "" belongs to the shape: empty values have no lookups.
function keyOf(filter: BoundFilter, comparisons: BoundCompare[]): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `${filter.kind}(${filter.filters.map((one) => keyOf(one, comparisons)).join()})`
    case 'not':
      return `not(${keyOf(filter.filter, comparisons)})`
    case 'compare': {
      const { target, operator, comparison, value } = filter
      comparisons.push(filter)
      return `${operator}(${targetKey(target)},${comparison},${value === '' ? 'empty' : typeof value})`
    }
    case 'present':
      return `pr(${targetKey(filter.target)})`
    case 'value':
      return `value(${targetKey(filter.target)},${keyOf(filter.filter, comparisons)})`
    default:
      return filter satisfies never
  }
}

/** What the SQL of a target depends on. */
export function targetKey({ place, urn, attribute, sub }: Target): string {
  const at = place.kind === 'edge' ? place.edge.side : place.kind
  return JSON.stringify([at, urn, ...attributeKey(attribute), ...(sub ? attributeKey(sub) : [])])
}

const attributeKey = ({ name, type, multiValued, caseExact }: Attribute) => [
  name,
  type,
  multiValued,
  caseExact,
]
