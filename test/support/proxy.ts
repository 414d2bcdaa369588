/**
 * What lies between a node and its database: a way that can be led elsewhere, cut, or made to swallow
 * what goes over it.
 *
 * @module
 */

import { connect, createServer, type Socket } from 'node:net'

export interface Way {
  readonly port: number
  /** From now on leads there; what is connected stays. */
  lead(port: number): void
  /** Ends every connection. */
  cut(): void
  /** A black hole: takes connections and whatever is sent, and passes nothing on, until told. */
  swallow(isHole: boolean): void
  /**
   * Ends the next connection over which something goes that `is` recognises, without passing that on.
   * Resolves once it happened.
   */
  lose(from: 'node' | 'database', is: (bytes: Buffer) => boolean): Promise<void>
  close(): Promise<void>
}

interface Trap {
  readonly from: 'node' | 'database'
  readonly is: (bytes: Buffer) => boolean
  readonly sprung: () => void
}

export async function proxyTo(port: number): Promise<Way> {
  let target = port
  let isHole = false
  let trap: Trap | undefined
  const pairs = new Set<{ readonly node: Socket; readonly database: Socket }>()

  const server = createServer((node) => {
    const database = connect(target, '127.0.0.1')
    const pair = { node, database }
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      node.destroy()
      database.destroy()
    }
    const pass = (from: 'node' | 'database', source: Socket, to: Socket) => {
      source.on('data', (bytes: Buffer) => {
        if (isHole) return
        if (trap?.from === from && trap.is(bytes)) {
          trap.sprung()
          trap = undefined
          end()
        } else if (!to.destroyed) to.write(bytes)
      })
      source.on('error', end)
      source.on('close', end)
    }
    pass('node', node, database)
    pass('database', database, node)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const { node, database } of pairs) {
      node.destroy()
      database.destroy()
    }
  }
  return {
    port: (server.address() as { readonly port: number }).port,
    lead(port) {
      target = port
    },
    cut,
    swallow(is) {
      isHole = is
    },
    lose: (from, is) =>
      new Promise((resolve) => {
        trap = { from, is, sprung: resolve }
      }),
    async close() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
