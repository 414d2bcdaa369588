/**
 * The thread that takes the write-ahead log back into the file, on a connection of its own.
 *
 * @module
 */

import { parentPort, workerData } from 'node:worker_threads'
import { Connection } from './connection.ts'

/** It looks at no page twice. */
const connection = new Connection(workerData as string, { cache: 100 })

parentPort?.on('message', () => {
  try {
    // Passive: it waits for nobody, and nobody for it.
    connection.query('pragma wal_checkpoint(passive)')
  } catch {
    // Nothing is lost: what is in the log is safe there. A full disk is told by the next write.
  }
  parentPort?.postMessage('done')
})
