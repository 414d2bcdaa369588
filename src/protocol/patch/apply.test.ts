import { expect, test } from 'vitest'
import { arrange } from '../resource/body.ts'
import { valueLimits } from '../resource/value.ts'
import { userType } from '../schema/core/types.ts'
import { ENTERPRISE_USER } from '../urn.ts'
import { applyPatch } from './apply.ts'
import { bindOperations } from './operation.ts'

test('the body before is as it was, and what no operation is about is in both', () => {
  const before = arrange(
    {
      userName: 'ada',
      name: { givenName: 'Ada' },
      emails: [{ value: 'ada@x.io', type: 'work', primary: true }],
      phoneNumbers: [{ value: '1', type: 'work' }],
      [ENTERPRISE_USER]: { department: 'R&D', manager: { value: 'm' } },
    },
    userType,
  )
  const text = JSON.stringify(before)
  const operations = bindOperations(
    [
      { op: 'replace', path: 'name.givenName', value: 'Augusta' },
      { op: 'add', path: 'emails', value: [{ value: 'home@x.io', type: 'home', primary: true }] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'work@x.io' },
      { op: 'replace', path: `${ENTERPRISE_USER}:manager`, value: { value: 'n' } },
    ],
    userType,
    'id',
  )
  const context = { tolerate: () => undefined, limits: valueLimits }
  const { body } = applyPatch(before, operations, userType, context)
  expect(JSON.stringify(before)).toBe(text)
  expect(body).toMatchObject({
    name: { givenName: 'Augusta' },
    emails: [
      { value: 'work@x.io', type: 'work', primary: false },
      { value: 'home@x.io', type: 'home', primary: true },
    ],
    [ENTERPRISE_USER]: { department: 'R&D', manager: { value: 'n' } },
  })
  expect(body.phoneNumbers).toBe(before.phoneNumbers)
})
