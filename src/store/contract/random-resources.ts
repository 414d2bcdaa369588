/**
 * Random resources and filters over the probe type.
 *
 * Values come from small pools, so that filters meet them, and the pools are made of what databases
 * get wrong: case beyond ASCII, wildcards, quotes, numbers that are not whole, dates with offsets.
 *
 * @module
 */

import fc from 'fast-check'
import type { AttributePath, CompareOperator, Filter, Literal } from '../../protocol/filter/ast.ts'
import type { JsonObject, JsonValue } from '../../protocol/json.ts'
import type { Attribute } from '../../protocol/schema/attribute.ts'
import { idAttribute, metaAttribute, schemasAttribute } from '../../protocol/schema/core/common.ts'
import { EXTENSION, probeType } from './probe.ts'

const words = [
  ...['a', 'A', 'ab', 'aB', 'b', 'Abc', 'é', 'É', 'e\u0301', 'ß', 'SS', 'ss', 'σ', 'Σ', 'ς'],
  ...['İ', 'i', 'ı', 'K', 'k', 'ﬁ', '𝒳', '𐐀', '𐐨', '\uFF5E', '%', '_', '*', '?', '[', '\\'],
  ...['"', "'", ' ', '', '\n', '1', 'true', 'null', '01', '10', '9'],
]
const text = fc
  .oneof(fc.tuple(fc.constantFrom(...words)), fc.array(fc.constantFrom(...words), { maxLength: 3 }))
  .map((parts) => parts.join(''))
const moment = fc.constantFrom(
  ...['2024-01-01T00:00:00Z', '2024-01-01T02:00:00+02:00', '2023-12-31T19:00:00-05:00'],
  ...['2024-01-01T00:00:00.1234567Z', '2024-01-01T00:00:00.123Z', '2024-01-01T00:00:00.5Z'],
  ...['2024-02-29T12:00:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'],
  ...['2023-11-14T22:13:21.000Z', '2023-11-14T22:13:30.000Z', '1969-12-31T23:59:59.9Z'],
)

/** Values of a simple attribute, in its type. */
function simpleValue({ type }: Attribute): fc.Arbitrary<JsonValue> {
  switch (type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.constantFrom(0, 1, 2, 9, 10, -1, 100, 2 ** 31, Number.MAX_SAFE_INTEGER)
    case 'decimal':
      return fc.constantFrom(0, 0.1, 0.2, 0.3, 1, 1.5, -1.5, 10, 9.99, 1e-7, 1e21, 1e300)
    case 'dateTime':
      return moment
    case 'binary':
      return fc.constantFrom('QUJD', 'qujd', 'QQ==', '')
    default:
      return text
  }
}

function contentOf(attribute: Attribute): fc.Arbitrary<JsonValue> {
  const { subAttributes, multiValued } = attribute
  const one = subAttributes === undefined ? simpleValue(attribute) : objectOf(subAttributes)
  return multiValued ? fc.array(one, { maxLength: 3 }) : one
}

