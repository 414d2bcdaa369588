/**
 * A primary and a standby that every commit waits for. The binaries of the tests have no
 * `pg_basebackup`, so the files are copied as its documentation tells to do by hand.
 *
 * @module
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { administer } from './postgres.ts'
import {
  type Binaries,
  copyData,
  initialise,
  type PostgresServer,
  start,
  writeData,
} from './postgres-server.ts'

export async function initialisedPrimary(binaries: Binaries): Promise<PostgresServer> {
  return await start(binaries, await initialise(binaries))
}

/** Starts a standby, and makes the primary wait for it. */
export async function addStandby(
  binaries: Binaries,
  primary: PostgresServer,
): Promise<PostgresServer> {
  const url = primary.url('postgres')
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`select pg_backup_start('standby', true)`)
  const data = await copyData(primary.data)
  const { rows } = await client.query('select labelfile from pg_backup_stop(false)')
  await client.end()
  writeData(`${data}/backup_label`, rows[0].labelfile)
  writeData(`${data}/standby.signal`, '')
  const standby = await start(binaries, data, {
    primary_conninfo: `host=127.0.0.1 port=${primary.port} user=rollcall`,
  })
  await administer({ url }, `alter system set synchronous_standby_names = '*'`)
  await administer({ url }, 'select pg_reload_conf()')
  for (let left = 200; left > 0; left--) {
    const [row] = await administer<{ sync_state: string }>({ url }, STATE)
    if (row?.sync_state === 'sync') return standby
    await sleep(50)
  }
  throw new Error('the standby does not follow')
}

const STATE = 'select sync_state from pg_stat_replication'
