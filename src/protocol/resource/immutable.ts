/**
 * Immutable attributes when a resource is replaced (RFC 7644 §3.5.1): once set, they stay. The
 * client may leave them out, which keeps them, or repeat them; anything else is 400 `mutability`.
 *
 * @module
 */

import { mutability } from '../errors.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import { arrange, type Body } from './body.ts'

/** The new body, with the immutable values of the current one. */
export function keepImmutable(current: JsonObject, next: JsonObject, type: ResourceType): Body {
  const kept: Body = { ...next }
  for (const attribute of type.attributes) {
    if (attribute.mutability === 'immutable') keep(attribute.name, current, kept, attribute.name)
  }
  for (const { schema } of type.extensions) {
    const before = (current[schema.id] ?? {}) as JsonObject
    const after: Body = { ...(kept[schema.id] as JsonObject | undefined) }
    for (const { name, mutability: rule } of schema.attributes) {
      if (rule === 'immutable') keep(name, before, after, `${schema.id}:${name}`)
    }
    kept[schema.id] = after
  }
  return arrange(kept, type)
}

function keep(name: string, before: JsonObject, after: Body, path: string): void {
  const old: JsonValue | undefined = before[name]
  if (old === undefined) return
  const now = after[name]
  if (now !== undefined && JSON.stringify(now) !== JSON.stringify(old)) {
    throw mutability(`"${path}" is immutable and already has another value`)
  }
  after[name] = old
}
