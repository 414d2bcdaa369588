/**
 * What became of an attribute, as lines that say one thing each: of `name` and an address only the parts
 * that differ, of a list only the values that came or went, each next to the one that it took the place of.
 *
 * @module
 */

import type { AttributeChange } from '../../../src/server/admin/types.ts'
import { type Complex, inWords, isComplex, splitPath } from './values.ts'

export interface Line {
  /** `emails`, `name.familyName`, `addresses[work].locality` */
  readonly name: string
  readonly schema: string | null
  readonly gone: readonly string[]
  readonly came: readonly string[]
  /** How many values of a list stay as they are. */
  readonly kept: number
  /** What became of a value that nobody is shown. */
  readonly secret?: 'set' | 'removed'
}

export function linesOf({ path, before, after, secret }: AttributeChange): readonly Line[] {
  const { schema, name } = splitPath(path)
  if (secret !== undefined) return [{ name, schema, gone: [], came: [], kept: 0, secret }]
  return compared(name, before, after).map((line) => ({ schema, ...line }))
}

type Plain = Omit<Line, 'schema'>

function compared(name: string, before: unknown, after: unknown): readonly Plain[] {
  if (Array.isArray(before) || Array.isArray(after)) {
    return ofLists(name, list(before), list(after))
  }
  if (hasParts(before) || hasParts(after)) return ofParts(name, before, after)
  const [old, now] = [printed(before), printed(after)]
  return [{ name, gone: old.filter(notIn(now)), came: now.filter(notIn(old)), kept: 0 }]
}

/** Of a thing without a value of its own: a name, an address. Nothing else has it as a whole. */
const hasParts = (value: unknown): value is Complex => isComplex(value) && !('value' in value)

function ofParts(name: string, before: unknown, after: unknown): readonly Plain[] {
  const [old, now] = [isComplex(before) ? before : {}, isComplex(after) ? after : {}]
  const parts = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return parts
    .filter((part) => !isSame(old[part], now[part]))
    .flatMap((part) => compared(`${name}.${part}`, old[part], now[part]))
}

function ofLists(name: string, old: readonly unknown[], now: readonly unknown[]): readonly Plain[] {
  const gone = old.filter((value) => !now.some((other) => isSame(value, other)))
  const came = now.filter((value) => !old.some((other) => isSame(value, other)))
  const kept = now.length - came.length
  const pairs = gone.flatMap((value) => {
    const other = came.find((one) => isSuccessor(value, one, gone, came))
    return other === undefined ? [] : [[value, other] as const]
  })
  const apart = pairs.filter(([value, other]) => hasParts(value) && hasParts(other))
  const inParts = apart.flatMap(([value, other]) =>
    ofParts(`${name}[${(value as Complex).type}]`, value, other),
  )
  const isLeft = (value: unknown) => !apart.some((pair) => pair.includes(value))
  const left = [...new Set(gone.filter(isLeft).flatMap(printed))]
  const right = [...new Set(came.filter(isLeft).flatMap(printed))]
  if (left.length + right.length === 0 && inParts.length > 0) return inParts
  return [{ name, gone: left, came: right, kept }, ...inParts]
}

/** The one value of a type took the place of the one that was. */
function isSuccessor(
  value: unknown,
  other: unknown,
  gone: readonly unknown[],
  came: readonly unknown[],
): boolean {
  if (!isComplex(value) || !isComplex(other) || value.type !== other.type) return false
  const isAlone = (all: readonly unknown[]) =>
    all.filter((one) => isComplex(one) && one.type === value.type).length === 1
  return value.type !== undefined && isAlone(gone) && isAlone(came)
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

const notIn = (others: readonly string[]) => (one: string) => !others.includes(one)

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

function printed(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  const words = inWords(value)
  return [words === '' ? '“”' : words]
}
