/**
 * A resource type with an attribute of every kind, random resources of it, and random filters: for
 * `match` to be compared with, by its own laws and by every database.
 *
 * Values come from small pools full of near misses (case, composition, LIKE's wildcards, characters
 * past U+FFFF), so that random filters match about as often as not.
 */

import fc from 'fast-check'
import type {
  AttributePath,
  CompareOperator,
  Filter,
  Literal,
  PatchPath,
} from '../../src/protocol/filter/ast.ts'
import type { JsonObject } from '../../src/protocol/json.ts'
import { type AttributeInput, attribute } from '../../src/protocol/schema/attribute.ts'
import { type ResourceType, resourceType } from '../../src/protocol/schema/resource-type.ts'

export const WIDGET = 'urn:example:params:scim:schemas:core:2.0:Widget'
export const EXTRA = 'urn:example:params:scim:schemas:extension:extra:2.0:Widget'
/** A second extension, whose URN ends in its version and which shares `shared` with the first. */
export const VERSIONED = 'urn:example:extension:versioned:1.0'

const pair: readonly AttributeInput[] = [
  { name: 'value' },
  { name: 'type' },
  { name: 'primary', type: 'boolean' },
  { name: 'since', type: 'dateTime' },
  { name: 'secret', returned: 'never' },
]

const schema = (id: string, attributes: readonly AttributeInput[]) => ({
  id,
  name: id.split(':').at(-1) ?? id,
  description: '',
  attributes: attributes.map(attribute),
})

export const widgetType: ResourceType = resourceType({
  name: 'Widget',
  endpoint: '/Widgets',
  description: 'One attribute of every kind.',
  schema: schema(WIDGET, [
    { name: 'userName', required: true },
    { name: 'code', caseExact: true },
    { name: 'active', type: 'boolean' },
    { name: 'size', type: 'integer' },
    { name: 'weight', type: 'decimal' },
    { name: 'made', type: 'dateTime' },
    { name: 'link', type: 'reference', referenceTypes: ['external'] },
    { name: 'blob', type: 'binary' },
    { name: 'password', returned: 'never' },
    { name: 'name', subAttributes: [{ name: 'familyName' }, { name: 'givenName' }] },
    { name: 'emails', multiValued: true, subAttributes: pair },
    { name: 'places', multiValued: true, subAttributes: [{ name: 'city' }] },
    { name: 'tags', multiValued: true },
    { name: 'numbers', type: 'integer', multiValued: true },
    {
      name: 'groups',
      multiValued: true,
      mutability: 'readOnly',
      subAttributes: [
        { name: 'value', caseExact: true },
        { name: '$ref', type: 'reference' },
      ],
    },
  ]),
  extensions: [
    {
      schema: schema(EXTRA, [
        { name: 'department' },
        { name: 'shared' },
        { name: 'manager', subAttributes: [{ name: 'value' }, { name: 'displayName' }] },
        { name: 'skills', multiValued: true, subAttributes: [{ name: 'value' }, { name: 'type' }] },
      ]),
      required: false,
    },
    { schema: schema(VERSIONED, [{ name: 'shared' }]), required: false },
  ],
  edges: [{ attribute: 'groups', side: 'member', types: ['Group'] }],
  label: ['userName'],
})

const texts = fc.constantFrom(
  'a',
  'A',
  'b',
  'ab',
  'aB%',
  'a_b',
  '%',
  "o'b",
  'a\\b',
  'a"b',
  'é',
  'e\u0301',
  'É',
  'straße',
  'STRASSE',
  'ΟΔΟΣ',
  'οδος',
  'ﬀ',
  '\ufb00b',
  '😀',
  'work',
  'Work',
  'home',
)
const numbers = fc.constantFrom(-2, -1, 0, 1, 1.5, 2, 10, 1e21)
const integers = fc.constantFrom(-2, -1, 0, 1, 2, 10)
const instants = fc.constantFrom(
  '2011-05-13T04:42:34Z',
  '2011-05-13T06:42:34+02:00',
  '2011-05-13T04:42:34.1Z',
  '2011-05-13T04:42:34.1234567Z',
  '2011-05-13T04:42:34',
  '1969-12-31T23:59:59.999Z',
  '0099-01-01T00:00:00Z',
)

const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 })
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] })

const email = some({
  value: texts,
  type: texts,
  primary: fc.boolean(),
  since: instants,
})

/** Representations as a read answers them: absent values are absent, never null. */
export const widget: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.record({
      schemas: fc.constant([WIDGET, EXTRA]),
      id: texts,
      userName: texts,
      meta: fc.record({
        resourceType: fc.constant('Widget'),
        created: instants,
        lastModified: instants,
      }),
    }),
    some({
      externalId: texts,
      code: texts,
      active: fc.boolean(),
      size: integers,
      weight: numbers,
      made: instants,
      link: texts,
      blob: texts,
      name: some({ familyName: texts, givenName: texts }),
      emails: list(email),
      places: list(some({ city: texts })),
      tags: list(texts),
      numbers: list(integers),
      groups: list(fc.record({ value: texts })),
      [EXTRA]: some({
        department: texts,
        shared: texts,
        manager: some({ value: texts, displayName: texts }),
        skills: list(some({ value: texts, type: texts })),
      }),
    }),
  )
  .map(([always, maybe]) => ({ ...always, ...maybe }) as unknown as JsonObject)

const textual: readonly CompareOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']
const ordered: readonly CompareOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le']
const equality: readonly CompareOperator[] = ['eq', 'ne']

type Kind = 'text' | 'boolean' | 'number' | 'instant' | 'binary'

