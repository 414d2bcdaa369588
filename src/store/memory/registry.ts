/**
 * Tenants, API keys and secrets in Maps.
 *
 * @module
 */

import {
  type ApiKey,
  type KeyUse,
  laterSettings,
  NameTaken,
  type Registry,
  type Tenant,
  type TenantSettings,
} from '../registry.ts'

export function memoryRegistry(): Registry {
  const tenants = new Map<string, Tenant>()
  const keys = new Map<string, ApiKey>()
  let epoch = 0
  const secrets = new Map<string, string>()

  return {
    async addTenant(tenant: Tenant) {
      for (const other of tenants.values()) {
        if (other.name === tenant.name) throw new NameTaken(`"${tenant.name}" is taken`)
      }
      if (tenants.has(tenant.id)) throw new Error(`tenant "${tenant.id}" is there already`)
      tenants.set(tenant.id, { ...tenant, settings: { ...laterSettings, ...tenant.settings } })
      epoch++
    },

    async tenants() {
      return [...tenants.values()]
    },

    async tenant(idOrName: string) {
      return tenants.get(idOrName) ?? [...tenants.values()].find(({ name }) => name === idOrName)
    },

    async changeSettings(id: string, settings: TenantSettings) {
      const tenant = tenants.get(id)
      if (tenant !== undefined) tenants.set(id, { ...tenant, settings })
      epoch++
    },

    async addKey(key: ApiKey) {
      if (!tenants.has(key.tenant)) throw new Error(`there is no tenant "${key.tenant}"`)
      for (const other of keys.values()) {
        if (other.id === key.id || other.hash === key.hash) {
          throw new Error(`key "${key.id}" is there already`)
        }
      }
      keys.set(key.id, key)
      epoch++
    },

    async keys(tenant?: string) {
      return [...keys.values()]
        .filter((key) => tenant === undefined || key.tenant === tenant)
        .reverse()
        .sort((left, right) => right.created - left.created)
    },

    async keyByHash(hash: string) {
      const key = [...keys.values()].find((candidate) => candidate.hash === hash)
      const tenant = key && tenants.get(key.tenant)
      return key && tenant && { key, tenant }
    },

    async revokeKey(id: string, at: number) {
      const key = keys.get(id)
      if (key === undefined || key.revoked !== null) return false
      keys.set(id, { ...key, revoked: at })
      epoch++
      return true
    },

    async expireKey(id: string, at: number) {
      const key = keys.get(id)
      if (key === undefined || key.revoked !== null) return false
      keys.set(id, { ...key, expires: Math.min(key.expires ?? at, at) })
      epoch++
      return true
    },

    async secret(name: string, make: () => string) {
      const value = secrets.get(name) ?? make()
      secrets.set(name, value)
      return value
    },

    async address() {
      return secrets.get('address')
    },

    async setAddress(url: string) {
      secrets.set('address', url)
    },

    async touchKey(id: string, use: KeyUse) {
      const key = keys.get(id)
      if (key !== undefined) keys.set(id, { ...key, lastUsed: use })
      epoch++
    },

    epoch: () => epoch,
  }
}
