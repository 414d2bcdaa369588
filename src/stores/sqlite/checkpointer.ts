/**
 * Takes the write-ahead log back into the file from a thread of its own, so that nobody who is served
 * waits for that: each new user lies on a dozen pages, and to bring those home cost the thread that
 * serves a fifth of its time.
 *
 * It never gets to the end of the log while others write, and only from its end can the log begin
 * again. What is left of a log of {@link LOG} pages the writer takes back itself (`wal_autocheckpoint`),
 * which is little.
 *
 * @module
 */

import { Worker } from 'node:worker_threads'

/** Pages the log may have before the writer sees to it: 32 MB. */
export const LOG = 8_192
/** Rows changed from one time to the next; each may lie on a page of its own. */
const ROWS = 2_000

export class Checkpointer {
  readonly #file: string
  readonly #rows: number
  #worker: Worker | undefined
  #isBusy = false
  #changed = 0

  constructor(file: string, rows = ROWS) {
    this.#file = file
    this.#rows = rows
  }

  /** To be told how many rows each commit changed. */
  committed(rows: number): void {
    this.#changed += rows
    if (this.#isBusy || this.#changed < this.#rows) return
    this.#changed = 0
    this.#isBusy = true
    this.#worker ??= this.#start()
    this.#worker.postMessage('checkpoint')
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const worker = new Worker(new URL(`./checkpoint-worker.${extension}`, import.meta.url), {
      workerData: this.#file,
    })
    worker.unref()
    worker.on('message', () => {
      this.#isBusy = false
    })
    // The writer does it then, and the next time another thread may.
    const gone = () => {
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#isBusy = false
    }
    worker.on('error', gone)
    worker.on('exit', gone)
    return worker
  }
}
