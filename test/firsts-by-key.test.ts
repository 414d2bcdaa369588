/** First times were those of a tenant. Those of each key are made of what was counted of it. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Journal, type MinuteCounts, noCounts } from '../src/store/journal.ts'
import { openPostgresJournal } from '../src/stores/postgres/journal.ts'
import { openPostgres } from '../src/stores/postgres/open.ts'
import { Connection } from '../src/stores/sqlite/connection.ts'
import { openSqliteJournal } from '../src/stores/sqlite/journal.ts'
import { administer, freshDatabase } from './support/postgres.ts'

const minute = (at: number, key: string, counts: Partial<MinuteCounts>): MinuteCounts => ({
  ...{ ...noCounts, tenant: 'acme', minute: at, key },
  ...counts,
})

const COUNTS = [
  minute(60, 'a', { requests: 3, refused: 2, failed: 1 }),
  minute(120, 'a', { requests: 2, users: 2 }),
  minute(180, 'a', { requests: 5, users: 1, changed: 2, suspended: 1 }),
  minute(240, 'a', { requests: 9, groups: 1, suspended: 1 }),
  minute(60, 'b', { requests: 1, refused: 1 }),
  minute(60, '', { requests: 7, users: 1 }),
]

const FIRSTS = [
  ...[
    ['a', 'reached', 60],
    ['b', 'reached', 60],
    ['a', 'accepted', 120],
    ['a', 'created', 120],
    ['a', 'deactivated', 180],
    ['a', 'read', 180],
  ].map(([key, what, at]) => ({ tenant: 'acme', key, what, at })),
]

// As the table was before.
const BEFORE = `
  drop table request_firsts;
  create table request_firsts (
    tenant text not null, what text not null, at integer not null,
    constraint request_firsts_pkey primary key (tenant, what)
  );
  insert into request_firsts values ('acme', 'read', 1);`

async function counted(journal: Journal): Promise<void> {
  await journal.append({ requests: [], counts: COUNTS, firsts: [] })
  await journal.close()
}

test('on SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const options = { file: join(folder, 'requests.db'), now: () => 300 }
  await counted(openSqliteJournal(options))
  const connection = new Connection(options.file)
  connection.exec(`${BEFORE} delete from migrations where name = '004-firsts-by-key.sql'`)
  connection.close()
  const journal = openSqliteJournal(options)
  expect(await journal.firsts('acme')).toEqual(FIRSTS)
  await journal.close()
  rmSync(folder, { recursive: true })
})

test('on PostgreSQL', async () => {
  const { url, drop } = await freshDatabase()
  await (await openPostgres({ url })).close()
  await counted(openPostgresJournal({ url, now: () => 300 }))
  for (const statement of BEFORE.split(';')) await administer({ url }, statement)
  await administer({ url }, `delete from migrations where name = '009-firsts-by-key.sql'`)
  await (await openPostgres({ url })).close()
  const journal = openPostgresJournal({ url, now: () => 300 })
  expect(await journal.firsts('acme')).toEqual(FIRSTS)
  await journal.close()
  await drop()
})
