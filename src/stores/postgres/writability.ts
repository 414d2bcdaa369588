/**
 * Whether the server takes writes: a full disk answers every read.
 *
 * Nothing is written to find out, until a write was refused for a reason that lasts; from then on, until
 * the server has taken as much as any write may need. Each node knows of its own writes alone.
 *
 * @module
 */

import { StoreUnavailable, Unwritable } from '../../store/store.ts'
import type { Executor } from '../sql/tenant-store.ts'
import type { Work } from '../sql/work.ts'

/** Milliseconds from one look whether there is room again to the next: anybody may ask for it. */
const BETWEEN_LOOKS = 1_000

/** By SQLSTATE. */
const LASTING: Readonly<Record<string, string>> = {
  '53100': 'the disk is full',
  '58030': 'the disk fails',
}

/** As much as the longest resource takes, of what cannot be compressed; nothing stays of it. */
function* room(): Work<void> {
  const run = { values: [], want: 'run' } as const
  yield [
    {
      ...run,
      sql: `insert into secrets (name, value) select 'room', string_agg(md5(random()::text), '')
        from generate_series(1, 31250)`,
    },
    { ...run, sql: `delete from secrets where name = 'room'` },
  ]
}

function* ping(): Work<void> {
  yield [{ sql: 'select 1 from tenants limit 1', values: [], want: 'one' }]
}

export interface Watched extends Executor {
  /** @throws {Unwritable} while nothing can be written @throws {StoreUnavailable} */
  ready(): Promise<void>
}

export function watched(executor: Executor): Watched {
  let trouble: Unwritable | undefined
  let looked = 0
  let looking: Promise<void> | undefined

  const write: Executor['write'] = async (work) => {
    try {
      return await executor.write(work)
    } catch (error) {
      const { code } = (error instanceof StoreUnavailable ? (error.cause ?? {}) : {}) as {
        readonly code?: string
      }
      const reason = LASTING[code ?? '']
      if (reason !== undefined) trouble = new Unwritable(reason, { cause: error })
      throw error
    }
  }

  async function look(): Promise<void> {
    if (performance.now() - looked < BETWEEN_LOOKS) return
    try {
      await write(room)
      trouble = undefined
    } catch (error) {
      // Away altogether, it is not known to have room.
      if (!(error instanceof StoreUnavailable)) throw error
    } finally {
      looked = performance.now()
    }
  }

  return {
    ...executor,
    write,
    async ready() {
      await executor.read(ping)
      if (trouble === undefined) return
      looking ??= look().finally(() => {
        looking = undefined
      })
      await looking
      if (trouble !== undefined) throw trouble
    },
  }
}
