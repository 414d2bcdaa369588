import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  expectCounts,
  expectSuspended,
  groupsOfTwo,
  suspendThree,
} from '../../../test/support/counts-before.ts'
import { expectIds, noteNames } from '../../../test/support/nameless-acts.ts'
import { administer, freshDatabase } from '../../../test/support/postgres.ts'
import { expectFound, suspendTwo } from '../../../test/support/suspended-before.ts'
import { refused, Scene } from '../../store/contract/arena.ts'
import { journalContract } from '../../store/contract/journal.ts'
import { FEW, journalWalks } from '../../store/contract/journal-walks.ts'
import { operatorsContract } from '../../store/contract/operators.ts'
import type { OpenedOperators } from '../../store/contract/people.ts'
import { type Opened, storeContract } from '../../store/contract.ts'
import { StoreUnavailable, ValueTooLong } from '../../store/store.ts'
import type { SearchLimits } from '../sql/journal-search.ts'
import { openPostgresJournal } from './journal.ts'
import { openPostgres, type PostgresOptions } from './open.ts'

async function open(options: Partial<PostgresOptions> = {}): Promise<Opened & OpenedOperators> {
  const { url, drop } = await freshDatabase()
  let store = await openPostgres({ ...options, url })
  const opened = () => ({
    store,
    registry: store.registry,
    operators: store.operators,
    close,
    reopen,
  })
  const close = async () => {
    await store.close()
    await drop()
  }
  const reopen = async () => {
    await store.close()
    store = await openPostgres({ ...options, url })
    return opened()
  }
  return opened()
}

describe('PostgreSQL', () => {
  storeContract({ open: () => open(), runs: 100 })
  operatorsContract(() => open())
  const openJournal = (limits?: SearchLimits) => async (now: () => number) => {
    const { url, drop } = await freshDatabase()
    await (await openPostgres({ url })).close()
    const journal = openPostgresJournal({ url, now, ...(limits && { limits }) })
    const close = async () => {
      await journal.close()
      await drop()
    }
    return { journal, close }
  }
  journalContract(openJournal())
  journalWalks(openJournal(FEW))

  test('refuses a value that its index does not take, and changes nothing', async () => {
    const { store, close } = await open()
    const at = new Scene(store.tenant('t'))
    // Random, because an index takes what it can compress.
    const long = randomBytes(6_000).toString('base64')
    const error = await refused(at, () => at.user(long))
    expect(error).toBeInstanceOf(ValueTooLong)
    await close()
  })

  test('is not ready from the moment a full disk refused a write until there is room', async () => {
    const { url, drop } = await freshDatabase()
    const store = await openPostgres({ url })
    const at = new Scene(store.tenant('t'))
    const state = () => store.ready().then(() => 'ready', String)
    await administer(
      { url },
      `create function refuse() returns trigger language plpgsql as
        $$begin raise exception using errcode = 'disk_full'; end$$`,
    )
    for (const table of ['resources', 'secrets']) {
      await administer(
        { url },
        `create trigger full_disk before insert on ${table} execute function refuse()`,
      )
    }
    // Nobody has written since, so nobody knows.
    expect(await state()).toBe('ready')
    expect(await refused(at, () => at.user('a'))).toBeInstanceOf(StoreUnavailable)
    const full = 'Unwritable: nothing can be written: the disk is full'
    expect([await state(), await state()]).toEqual([full, full])
    await administer({ url }, 'drop function refuse cascade')
    await expect.poll(state, { timeout: 5_000 }).toBe('ready')
    expect(await administer({ url }, 'select * from secrets')).toEqual([])
    await at.user('a')
    await store.close()
    await drop()
  })

  test('counts members that were there before they were counted', async () => {
    const { url, drop } = await freshDatabase()
    const before = await openPostgres({ url })
    const counts = await groupsOfTwo(before)
    await before.close()
    await administer({ url }, 'alter table resources drop column members')
    await administer({ url }, 'delete from migrations where number = 13')
    const after = await openPostgres({ url })
    await expectCounts(after, counts)
    await after.close()
    await drop()
  })

  test('counts who was suspended before they were counted', async () => {
    const { url, drop } = await freshDatabase()
    const before = await openPostgres({ url })
    await suspendThree(before)
    await before.close()
    await administer({ url }, "delete from tallies where type = ' suspended'")
    await administer({ url }, 'delete from migrations where number = 15')
    const after = await openPostgres({ url })
    await expectSuspended(after)
    await after.close()
    await drop()
  })

  test('names accounts in what people did by their ids, before and after a migration', async () => {
    const { url, drop } = await freshDatabase()
    const before = await openPostgres({ url })
    const subjects = await noteNames(before)
    await before.close()
    await administer({ url }, 'delete from migrations where number = 7')
    const after = await openPostgres({ url })
    await expectIds(after, subjects)
    await after.close()
    await drop()
  })

  test('finds who was suspended before it noted by what', async () => {
    const { url, drop } = await freshDatabase()
    const before = await openPostgres({ url })
    const ids = await suspendTwo(before)
    await before.close()
    await administer({ url }, 'drop table suspended_values')
    await administer({ url }, 'delete from migrations where number = 12')
    const after = await openPostgres({ url })
    await expectFound(after, ids)
    await after.close()
    await drop()
  })

  // So that everything that may scan does, on connections of its own.
  describe('where nothing is near', () => {
    storeContract({ open: () => open({ near: { entries: 2, looks: 2 } }), runs: 50 })
  })
})
