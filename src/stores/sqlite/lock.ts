/**
 * One server for one file.
 *
 * SQLite itself would let two servers share a file. They would not share what each has in memory, so
 * the second is refused. The lock is one of the operating system's, on a file beside the database:
 * it goes when its process goes, however that ends. Tools that come and go do not take it.
 *
 * @module
 */

import { closeSync, existsSync, openSync } from 'node:fs'
import { StoreUnavailable } from '../../store/store.ts'
import { Connection, isLocked } from './connection.ts'

/** Takes the lock, and returns what gives it back. Throws {@link StoreUnavailable} at once. */
export function lock(file: string): () => void {
  const path = `${file}.lock`
  // Never opened when it is there: closing it would give up the locks that this process has on it.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  let beside: Connection | undefined
  try {
    beside = new Connection(path, { wait: 0, journal: false })
    beside.exec('begin exclusive')
  } catch (error) {
    beside?.close()
    if (!isLocked(error)) throw error
    throw new StoreUnavailable(`another server is running on ${file}`, { cause: error })
  }
  const held = beside
  return () => held.close()
}
