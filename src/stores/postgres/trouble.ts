/**
 * What an error of the driver or of the server means for the work it interrupted.
 *
 * `lost`: this connection is done for, and another one may do. `again`: the transaction is over
 * because of others, and may succeed now. `late`: it ran or waited for too long. `down`: the server
 * cannot do it at present. `fault`: it was asked something wrong, and will say so every time.
 *
 * @module
 */

import { QueryTimeout, StoreUnavailable, ValueTooLong } from '../../store/store.ts'

/** The server cannot be used for a reason that will not pass. */
export class UnfitServer extends Error {
  override readonly name = 'UnfitServer'
}

export type Trouble = 'lost' | 'again' | 'late' | 'down' | 'fault'

/** The server said nothing within the time it had. */
export class Silence extends Error {
  override readonly name = 'Silence'
  constructor() {
    super('the database does not answer')
  }
}

/** The connection ended, or was never made. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** All connections were busy until there was no time left. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection'
  constructor() {
    super('all connections to the database are busy')
  }
}

/** By SQLSTATE, or by its class, the first two characters. */
const BY_STATE: Readonly<Record<string, Trouble>> = {
  // serialization_failure, deadlock_detected
  '40001': 'again',
  '40P01': 'again',
  // query_canceled, which statement_timeout is as well; lock_not_available
  '57014': 'late',
  '55P03': 'late',
  // The server stops, has crashed, or does not take connections yet.
  '57P01': 'lost',
  '57P02': 'lost',
  '57P03': 'lost',
  // It ended a transaction that was idle, or the whole session.
  '25P03': 'lost',
  '25P04': 'lost',
  '57P05': 'lost',
  // It has become a standby: the one to write to is elsewhere.
  '25006': 'lost',
  // A plan from before somebody migrated; a prepared statement that is not there any more.
  '0A000': 'lost',
  '26000': 'lost',
  '08': 'lost',
  // too_many_connections; then all of disk, memory and input/output
  '53300': 'lost',
  '53': 'down',
  '58': 'down',
  // Who we are, and which database: a person has to mend that.
  '28': 'down',
  '3D': 'down',
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof Silence || error instanceof ConnectionLost) return 'lost'
  if (error instanceof NoConnection) return 'down'
  const state = (error as { readonly code?: unknown } | null)?.code
  if (typeof state !== 'string') return 'fault'
  return BY_STATE[state] ?? BY_STATE[state.slice(0, 2)] ?? 'fault'
}

/** Whether the same may succeed later: the database was late, busy, or not to be reached. */
export const isPassing = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof QueryTimeout || troubleOf(error) !== 'fault'

/** unique_violation: two wrote the same row at the same moment. */
export const isDuplicate = (error: unknown): boolean =>
  (error as { readonly code?: unknown } | null)?.code === '23505'

// program_limit_exceeded: of our limits, only the size of an index entry is below the server's.
const TOO_LONG = '54000'

/** What the caller is told: whatever may pass is {@link StoreUnavailable}. */
export function translated(error: unknown): unknown {
  if ((error as { readonly code?: unknown } | null)?.code === TOO_LONG) return new ValueTooLong()
  if (error instanceof StoreUnavailable || troubleOf(error) === 'fault') return error
  const { message } = error as Error
  return new StoreUnavailable(`the database is not available: ${message}`, { cause: error })
}
