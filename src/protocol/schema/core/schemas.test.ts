import { describe, expect, test } from 'vitest'
import resourceSchemas from '../../../../rfc/7643-8.7.1-resource-schemas.json' with { type: 'json' }
import discoverySchemas from '../../../../rfc/7643-8.7.2-discovery-schemas.json' with {
  type: 'json',
}
import { isObject, type JsonObject, type JsonValue } from '../../json.ts'
import type { Attribute } from '../attribute.ts'
import type { Schema } from '../schema.ts'
import { enterpriseUserSchema } from './enterprise-user.ts'
import { groupSchema } from './group.ts'
import { resourceTypeSchema, schemaSchema, serviceProviderConfigSchema } from './meta-schemas.ts'
import { groupType, userType } from './types.ts'
import { userSchema } from './user.ts'

const CHARACTERISTICS = [
  'type',
  'multiValued',
  'required',
  'caseExact',
  'mutability',
  'returned',
  'uniqueness',
  'canonicalValues',
  'referenceTypes',
] as const

/** Every characteristic of every attribute: `emails.value caseExact` → `false`. */
function characteristics(attributes: readonly JsonValue[], prefix = ''): Map<string, JsonValue> {
  const found = new Map<string, JsonValue>()
  for (const attribute of attributes) {
    if (!isObject(attribute)) throw new Error('an attribute is an object')
    const path = `${prefix}${attribute.name}`
    for (const name of CHARACTERISTICS) {
      if (attribute[name] !== undefined) found.set(`${path} ${name}`, attribute[name])
    }
    const nested = (attribute.subAttributes ?? []) as readonly JsonValue[]
    for (const [key, value] of characteristics(nested, `${path}.`)) found.set(key, value)
  }
  return found
}

/**
 * Ours against the RFC's: `attribute characteristic: theirs → ours`. What the RFC does not say is
 * compared with the defaults of §2.2, and an attribute it does not list is one line.
 */
function differences(ours: Schema, theirs: JsonObject): string[] {
  const left = characteristics(theirs.attributes as readonly JsonValue[])
  const right = characteristics(ours.attributes as unknown as readonly JsonValue[])
  const known = new Set([...left.keys()].map((key) => key.split(' ')[0]))
  const lines = new Set<string>()
  for (const [key, value] of right) {
    const [path, name] = key.split(' ') as [string, string]
    if (!known.has(path)) lines.add(`${path}: added`)
    else {
      const expected = left.get(key) ?? DEFAULTS[name]
      if (JSON.stringify(expected) !== JSON.stringify(value)) {
        lines.add(`${key}: ${JSON.stringify(expected)} → ${JSON.stringify(value)}`)
      }
    }
  }
  for (const key of left.keys()) if (!right.has(key)) lines.add(`${key}: missing`)
  return [...lines]
}

const DEFAULTS: Record<string, JsonValue> = {
  caseExact: false,
  uniqueness: 'none',
}

const examples = [...resourceSchemas.body, ...discoverySchemas.body] as unknown as JsonObject[]

function example(schema: Schema): JsonObject {
  const found = examples.find(({ id }) => id === schema.id)
  if (found === undefined) throw new Error(`the RFC has no ${schema.id}`)
  return found
}

