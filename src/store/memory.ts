/**
 * The reference: a store in Maps, so plain that its answers can be taken for the contract's.
 *
 * It passes `storeContract()` like any other and is what the others are compared with. Searching
 * reads every resource of the type, and nothing outlives the process.
 *
 * @module
 */

import { memoryRegistry } from './memory/registry.ts'
import { MemoryTenant } from './memory/tenant.ts'
import type { Registry } from './registry.ts'
import type { Store } from './store.ts'

/** An empty store, with the registry of its tenants and keys. */
export function memoryStore(): Store & { readonly registry: Registry } {
  const tenants = new Map<string, MemoryTenant>()
  return {
    registry: memoryRegistry(),
    tenant(id: string) {
      const tenant = tenants.get(id) ?? new MemoryTenant()
      tenants.set(id, tenant)
      return tenant
    },
    async ready() {},
    async close() {},
  }
}
