/**
 * The service as a library: what `rollcall serve` is made of.
 *
 * @module
 */

export { type Config, serveSettings } from './server/config.ts'
export { createLog, type Log } from './server/log.ts'
export { type Running, startServer } from './server/serve.ts'
