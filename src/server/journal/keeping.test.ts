/** On a journal that cannot be written, and then can. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestEntry } from '../../http/handler.ts'
import type { Journal } from '../../store/journal.ts'
import { openSqliteJournal } from '../../stores/sqlite/journal.ts'
import { Keeping, type Sent } from './keeping.ts'
import { Packing } from './packing.ts'

const at = 1_800_000_000_000
let folder: string
let writable: Journal
let readonly: Journal

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const file = join(folder, 'requests.db')
  writable = openSqliteJournal({ file, now: Date.now })
  readonly = openSqliteJournal({ file, now: Date.now, readonly: true })
})
afterEach(async () => {
  await writable.close()
  await readonly.close()
  rmSync(folder, { recursive: true })
})

function sent(...more: Partial<RequestEntry>[]): Sent {
  const parcel = new Packing(at)
  for (const one of more) {
    const request = {
      ...{ method: 'GET', target: '/', header: () => null, body: async () => undefined },
      signal: new AbortController().signal,
    }
    const response = { status: 200, headers: {} }
    parcel.add(
      {
        ...{ requestId: 'r', at, durationMs: 2, method: 'GET', path: '/Users', route: '/Users' },
        ...{ status: 404, tenant: 'acme', query: '', quirks: [], request, response },
        ...one,
      },
      '',
      'row',
    )
  }
  return parcel.closed()
}

const kept = async () =>
  (await writable.search('acme', { limit: 10 })).rows.map(({ requestId }) => requestId)

test('what could not be kept is counted once the database takes it', async () => {
  let journal = readonly
  const keeping = new Keeping(async () => journal)
  const first = await keeping.keep([sent({ requestId: 'a' }), sent({ requestId: 'b' })])
  expect(first).toMatchObject({ lost: 2, why: { name: 'StoreUnavailable' } })
  journal = writable
  expect(await keeping.keep([sent({ requestId: 'c', at: at + 60_000 })])).toMatchObject({ lost: 0 })
  await keeping.keep([sent({ requestId: 'd' })])
  expect((await kept()).toSorted()).toEqual(['c', 'd'])
  expect(await writable.unkept('acme', {})).toEqual({ count: 2, from: at, to: at + 60_000 })
  expect(await writable.minutes('acme', at)).toMatchObject([
    { requests: 3, refused: 3, unkept: 2 },
    { requests: 1, refused: 1, unkept: 0 },
  ])
})

test('what cannot be read costs itself alone', async () => {
  const bad = { response: { status: 404, headers: { toJSON: () => undefined } as never } }
  const keeping = new Keeping(async () => writable)
  const loss = await keeping.keep([
    sent({ requestId: 'a' }, bad, { requestId: 'b' }),
    { count: 4, room: new ArrayBuffer(9), size: 99 },
    sent({ requestId: 'c' }),
  ])
  expect(loss.lost).toBe(5)
  expect((await kept()).toSorted()).toEqual(['a', 'b', 'c'])
})
