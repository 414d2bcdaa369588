/** What a refusal means: every one that the sources can throw has advice, and somebody looked whether it fits. */

import { expect, test } from 'vitest'
import type { ScimType } from '../../src/protocol/errors.ts'
import type { Refused } from '../../src/server/admin/advice/rule.ts'
import { adviceDocument, adviceFor, ruleFor, rules } from '../../src/server/admin/advice.ts'
import { type Written, writtenRefusals } from '../support/refusals.ts'

const { refusals, unread } = writtenRefusals()

// Where they are thrown, as far as advice looks at it.
const routes: Readonly<Record<string, string>> = {
  'http/route.ts': '*',
  'provider/operations/discover.ts': '/Schemas/{id}',
}

const asked = ({ file, status, scimType, detail }: Written): Refused => ({
  ...{ status, scimType, detail, refused: null },
  ...{ method: 'PATCH', path: '/Users/1', route: routes[file] ?? '/Users/{id}' },
})

test('there is a refusal of every kind that the sources know', () => {
  expect(refusals.length).toBeGreaterThan(100)
  // They answer for others: a fault, and what never became a request.
  expect(unread).toEqual(['server/app.ts', 'server/http-server.ts'])
})

/**
 * Whoever writes a new refusal finds it here, beside the advice that it would get: is it the right one?
 * `npx vitest run test/console/advice.test.ts -u` writes it down.
 */
test('each has advice, which was seen to fit', async () => {
  const lines = refusals.map((written) => {
    const rule = ruleFor(asked(written))
    expect(rule, `${written.file}: ${written.detail}`).toBeDefined()
    const { status, scimType, detail } = written
    return `${status} ${scimType ?? '-'} | ${detail} | ${rule?.cause}`
  })
  const told = [...new Set(lines)].toSorted().join('\n')
  await expect(`${told}\n`).toMatchFileSnapshot('./advice.txt')
})

test('so has each word of SCIM, each reason not to take a key, and what was no request', () => {
  const types: Record<ScimType, true> = {
    ...{ invalidFilter: true, tooMany: true, uniqueness: true, mutability: true },
    ...{ invalidSyntax: true, invalidPath: true, noTarget: true, invalidValue: true },
    ...{ invalidVers: true, sensitive: true, invalidCursor: true, expiredCursor: true },
    ...{ invalidCount: true },
  }
  for (const scimType of Object.keys(types)) {
    expect(rules.filter(({ when }) => when === scimType)).not.toEqual([])
  }
  const base = {
    method: 'PATCH',
    scimType: null,
    path: '/Users/1',
    route: '/Users/{id}',
    refused: null,
  }
  const causes = ['malformed', 'unknown', 'revoked', 'expired', null].map(
    (refused) => adviceFor({ ...base, status: 401, detail: null, refused })?.cause,
  )
  const detail =
    'The Authorization header is not "Bearer KEY": send the word Bearer, a blank and the API key'
  causes.push(adviceFor({ ...base, status: 401, detail, refused: 'malformed' })?.cause)
  causes.push(adviceFor({ ...base, status: 403, detail: null })?.cause)
  expect(new Set(causes).size).toBe(7)
  for (const status of [400, 408, 413, 431, 500]) {
    expect(adviceFor({ ...base, status, detail: null })).not.toBeNull()
  }
})

test('no rule stands behind one that takes all it would fit', () => {
  const seen = new Set<number>()
  for (const { status, when } of rules) {
    expect(seen.has(status), `${status} ${when}`).toBe(false)
    if (when === undefined) seen.add(status)
  }
})

test('none speaks of a place that only one page has: it stands in Activity, in Try it and in docs', () => {
  for (const { cause, next } of rules) {
    expect(`${cause} ${next}`).not.toMatch(
      /this entry|request (body )?(above|below)|see (above|below)/i,
    )
  }
})

test('an order that cannot be is told from a filter that cannot', () => {
  const base = {
    method: 'GET',
    scimType: 'invalidFilter',
    path: '/Users',
    route: '/Users',
    refused: null,
  }
  const about = (detail: string) => adviceFor({ ...base, status: 400, detail })
  const order = about('"sortBy": "members" cannot be sorted by')
  expect(order?.cause).toContain('order')
  expect(order?.next).not.toContain('mapping')
  expect(about('"nothing" is not an attribute')?.next).toContain('mapping')
})

test('an unknown member of a group is told from other values that are wrong', () => {
  const base = {
    method: 'GET',
    scimType: 'invalidValue',
    path: '/Groups',
    route: '/Groups',
    refused: null,
  }
  const about = (detail: string) => adviceFor({ ...base, status: 400, detail })?.cause
  expect(about('"members" names "x", which is not here')).toMatch(/has not been provisioned/)
  expect(about('"userName" is required')).not.toMatch(/has not been provisioned/)
})

test('a filter that cannot be read is told from one by the wrong attribute', () => {
  const base = { method: 'GET', scimType: 'invalidFilter', path: '/Users', route: '/Users' }
  const about = (detail: string) => adviceFor({ ...base, status: 400, refused: null, detail })
  const malformed = about('malformed filter at character 10: expected an operator, found "eqq"')
  expect(malformed?.cause).toContain('cannot be read')
  expect(malformed?.next).not.toContain('mapping')
})

test('a change of one record that is sent to all of them hears of the missing id', () => {
  // As it reaches the journal: whatever the router refuses is of no route.
  const base = { status: 405, scimType: null, route: '*', refused: null, detail: null }
  const about = (method: string, path: string) => adviceFor({ ...base, method, path })?.cause
  for (const path of ['/Users', '/Users/', '/Groups']) {
    for (const method of ['PATCH', 'PUT', 'DELETE']) expect(about(method, path)).toMatch(/no id/)
  }
  expect(about('OPTIONS', '/Users')).not.toMatch(/no id/)
  expect(about('POST', '/Users/1')).not.toMatch(/no id/)
})

test('docs/errors.md says what the console says; `npx vitest -u` makes it anew', async () => {
  await expect(adviceDocument()).toMatchFileSnapshot('../../docs/errors.md')
})
