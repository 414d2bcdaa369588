import { expect, test } from 'vitest'
import { valueLimits } from '../resource/value.ts'
import { userType } from '../schema/core/types.ts'
import { applyPatch } from './apply.ts'
import { bindOperations } from './operation.ts'

const context = { tolerate: () => undefined, limits: valueLimits }

/** A filter of 200 comparisons, asked of ten values of so many characters each. */
function patched(characters: number) {
  const emails = Array.from({ length: 10 }, (_, at) => ({
    value: `${at}@x.io`,
    display: 'x'.repeat(characters),
  }))
  const terms = Array.from({ length: 199 }, (_, at) => `display co "y${at}"`).join(' or ')
  const path = `emails[${terms} or value eq "1@x.io"].type`
  const operations = bindOperations([{ op: 'replace', path, value: 'work' }], userType, '1')
  const body = { schemas: [userType.schema.id], userName: 'ada', emails }
  return applyPatch(body, operations, userType, context).body
}

test('a long value is looked at for as long as many short ones', () => {
  expect(patched(100).emails).toHaveLength(10)
  expect(() => patched(60_000)).toThrow(/are looked at by the operations/)
})
