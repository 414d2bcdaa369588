/**
 * Bringing a suspended account back, as a person decides it (design §6).
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import { userType } from '../../protocol/schema/core/types.ts'
import type { TenantSettings } from '../../store/registry.ts'
import type { Stored, TenantStore, WriteContext } from '../../store/store.ts'
import { recordLookups } from '../record.ts'

/**
 * Resolves to the account as it is now, or `undefined` when no such account is suspended.
 *
 * @throws {UniquenessConflict} somebody else has its userName by now
 */
export function restore(
  tenant: TenantStore,
  id: string,
  settings: TenantSettings,
  write: WriteContext,
): Promise<Stored | undefined> {
  const lookups = ({ body }: { readonly body: string }) =>
    recordLookups(JSON.parse(body) as JsonObject, userType, settings)
  return tenant.restore(id, lookups, write)
}
