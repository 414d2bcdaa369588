/**
 * The stores the suites run on, each opened for one test and gone after it.
 *
 * @module
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '../../src/store/memory.ts'
import type { Registry } from '../../src/store/registry.ts'
import type { Store } from '../../src/store/store.ts'
import { openSqlite } from '../../src/stores/sqlite/open.ts'

export type StoreKind = 'memory' | 'sqlite'

export const STORES: readonly StoreKind[] = ['memory', 'sqlite']

export interface OpenStore {
  readonly store: Store
  readonly registry: Registry
  close(): Promise<void>
}

export async function openStore(kind: StoreKind): Promise<OpenStore> {
  if (kind === 'memory') {
    const store = memoryStore()
    return { store, registry: store.registry, close: () => store.close() }
  }
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
  const store = await openSqlite({ file: join(folder, 'rollcall.db') })
  return {
    store,
    registry: store.registry,
    close: async () => {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
