import { expect, test } from 'vitest'
import { userType } from '../schema/core/types.ts'
import { acceptResource } from './accept.ts'
import { bodyText } from './body.ts'
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
