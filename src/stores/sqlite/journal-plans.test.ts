/**
 * Each way to the rows of a journal takes its index, and no other. SQLite is asked how it would carry
 * out each search.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JournalQuery } from '../../store/journal.ts'
import { journalSearch } from '../sql/journal-search.ts'
import { type Call, perform } from '../sql/work.ts'
import { Connection } from './connection.ts'
import { openSqliteJournal } from './journal.ts'
import { spelling } from './spelling.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
let connection: Connection

beforeAll(async () => {
  const file = join(folder, 'rollcall.requests.db')
  await openSqliteJournal({ file, now: Date.now }).close()
  connection = new Connection(file)
})

afterAll(() => {
  connection.close()
  rmSync(folder, { recursive: true })
})

/** How each statement of a search comes by its rows. */
function pathsOf(query: Partial<JournalQuery>): string[] {
  const asked: Call[] = []
  perform(journalSearch(spelling)('t', { limit: 50, ...query }), (call) => {
    asked.push(call)
    return connection.answer(call)
  })
  return asked.flatMap(({ sql, values }) => {
    const plan = connection
      .query<{ readonly detail: string }>(`explain query plan ${sql}`, ...values)
      .map(({ detail }) => detail)
    // Rows come in the order of their places, and none is read that is not asked for.
    expect(plan.filter((step) => step.startsWith('USE TEMP'))).toEqual([])
    const found = plan.filter((step) => step.startsWith('SEARCH r USING'))
    return found.map((step) => step.replace('COVERING ', ''))
  })
}

const BY = 'SEARCH r USING'
const PLACES = `${BY} PRIMARY KEY (tenant=?)`

test.each<[Partial<JournalQuery>, string]>([
  [{ requestId: 'r' }, 'requests_request_id (tenant=? AND request_id=?)'],
  [{ resource: 'r' }, 'requests_resource (tenant=? AND resource=?)'],
  [{ key: 'k' }, 'requests_key (tenant=? AND key=?)'],
  [{ method: 'DELETE' }, 'requests_method (tenant=? AND method=?)'],
  [{ result: 'noChange' }, 'requests_no_change (tenant=?)'],
  [{ status: { from: 500, to: 599 } }, 'requests_failed (tenant=?)'],
  [{ status: { from: 400, to: 599 } }, 'requests_bad (tenant=?)'],
  [{ status: { from: 409, to: 409 } }, 'requests_status (tenant=? AND status=?)'],
])('%j is found by %s', (query, index) => {
  expect(pathsOf(query)).toEqual([`${BY} INDEX ${index}`])
})

test.each<[Partial<JournalQuery>, readonly string[]]>([
  [{ result: 'rejected' }, ['requests_bad (tenant=?)']],
  [{ result: 'failed' }, ['requests_failed (tenant=?)']],
  [{ key: 'k', slower: 1 }, ['requests_key (tenant=? AND key=?)']],
  [
    { key: 'k', result: 'noChange', method: 'PUT' },
    [
      'requests_key (tenant=? AND key=?)',
      'requests_method (tenant=? AND method=?)',
      'requests_no_change (tenant=?)',
    ],
  ],
])('for %j, each index is tried', (query, indexes) => {
  const tried = [PLACES, ...indexes.map((index) => `${BY} INDEX ${index}`)]
  expect(pathsOf(query).slice(0, tried.length)).toEqual(tried)
})

test('a range of time is a range of places', () => {
  const [step] = pathsOf({ from: 1, to: 2 })
  expect(step).toBe('SEARCH r USING PRIMARY KEY (tenant=? AND seq>? AND seq<?)')
})
