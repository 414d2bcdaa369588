/**
 * The journal in tables beside the others, for all nodes of a service; the store has made them.
 *
 * It has connections of its own, on which a commit does not wait for the disk: a crash of the server may
 * take the last requests with it, and nothing else.
 *
 * @module
 */

import type { Journal } from '../../store/journal.ts'
import { journal } from '../sql/journal.ts'
import type { SearchLimits } from '../sql/journal-search.ts'
import { tables } from '../sql/tables.ts'
import { executor, statementTimeout } from './executor.ts'
import { settings } from './open.ts'
import { Pool } from './pool.ts'
import { spelling } from './spelling.ts'

/** One appends, the others search. */
const CONNECTIONS = 3
const DEADLINE = 10_000
const CONNECTING = 5_000

export function openPostgresJournal(options: {
  readonly url: string
  readonly now: () => number
  readonly limits?: SearchLimits
}): Journal {
  const pool = new Pool(
    {
      url: options.url,
      patience: CONNECTING,
      settings: settings(statementTimeout(DEADLINE), true),
    },
    CONNECTIONS,
  )
  const pools = { work: pool, scan: pool, lists: pool }
  const deadlines = { work: DEADLINE, scan: DEADLINE }
  const runner = executor(pools, tables(spelling), deadlines, { entries: 0, looks: 0 })
  return {
    ...journal(spelling, runner, options),
    close: () => pool.close(),
  }
}