// Each attribute is there, is null, or is not there.
function objectOf(attributes: readonly Attribute[]): fc.Arbitrary<JsonObject> {
  const values: Record<string, fc.Arbitrary<JsonValue>> = {}
  for (const attribute of attributes) {
    values[attribute.name] = fc.option(contentOf(attribute), { freq: 12 })
  }
  return fc.record(values, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>
}

const isEdge = ({ name }: Attribute) => probeType.edge(name) !== undefined
const core = probeType.schema.attributes.filter((attribute) => !isEdge(attribute))
const extra = probeType.extensions[0]!.schema.attributes

/** Bodies of the probe type, without `schemas`. */
export const body: fc.Arbitrary<JsonObject> = fc
  .tuple(objectOf(core), fc.option(objectOf(extra)), fc.option(text))
  .map(([own, extension, externalId]) => ({
    ...(externalId === null ? {} : { externalId }),
    ...own,
    ...(extension === null ? {} : { [EXTENSION]: extension }),
  }))

interface Leaf {
  readonly path: AttributePath
  readonly attribute: Attribute
}

// Everything a path can name, down to sub-attributes.
function leaves(attributes: readonly Attribute[], urn?: string): Leaf[] {
  return attributes.flatMap((attribute) => {
    const path = { ...(urn === undefined ? {} : { urn }), attribute: attribute.name }
    const subs = (attribute.subAttributes ?? []).map((sub) => ({
      path: { ...path, sub: sub.name },
      attribute: sub,
    }))
    return [{ path, attribute }, ...subs]
  })
}

const all = [
  ...leaves(probeType.attributes),
  ...leaves(extra, EXTENSION),
  // Twice, for there are few of them and they lie elsewhere.
  ...leaves([idAttribute, metaAttribute, schemasAttribute]),
  ...leaves(probeType.schema.attributes.filter(isEdge)),
]

const EQUAL: readonly CompareOperator[] = ['eq', 'ne']
const CONTAIN: readonly CompareOperator[] = ['co', 'sw', 'ew']
const ORDER: readonly CompareOperator[] = ['gt', 'ge', 'lt', 'le']

function operatorsOf({ type }: Attribute): readonly CompareOperator[] {
  switch (type) {
    case 'boolean':
      return EQUAL
    case 'binary':
      return [...EQUAL, ...CONTAIN]
    case 'integer':
    case 'decimal':
    case 'dateTime':
      return [...EQUAL, ...ORDER]
    default:
      return [...EQUAL, ...CONTAIN, ...ORDER]
  }
}

/**
 * Filters over the probe type.
 *
 * @param known Texts that occur where values are not of our making, such as ids and versions.
 */
export function filters(known: readonly string[]): fc.Arbitrary<Filter> {
  const whole = fc.constantFrom(...known)
  const familiar = fc.oneof(
    whole,
    whole.map((one) => one.slice(0, Math.ceil(one.length / 2)).toWellFormed()),
    whole.map((one) => one.slice(Math.ceil(one.length / 2)).toWellFormed()),
    whole.map((one) => one.toUpperCase()),
  )
  const literal = (attribute: Attribute): fc.Arbitrary<Literal> => {
    const value = simpleValue(attribute) as fc.Arbitrary<Literal>
    const isText = attribute.type === 'string' || attribute.type === 'reference'
    return isText ? fc.oneof({ arbitrary: value, weight: 2 }, familiar) : value
  }
  const compare = ({ path, attribute }: Leaf): fc.Arbitrary<Filter> =>
    fc
      .tuple(fc.constantFrom(...operatorsOf(attribute)), literal(attribute))
      .map(([operator, value]) => ({ kind: 'compare', path, operator, value }))
  const present = ({ path }: Leaf): fc.Arbitrary<Filter> => fc.constant({ kind: 'present', path })
  const inside = (paths: readonly Leaf[]): fc.Arbitrary<Filter> =>
    fc.constantFrom(...paths).chain((leaf) => {
      if (leaf.attribute.type === 'complex') return present(leaf)
      return fc.oneof({ arbitrary: compare(leaf), weight: 4 }, present(leaf))
    })
  const valuePath = fc
    .constantFrom(...all.filter(({ path, attribute }) => hasValues(path, attribute)))
    .chain(({ path, attribute }) => {
      const subs = attribute.subAttributes ?? [{ ...attribute, name: 'value' }]
      return logical(inside(leaves(subs)), 2).map(
        (filter): Filter => ({ kind: 'value', path, filter }),
      )
    })
  return logical(fc.oneof({ arbitrary: inside(all), weight: 3 }, valuePath), 3)
}

function hasValues(path: AttributePath, { multiValued, type }: Attribute): boolean {
  return path.sub === undefined && (multiValued || type === 'complex')
}

function logical(leaf: fc.Arbitrary<Filter>, maxDepth: number): fc.Arbitrary<Filter> {
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth, withCrossShrink: true },
      leaf,
      tie('filter').map((inner): Filter => ({ kind: 'not', filter: inner })),
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
        )
        .map(([kind, several]): Filter => ({ kind, filters: several })),
    ),
  }))
  return filter
}
