/**
 * The value a filter describes, for a path such as `emails[type eq "work"].value` that matches
 * nothing: clients expect `add`, and often `replace`, to create it (clients' quirk
 * `create-on-missing-value`).
 *
 * RFC 7644 §3.5.2.3 has `replace` fail there with `noTarget`, and suites test that with types nobody
 * knows. Both are met: `replace` creates only for `primary eq true` or a `type` the schema suggests,
 * and only when a sub-attribute follows.
 *
 * @module
 */

import { noTarget, type ScimError } from '../errors.ts'
import type { CompareNode, Filter } from '../filter/ast.ts'
import type { JsonValue } from '../json.ts'
import type { Body } from '../resource/body.ts'
import { acceptSingle } from '../resource/value.ts'
import { type Attribute, subAttribute } from '../schema/attribute.ts'
import type { BoundOperation } from './operation.ts'
import type { PatchContext } from './slot.ts'

/** @throws {ScimError} 400 `noTarget` when the operation may not create, or the filter is no value */
export function createSelected(
  attribute: Attribute,
  operation: BoundOperation,
  context: PatchContext,
): Body {
  const refusal = () => noTarget(`"${operation.path}" matches no value`)
  const terms = conjunction(operation.selector, refusal)
  if (operation.op === 'replace') requireExpected(attribute, operation, terms, refusal)
  context.tolerate('create-on-missing-value', refusal)
  const described: Record<string, JsonValue> = {}
  for (const { path, value } of terms) described[path.attribute] = value
  return acceptSingle(attribute, described, context, operation.path) as Body
}

function conjunction(filter: Filter | undefined, refusal: () => ScimError): CompareNode[] {
  if (filter?.kind === 'compare' && filter.operator === 'eq' && filter.value !== null) {
    return [filter]
  }
  if (filter?.kind === 'and') return filter.filters.flatMap((part) => conjunction(part, refusal))
  throw refusal()
}

function requireExpected(
  attribute: Attribute,
  { target }: BoundOperation,
  terms: readonly CompareNode[],
  refusal: () => ScimError,
): void {
  const [term] = terms
  if (terms.length !== 1 || term === undefined || target.sub === undefined) throw refusal()
  const name = term.path.attribute.toLowerCase()
  const value = String(term.value).toLowerCase()
  const types = subAttribute(attribute, 'type')?.canonicalValues ?? []
  const known = types.some((type) => type.toLowerCase() === value)
  if (!(name === 'type' && known) && !(name === 'primary' && value === 'true')) throw refusal()
}
