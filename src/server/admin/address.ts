/** Where a request came from. */

import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

// e.g. '::ffff:10.0.0.7' (IPv4 on a socket for both) -> '10.0.0.7'
export function addressOf(c: Context<{ Bindings: Partial<HttpBindings> }>): string | null {
  return c.env?.incoming?.socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, '') ?? null
}
