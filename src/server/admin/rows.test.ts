/** A person is called the same wherever they stand in a list. */

import { expect, test } from 'vitest'
import { suspendedRow, userRow } from './rows.ts'

const by = { kind: 'cli', id: '', name: null } as const
const record = { type: 'User', id: '1', version: 1, created: 0, modified: 0, label: null }

test.each([
  [{ displayName: 'Babs', name: { formatted: 'B. Jensen' } }, 'Babs'],
  [{ displayName: '', name: { formatted: 'B. Jensen', givenName: 'Barbara' } }, 'B. Jensen'],
  [{ name: { givenName: 'Barbara', familyName: 'Jensen' } }, 'Barbara Jensen'],
  [{ name: {} }, null],
])('%j is called %s, suspended or not', (given, name) => {
  const resource = { id: '1', userName: 'bjensen', ...given }
  const body = JSON.stringify(resource)
  const row = suspendedRow({ ...record, body, suspendedAt: 1, suspendedBy: 'cli' }, by)
  expect(row).toMatchObject({ name: 'bjensen', displayName: name })
  expect(userRow(resource).displayName).toBe(name)
})
