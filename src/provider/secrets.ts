/**
 * Values that are never returned (RFC 7643 §7 `returned`, §9.2): hashed before a store sees them.
 *
 * Hashing takes its time on purpose, so it happens before the transaction and not inside it.
 *
 * @module
 */

import type { BoundOperation } from '../protocol/patch/operation.ts'
import type { Provider } from './options.ts'

export async function hashSecrets(
  secrets: Readonly<Record<string, string>>,
  { hashSecret }: Provider,
): Promise<Record<string, string>> {
  const hashed: Record<string, string> = {}
  for (const [name, plain] of Object.entries(secrets)) hashed[name] = await hashSecret(plain)
  return hashed
}

/** The operations with every secret among their values hashed. */
export async function hashOperations(
  operations: readonly BoundOperation[],
  { hashSecret, limits }: Provider,
): Promise<BoundOperation[]> {
  const hashed: BoundOperation[] = []
  for (const operation of operations) {
    const { value, target } = operation
    const isSecret = target.attribute?.returned === 'never' && typeof value === 'string'
    if (!isSecret || value === '' || value.length > limits.value.maxString) hashed.push(operation)
    else hashed.push({ ...operation, value: await hashSecret(value) })
  }
  return hashed
}
