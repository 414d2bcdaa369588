/**
 * The journal on a SQLite file of its own, so that nothing it does waits for a change of the directory
 * or holds one up. It answers in the thread it is called in, which is not the one that serves.
 *
 * Commits do not wait for the disk: a power cut may take the last requests with it, and damages nothing.
 *
 * @module
 */

import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import type { Journal } from '../../store/journal.ts'
import { journal } from '../sql/journal.ts'
import { takingPlaces } from '../sql/journal-place.ts'
import type { SearchLimits } from '../sql/journal-search.ts'
import { migrationsIn } from '../sql/migrations.ts'
import { Connection } from './connection.ts'
import { journalAside, lastPlace } from './journal-aside.ts'
import { migrate } from './migrate.ts'
import { spelling } from './spelling.ts'

/**
 * Bytes of a page of a file that is made new. A page holds several requests with their answers, where one
 * of the usual size would hold one and be empty for a third.
 */
const PAGE = 16_384

/**
 * Pages of the log from which on it is taken back when there is time, and at once. To do it means to wait for
 * the disk, with all that lies aside and was not written yet: seconds, in which a storm goes on.
 */
const LOG = { calm: 2_500, most: 20_000 }

const migrations = () => migrationsIn(new URL('./journal-migrations/', import.meta.url))

export interface SqliteJournalOptions {
  readonly file: string
  /** Only searches: the file is there already, and another thread writes. */
  readonly readonly?: boolean
  readonly now: () => number
  readonly limits?: SearchLimits
}

/** @throws {StoreUnavailable} @throws {SchemaMismatch} */
export function openSqliteJournal({
  file,
  readonly = false,
  now,
  limits,
}: SqliteJournalOptions): Journal {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  if (!readonly) {
    // Apart, because a connection reads what it is to believe of the data when it opens.
    const setup = new Connection(file, { page: PAGE })
    migrate(setup, migrations(), () => undefined)
    setup.close()
  }
  // A page that is written by each of many commits goes into the file once.
  const connection = new Connection(file, { readonly, log: LOG.most })
  const logged = () => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  connection.exec('pragma synchronous = normal')
  const take = takingPlaces(now, lastPlace(connection))
  const write = <T>(work: () => T): T => {
    connection.exec('begin immediate')
    try {
      const value = work()
      connection.exec('commit')
      return value
    } catch (error) {
      if (connection.inTransaction) connection.exec('rollback')
      throw error
    }
  }
  const aside = readonly ? undefined : opened(connection, `${file}-aside`, write, take)
  return {
    ...journal(
      spelling,
      {
        read: async (work) => connection.read(work()),
        // Between two of them others have a turn: what is forgotten goes in many steps.
        write: async (work) => {
          const value = write(() => connection.perform(work()))
          await turn()
          return value
        },
      },
      { now, take, hasParcels: true, ...(limits && { limits }) },
    ),
    ...(aside && { aside }),
    async rest() {
      if (logged() > LOG.calm * PAGE) connection.query('pragma wal_checkpoint(passive)')
    },
    async close() {
      aside?.close()
      connection.close()
    },
  }
}

/** Where the journal of a database lies: `rollcall.db` → `rollcall.requests.db`. */
export function journalFile(database: string): string {
  return database.replace(/(\.[^./\\]*)?$/, (ending) => `.requests${ending || '.db'}`)
}

function opened(connection: Connection, ...rest: Rest): ReturnType<typeof journalAside> {
  try {
    return journalAside(connection, ...rest)
  } catch (error) {
    connection.close()
    throw error
  }
}

type Rest = Parameters<typeof journalAside> extends [unknown, ...infer Rest] ? Rest : never
