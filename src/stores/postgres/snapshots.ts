/**
 * States of the database that are held open, for whoever reads long lists slowly.
 *
 * On a few connections of their own: a slow reader keeps its connection, and the server keeps every
 * row that was changed meanwhile. So one that is held too long is taken away from its reader.
 *
 * @module
 */

import { StoreUnavailable } from '../../store/store.ts'
import type { Snapshot } from '../sql/streams.ts'
import type { Pool } from './pool.ts'
import { readOn, Session, SNAPSHOT } from './session.ts'
import { translated } from './trouble.ts'

/** Milliseconds a snapshot may be held. */
export const LIFETIME = 60_000
/** For one tenant, at most. */
export const SHARE = 4

/** @param limits `until` is when to stop waiting for a connection, by `performance.now()`. */
export async function takeSnapshot(
  pool: Pool,
  { until, patience }: { readonly until: number; readonly patience: number },
): Promise<Snapshot> {
  const lifetime = { until: performance.now() + LIFETIME, patience }
  const session = await Session.take(pool, lifetime, until)
  const timer = setTimeout(() => session.drop(), LIFETIME)
  timer.unref()
  const end = async () => {
    clearTimeout(timer)
    session.release()
  }
  try {
    session.begin(SNAPSHOT)
    // The state is that of the first statement; and a connection that is gone shows here.
    await session.send([{ sql: 'select 1', values: [] }])
  } catch (error) {
    await end()
    throw error
  }
  return {
    isApart: true,
    end,
    async read(work) {
      if (session.isOver) throw new StoreUnavailable('the list was read too slowly')
      try {
        return await readOn(session, work())
      } catch (error) {
        throw translated(error)
      }
    },
  }
}
