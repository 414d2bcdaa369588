/**
 * What is rare in a journal is found by an index, whatever else is asked for. SQLite is asked how it
 * would carry out each search.
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

function planOf(query: Partial<JournalQuery>): string[] {
  let asked: Call | undefined
  perform(journalSearch(spelling)('t', { limit: 50, ...query }), (call) => {
    asked = call
    return connection.answer(call)
  })
  const { sql, values } = asked as unknown as Call
  return connection
    .query<{ readonly detail: string }>(`explain query plan ${sql}`, ...values)
    .map(({ detail }) => detail)
}

test.each<[Partial<JournalQuery>, string]>([
  [{ requestId: 'r' }, 'requests_request_id (tenant=? AND request_id=?)'],
  [{ resource: 'r' }, 'requests_resource (tenant=? AND resource=?)'],
  [{ resource: 'r', method: 'PUT' }, 'requests_resource (tenant=? AND resource=?)'],
  [{ key: 'k' }, 'requests_key (tenant=? AND key=?)'],
  [{ method: 'DELETE' }, 'requests_method (tenant=? AND method=?)'],
  [{ result: 'noChange' }, 'requests_no_change (tenant=?)'],
  [{ result: 'rejected' }, 'requests_bad (tenant=?)'],
  [{ result: 'failed' }, 'requests_failed (tenant=?)'],
  [{ status: { from: 500, to: 599 } }, 'requests_failed (tenant=?)'],
  [{ status: { from: 400, to: 599 } }, 'requests_bad (tenant=?)'],
  [{ status: { from: 409, to: 409 } }, 'requests_status (tenant=? AND status=?)'],
])('%j is found by %s', (query, index) => {
  const plan = planOf(query)
  expect(plan[0]).toBe(`SEARCH r USING INDEX ${index}`)
  expect(plan.filter((step) => step.startsWith('USE TEMP'))).toEqual([])
})

test('a range of time is a range of places', () => {
  const [step] = planOf({ from: 1, to: 2 })
  expect(step).toBe('SEARCH r USING PRIMARY KEY (tenant=? AND seq>? AND seq<?)')
})