const literals: Record<Kind, [fc.Arbitrary<Literal>, readonly CompareOperator[]]> = {
  text: [fc.oneof({ weight: 9, arbitrary: texts }, fc.constant('')), textual],
  boolean: [fc.boolean(), equality],
  number: [numbers, ordered],
  instant: [instants, ordered],
  binary: [texts, ['eq', 'ne', 'co', 'sw', 'ew']],
}

function term(path: AttributePath, kind: Kind): fc.Arbitrary<Filter> {
  const [literal, operators] = literals[kind]
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('compare' as const),
        path: fc.constant(path),
        operator: fc.constantFrom(...operators),
        value: literal,
      }),
    },
    fc.record({ kind: fc.constant('present' as const), path: fc.constant(path) }),
    fc.record({
      kind: fc.constant('compare' as const),
      path: fc.constant(path),
      operator: fc.constantFrom(...equality),
      value: fc.constant(null),
    }),
  )
}

function logic(leaf: fc.Arbitrary<Filter>, maxDepth: number): fc.Arbitrary<Filter> {
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth, depthSize: 'small' },
      { weight: 3, arbitrary: leaf },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          filters: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('not' as const), filter: tie('filter') }),
      },
    ),
  })).filter
}

const within = (names: Record<string, Kind>) =>
  logic(fc.oneof(...Object.entries(names).map(([attribute, kind]) => term({ attribute }, kind))), 2)

const brackets = (path: AttributePath, names: Record<string, Kind>): fc.Arbitrary<Filter> =>
  fc.record({ kind: fc.constant('value' as const), path: fc.constant(path), filter: within(names) })

const pairs = { value: 'text', type: 'text', primary: 'boolean', since: 'instant' } as const

/** Filters over {@link widgetType} that bind, even under the strict profile. */
export const widgetFilter: fc.Arbitrary<Filter> = logic(
  fc.oneof(
    term({ attribute: 'userName' }, 'text'),
    term({ attribute: 'USERNAME', urn: WIDGET }, 'text'),
    term({ attribute: 'id' }, 'text'),
    term({ attribute: 'schemas' }, 'text'),
    term({ attribute: 'externalId' }, 'text'),
    term({ attribute: 'meta', sub: 'lastModified' }, 'instant'),
    term({ attribute: 'meta', sub: 'resourceType' }, 'text'),
    term({ attribute: 'code' }, 'text'),
    term({ attribute: 'active' }, 'boolean'),
    term({ attribute: 'size' }, 'number'),
    term({ attribute: 'weight' }, 'number'),
    term({ attribute: 'made' }, 'instant'),
    term({ attribute: 'link' }, 'text'),
    term({ attribute: 'blob' }, 'binary'),
    term({ attribute: 'name', sub: 'familyName' }, 'text'),
    term({ attribute: 'emails' }, 'text'),
    term({ attribute: 'emails', sub: 'type' }, 'text'),
    term({ attribute: 'emails', sub: 'primary' }, 'boolean'),
    term({ attribute: 'emails', sub: 'since' }, 'instant'),
    term({ attribute: 'places', sub: 'city' }, 'text'),
    term({ attribute: 'tags' }, 'text'),
    term({ attribute: 'numbers' }, 'number'),
    term({ attribute: 'groups' }, 'text'),
    term({ urn: EXTRA, attribute: 'department' }, 'text'),
    term({ urn: EXTRA.toUpperCase(), attribute: 'manager', sub: 'value' }, 'text'),
    term({ urn: EXTRA, attribute: 'skills' }, 'text'),
    brackets({ attribute: 'emails' }, pairs),
    brackets({ attribute: 'emails' }, pairs),
    brackets({ attribute: 'name' }, { familyName: 'text', givenName: 'text' }),
    brackets({ attribute: 'tags' }, { value: 'text' }),
    brackets({ attribute: 'numbers' }, { value: 'number' }),
    brackets({ attribute: 'groups' }, { value: 'text' }),
    brackets({ urn: EXTRA, attribute: 'skills' }, { value: 'text', type: 'text' }),
  ),
  3,
)

const nameHead = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const attributeName = fc
  .tuple(
    fc.constantFrom(...nameHead),
    fc.string({ unit: fc.constantFrom(...nameHead, ...'0123456789-_$'), maxLength: 6 }),
  )
  .map(([head, tail]) => head + tail)
  // A keyword of the grammar; an attribute of that name cannot be asked for.
  .filter((name) => name.toLowerCase() !== 'not')

const anyPath: fc.Arbitrary<AttributePath> = fc.record(
  {
    attribute: attributeName,
    sub: attributeName,
    urn: fc.constantFrom(EXTRA, VERSIONED, 'urn:x:y', 'http://example.com/2.0/Group'),
  },
  { requiredKeys: ['attribute'] },
)

const anyLiteral: fc.Arbitrary<Literal> = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\u0000')),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)

/** Any tree of the grammar, whatever its names. */
export const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: logic(
    fc.oneof(
      fc.record({
        kind: fc.constant('compare' as const),
        path: anyPath,
        operator: fc.constantFrom(...textual),
        value: anyLiteral,
      }),
      fc.record({ kind: fc.constant('present' as const), path: anyPath }),
      fc.record({ kind: fc.constant('value' as const), path: anyPath, filter: tie('filter') }),
    ),
    3,
  ),
})).filter

/** Any PATCH path of the grammar, whatever its names. */
export const anyPatchPath: fc.Arbitrary<PatchPath> = fc.oneof(
  anyPath.map((path) => ({ path })),
  fc.record(
    { path: anyPath, filter: anyFilter, sub: attributeName },
    { requiredKeys: ['path', 'filter'] },
  ),
)
