import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administer, freshDatabase, type TestDatabase } from '../../test/support/postgres.ts'
import { databaseAddress } from '../server/config.ts'
import { openDatabase } from '../server/database.ts'
import { Scene, tenantNamed } from '../store/contract/arena.ts'
import { Connection } from '../stores/sqlite/connection.ts'
import { main } from './main.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
const file = join(folder, 'rollcall.db')
let postgres: TestDatabase

beforeAll(async () => {
  postgres = await freshDatabase()
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await postgres.drop()
})

/** What `doctor` says of counts. */
const said = (url: string, ...flags: string[]) => saidOf('counts', url, ...flags)

async function saidOf(wanted: string, url: string, ...flags: string[]): Promise<string[]> {
  let out = ''
  await main(
    ['doctor', ...flags, '--json', '--database', url],
    {},
    {
      out: (text) => {
        out += text
      },
      err: () => {},
      interactive: false,
      ask: async () => '',
      program: 'rollcall',
      now: Date.now,
    },
  )
  const findings = JSON.parse(out) as Record<'what' | 'state' | 'detail', string>[]
  return findings
    .filter(({ what }) => what === wanted)
    .map(({ state, detail }) => `${state} ${detail.replace(/;.*/, '')}`)
}

const databases = [
  [
    'SQLite',
    () => `sqlite:${file}`,
    async (sql: string) => {
      const connection = new Connection(file)
      connection.exec(sql)
      connection.close()
    },
  ],
  ['PostgreSQL', () => postgres.url, (sql: string) => administer(postgres, sql)],
] as const

describe.each(databases)('counts on %s', (_, url, run) => {
  test('that are not what is there are told by tenant, and mended beside whoever writes', async () => {
    const opened = await openDatabase(databaseAddress(url()), { create: true, lock: false })
    try {
      const scenes = ['acme', 'globex', 'initech'].map(async (name) => {
        const tenant = tenantNamed(name)
        await opened.registry.addTenant(tenant)
        return new Scene(opened.tenant(tenant.id))
      })
      const [at, elsewhere] = (await Promise.all(scenes)) as [Scene, Scene, Scene]
      const [one, two] = [await at.user('one'), await at.user('two')]
      const group = await at.group('group', one.id, two.id)
      const other = await at.group('other', one.id)
      await at.suspend((await at.user('gone')).id)
      await elsewhere.user('a')
      expect(await said(url())).toEqual(['ok are what is there'])

      await run(`update resources set members = -1 where id = '${group.id}'`)
      await run(`update resources set members = 0 where id = '${other.id}'`)
      await run(`update tallies set total = 7 where tenant = 'tenant-acme' and type = 'User'`)
      await run(`delete from tallies where tenant = 'tenant-acme' and type = ' suspended'`)
      await run(`update tallies set total = -2 where tenant = 'tenant-globex' and type = 'User'`)
      const ofAcme = '(suspended 0 instead of 1, User 7 instead of 2, members of 2 resources)'
      expect(await said(url())).toEqual([
        `problem acme: 4 wrong ${ofAcme}`,
        'problem globex: 1 wrong (User -2 instead of 1)',
      ])

      const names = Array.from({ length: 20 }, (_, index) => `new${index}`)
      const [mended] = await Promise.all([
        said(url(), '--mend-counts'),
        ...names.map(async (name) => at.suspend((await at.user(name)).id)),
        ...names.map(async (name) => {
          await at.group(name, one.id)
          await at.addMembers(group.id, (await at.user(`${name}!`)).id)
        }),
      ])
      expect(mended).toEqual([
        expect.stringMatching(/^ok acme: 4 mended \(/),
        'ok globex: 1 mended (User -2 instead of 1)',
      ])
      expect(await said(url())).toEqual(['ok are what is there'])
      expect(await at.rows.memberCounts('Group', [group.id, other.id])).toEqual(
        new Map([
          [group.id, 22],
          [other.id, 1],
        ]),
      )
    } finally {
      await opened.close()
    }
  })

  test('edges of which one end is gone are told, and taken away', async () => {
    const opened = await openDatabase(databaseAddress(url()), { create: true, lock: false })
    try {
      const tenant = tenantNamed('umbrella')
      await opened.registry.addTenant(tenant)
      const at = new Scene(opened.tenant(tenant.id))
      const [one, two] = [await at.user('one'), await at.user('two')]
      const kept = await at.group('kept', one.id, two.id)
      await at.group('outer', kept.id)
      const gone = await at.group('gone', one.id, two.id)
      const edges = (...flags: string[]) => saidOf('memberships', url(), ...flags)
      expect(await edges()).toEqual(['ok have both their ends'])

      await run(`delete from resources where tenant = 'tenant-umbrella' and id = '${gone.id}'`)
      await run(`delete from resources where tenant = 'tenant-umbrella' and id = '${two.id}'`)
      expect(await edges()).toEqual([
        // One of them is without both.
        'problem umbrella: 2 memberships of 1 group gone, 2 memberships of 1 member gone',
      ])
      expect(await edges('--mend-edges')).toEqual([
        'ok umbrella: took away 2 memberships of 1 group gone, 1 membership of 1 member gone',
      ])
      expect(await edges()).toEqual(['ok have both their ends'])
      const ids = async (id: string, side: 'owner' | 'member') =>
        (await at.rows.edges({ id, side, after: null, limit: 9 })).map((edge) => edge.id)
      expect([await ids(kept.id, 'owner'), await ids(one.id, 'member')]).toEqual([
        [one.id],
        [kept.id],
      ])
      // What is kept of their number went with them.
      expect(await at.rows.memberCounts('Group', [kept.id])).toEqual(new Map([[kept.id, 1]]))
    } finally {
      await opened.close()
    }
  })
})
