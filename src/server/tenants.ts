/**
 * Tenants as the service makes them, and the one that is there from the first start.
 *
 * @module
 */

import {
  laterSettings,
  NameTaken,
  type Registry,
  type Tenant,
  type TenantSettings,
} from '../store/registry.ts'
import { randomText } from './random.ts'

/** What a command means when it names no tenant. */
export const DEFAULT_TENANT = 'default'

/** Tolerant, since clients are as they are; see store/registry.ts for what each one means. */
export const defaultSettings: TenantSettings = {
  profile: 'tolerant',
  recreate: 'restore',
  groupNames: 'unique',
  ...laterSettings,
}

/** Adds a tenant. Rejects with {@link NameTaken}. */
export async function createTenant(
  registry: Registry,
  name: string,
  settings: Partial<TenantSettings>,
  now: () => number,
): Promise<Tenant> {
  const tenant = {
    id: randomText(12),
    name,
    created: now(),
    settings: { ...defaultSettings, ...settings },
  }
  await registry.addTenant(tenant)
  return tenant
}

/** The default tenant, made when it is not there. Two that start at once end with the same one. */
export async function defaultTenant(registry: Registry, now: () => number): Promise<Tenant> {
  const known = await registry.tenant(DEFAULT_TENANT)
  if (known !== undefined) return known
  try {
    return await createTenant(registry, DEFAULT_TENANT, {}, now)
  } catch (error) {
    const other = error instanceof NameTaken ? await registry.tenant(DEFAULT_TENANT) : undefined
    if (other === undefined) throw error
    return other
  }
}

/** A tenant's name, for people: 1 to 64 letters, digits, `.`, `_` and `-`. */
export function tenantName(given: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(given)) {
    throw new Error(
      `"${given}" is not a tenant name: letters, digits, ".", "_" and "-", at most 64`,
    )
  }
  return given
}
