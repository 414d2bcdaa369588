import { expect, test } from 'vitest'
import { userType } from '../schema/core/types.ts'
import { acceptResource } from './accept.ts'
import { valueLimits } from './value.ts'

test('a record is a megabyte at most, however its values share it', () => {
  const display = 'x'.repeat(60_000)
  const accepted = (count: number) => {
    const emails = Array.from({ length: count }, (_, at) => ({ value: `${at}@x.io`, display }))
    const user = { schemas: [userType.schema.id], userName: 'ada', emails }
    return acceptResource(user, userType, { tolerate: () => undefined, limits: valueLimits })
  }
  expect(accepted(16).body.emails).toHaveLength(16)
  expect(() => accepted(17)).toThrow('"User" is longer than 1000000 characters')
})
