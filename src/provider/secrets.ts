/**
 * Values that are never returned (RFC 7643 §7 `returned`, §9.2): hashed before a store sees them.
 *
 * Hashing takes its time on purpose, so it happens before the transaction and not inside it.
 *
 * @module
 */

import { invalidValue } from '../protocol/errors.ts'
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

/**
 * The operations with every secret among their values hashed. Of several on one secret only the last
 * counts, and only that one is hashed: a thousand passwords in one message cost one hash.
 *
 * @throws {ScimError} 400 `invalidValue` for what is no text, or too long to be hashed
 */
export async function hashOperations(
  operations: readonly BoundOperation[],
  { hashSecret, limits }: Provider,
): Promise<BoundOperation[]> {
  const hashed: BoundOperation[] = []
  const settled = new Set<unknown>()
  for (const operation of operations.toReversed()) {
    const { attribute } = operation.target
    if (attribute?.returned !== 'never') {
      hashed.push(operation)
      continue
    }
    const plain = plainText(operation, limits.value.maxString)
    if (settled.has(attribute)) continue
    settled.add(attribute)
    hashed.push(plain === null ? operation : { ...operation, value: await hashSecret(plain) })
  }
  return hashed.reverse()
}

function plainText({ op, path, value }: BoundOperation, maxLength: number): string | null {
  if (op === 'remove' || value === null) return null
  if (typeof value === 'string' && value !== '' && value.length <= maxLength) return value
  throw invalidValue(`"${path}" is to be a string of 1 to ${maxLength} characters`)
}
