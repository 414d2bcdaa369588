import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { userType } from '../schema/core/types.ts'
import { ENTERPRISE_USER } from '../urn.ts'
import { acceptResource } from './accept.ts'
import { arrange, bodyText } from './body.ts'
import { valueLimits } from './value.ts'

test('a record is a megabyte at most, however its values share it', () => {
  const display = 'x'.repeat(60_000)
  const stored = (count: number) => {
    const emails = Array.from({ length: count }, (_, at) => ({ value: `${at}@x.io`, display }))
    const user = { schemas: [userType.schema.id], userName: 'ada', emails }
    const context = { tolerate: () => undefined, limits: valueLimits }
    return bodyText(acceptResource(user, userType, context).body, userType, valueLimits)
  }
  expect(JSON.parse(stored(16)).emails).toHaveLength(16)
  expect(() => stored(17)).toThrow('"User" is longer than 1000000 characters')
})

test('what a client sent comes out arranged, in whatever order it came', () => {
  const sent: JsonObject = {
    [ENTERPRISE_USER.toUpperCase()]: {
      manager: { displayName: '', value: 'm' },
      Department: 'R&D',
    },
    emails: [{ TYPE: 'work', value: 'ada@x.io', display: null }, {}, null],
    phoneNumbers: [{}],
    NAME: { givenName: 'Ada', familyName: null },
    addresses: [],
    userName: 'ada',
    externalId: 'x',
    schemas: [ENTERPRISE_USER, userType.schema.id],
  }
  const context = { tolerate: () => undefined, limits: valueLimits }
  const { body } = acceptResource(sent, userType, context)
  expect(JSON.stringify(body)).toBe(JSON.stringify(arrange(body, userType)))
  const keys = ['schemas', 'externalId', 'userName', 'name', 'emails', ENTERPRISE_USER]
  expect(Object.keys(body)).toEqual(keys)
  const empty = { ...sent, [ENTERPRISE_USER.toUpperCase()]: { department: null } }
  expect(acceptResource(empty, userType, context).body.schemas).toEqual([userType.schema.id])
})