// Deliberate, each with its reason. A line that is here and no longer true fails as well.
const deliberate: [Schema, string[]][] = [
  [
    userSchema,
    [
      // §2.3.7: a reference is case-exact; §2.3.6: binary is.
      'profileUrl caseExact: false → true',
      'photos.value caseExact: false → true',
      // Ids are case-exact (RFC 7643 §3.1), and so is what refers to them.
      'groups.value caseExact: false → true',
      'groups.$ref caseExact: false → true',
      'x509Certificates.value caseExact: false → true',
      // A password that ignored letter case would be a weaker one.
      'password caseExact: false → true',
      // The RFC's own examples send it (§8.2; RFC 7644 §3.5.2.3).
      'addresses.primary: added',
      // An empty list suggests nothing.
      'roles.type canonicalValues: missing',
      'x509Certificates.type canonicalValues: missing',
    ],
  ],
  [
    groupSchema,
    [
      // §4.2 says REQUIRED.
      'displayName required: false → true',
      'members.value caseExact: false → true',
      'members.$ref caseExact: false → true',
      // Shown in §8.4 and in RFC 7644 §3.5.2.1, computed here.
      'members.display: added',
    ],
  ],
  [enterpriseUserSchema, ['manager.$ref caseExact: false → true']],
  [
    schemaSchema,
    [
      // §2.3.6 has a data type that the listing forgets.
      ...['attributes.type', 'attributes.subAttributes.type'].map(
        (path) =>
          `${path} canonicalValues: ["string","complex","boolean","decimal","integer","dateTime","reference"] → ["string","complex","boolean","decimal","integer","dateTime","reference","binary"]`,
      ),
      // §7: "A multi-valued array of JSON strings", at either level.
      'attributes.subAttributes.referenceTypes multiValued: false → true',
    ],
  ],
  [
    resourceTypeSchema,
    [
      'endpoint caseExact: false → true',
      // §6: a list, and OPTIONAL.
      'schemaExtensions multiValued: false → true',
      'schemaExtensions required: true → false',
    ],
  ],
  [
    serviceProviderConfigSchema,
    [
      'documentationUri caseExact: false → true',
      // §5 has them; the listing forgets them.
      'etag: added',
      'etag.supported: added',
      'authenticationSchemes.type: added',
      'authenticationSchemes.specUri caseExact: false → true',
      'authenticationSchemes.documentationUri caseExact: false → true',
      // Sent in the example of §8.5.
      'authenticationSchemes.primary: added',
      // RFC 9865 §4.
      'pagination: added',
      'pagination.cursor: added',
      'pagination.index: added',
      'pagination.defaultPaginationMethod: added',
      'pagination.defaultPageSize: added',
      'pagination.maxPageSize: added',
      'pagination.cursorTimeout: added',
    ],
  ],
]

describe('the schemas of RFC 7643 §8.7', () => {
  test.each(deliberate.map(([schema, expected]) => [schema.name, schema, expected] as const))(
    '%s has every characteristic of the listing, save those named',
    (_, schema, expected) => {
      expect(differences(schema, example(schema)).sort()).toEqual([...expected].sort())
    },
  )

  test('a changed characteristic is noticed', () => {
    const [first, ...rest] = userSchema.attributes as [Attribute, ...Attribute[]]
    const changed = {
      ...userSchema,
      attributes: [{ ...first, uniqueness: 'none' as const }, ...rest],
    }
    expect(differences(changed, example(userSchema))).toContain(
      'userName uniqueness: "server" → "none"',
    )
  })

  test('nothing in a discovery document is writable (§5, §6, §7)', () => {
    for (const schema of [schemaSchema, resourceTypeSchema, serviceProviderConfigSchema]) {
      const all = characteristics(schema.attributes as unknown as readonly JsonValue[])
      const writable = [...all].filter(
        ([key, value]) => key.endsWith(' mutability') && value !== 'readOnly',
      )
      expect(writable).toEqual([])
    }
  })

  test('every attribute says in a few words what it is for (§7)', () => {
    const silent: string[] = []
    const look = (attribute: Attribute, prefix: string) => {
      const path = `${prefix}${attribute.name}`
      if (attribute.description === '') silent.push(path)
      for (const sub of attribute.subAttributes ?? []) look(sub, `${path}.`)
    }
    for (const [schema] of deliberate) {
      for (const attribute of schema.attributes) look(attribute, `${schema.name}: `)
    }
    expect(silent).toEqual([])
  })
})

describe('the resource types User and Group', () => {
  test('every lookup, label and edge names an attribute of its type', () => {
    for (const type of [userType, groupType]) {
      const paths = [...type.lookups, ...type.label, ...type.edges.map((edge) => edge.attribute)]
      for (const path of paths) {
        const [name, sub] = path.split('.') as [string, string | undefined]
        const attribute = type.attribute(name)
        expect(attribute, path).toBeDefined()
        if (sub !== undefined) {
          expect(attribute?.subAttributes?.map((nested) => nested.name)).toContain(sub)
        }
      }
    }
  })
})
