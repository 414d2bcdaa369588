/** A change of a record is told in lines that say one thing each. */

import { expect, test } from 'vitest'
import { linesOf } from './differences.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const line = (
  name: string,
  gone: string[],
  came: string[],
  kept = 0,
  schema: string | null = null,
) => ({
  ...{ name, gone, came, kept, schema },
})

const home = { value: 'l@home.example', type: 'home' }
const work = { value: 'l@example.com', type: 'work', primary: true }

test.each([
  [
    'a plain value',
    { path: 'title', before: 'Guide', after: 'Boss' },
    [line('title', ['Guide'], ['Boss'])],
  ],
  ['one that came', { path: 'active', after: true }, [line('active', [], ['true'])]],
  ['an empty one', { path: 'title', before: '', after: 'x' }, [line('title', ['“”'], ['x'])]],
  [
    'a name, by the parts that differ',
    {
      path: 'name',
      before: { givenName: 'Ann', familyName: 'Lee' },
      after: { givenName: 'Ann', familyName: 'Ray', formatted: 'Ann Ray' },
    },
    [line('name.familyName', ['Lee'], ['Ray']), line('name.formatted', [], ['Ann Ray'])],
  ],
  [
    'a list, by the values that came and went',
    { path: 'emails', before: [work, home], after: [{ ...work, value: 'n@example.com' }, home] },
    [line('emails', ['l@example.com · work · primary'], ['n@example.com · work · primary'], 1)],
  ],
  [
    'a list that is new',
    { path: 'phoneNumbers', after: [{ value: '1', type: 'work' }, { value: '2' }] },
    [line('phoneNumbers', [], ['1 · work', '2'])],
  ],
  [
    'an address, by its type and its parts',
    {
      path: 'addresses',
      before: [
        { type: 'work', locality: 'Rome', country: 'IT' },
        { type: 'home', locality: 'Oslo' },
      ],
      after: [
        { type: 'work', locality: 'Pisa', country: 'IT' },
        { type: 'home', locality: 'Oslo' },
      ],
    },
    [line('addresses[work].locality', ['Rome'], ['Pisa'])],
  ],
  [
    'addresses of which nobody can say which is which',
    { path: 'addresses', before: [{ locality: 'Rome' }], after: [{ locality: 'Pisa' }] },
    [line('addresses', ['Locality: Rome'], ['Locality: Pisa'])],
  ],
  [
    'an extension, with a value that is one thing',
    {
      path: `${ENTERPRISE}:manager`,
      before: { value: '1', displayName: 'Eve' },
      after: { value: '2', displayName: 'Ida' },
    },
    [line('manager', ['Eve · 1'], ['Ida · 2'], 0, ENTERPRISE)],
  ],
  [
    'a secret, of which there is nothing to show but that it was set',
    { path: 'password', secret: 'set' as const },
    [{ ...line('password', [], []), secret: 'set' }],
  ],
  [
    'an order alone',
    { path: 'emails', before: [work, home], after: [home, work] },
    [line('emails', [], [], 2)],
  ],
])('%s', (_, change, lines) => {
  expect(linesOf(change)).toEqual(lines)
})
