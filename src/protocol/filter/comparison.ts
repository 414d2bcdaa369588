/**
 * A comparison, once its attribute is known (RFC 7644 §3.4.2.2, Table 3): whether the operator and
 * the literal fit the attribute's type, and the literal in the form it is compared in.
 *
 * What cannot be answered is refused rather than answered with nothing: a filter that silently
 * matches no one makes a client create everyone a second time.
 *
 * @module
 */

import { invalidFilter } from '../errors.ts'
import { parseInstant } from '../instant.ts'
import type { Tolerance } from '../quirks.ts'
import type { Attribute } from '../schema/attribute.ts'
import { defaultSubAttribute } from '../schema/resource-type.ts'
import { fold } from '../text.ts'
import type { CompareNode, CompareOperator, Literal } from './ast.ts'
import type { BoundFilter, Target } from './bound.ts'
import { type Comparable, comparisonOf } from './compare.ts'
import { printPath } from './print.ts'
import { refuseSecret } from './target.ts'

/** Binds a comparison whose path means `target`. */
export function bindComparison(
  node: CompareNode,
  target: Target,
  tolerate: Tolerance,
): BoundFilter {
  if (node.value === null) return bindNull(node, target)
  const compared = comparedTarget(node, target, tolerate)
  const attribute = compared.sub ?? compared.attribute
  const comparison = comparisonOf(attribute)
  if (comparison === undefined) {
    throw invalidFilter(`"${printPath(node.path)}" is complex: name one of its sub-attributes`)
  }
  refuseOperator(node, attribute)
  const value = bindLiteral(node, attribute, tolerate)
  return { kind: 'compare', target: compared, operator: node.operator, comparison, value }
}

// null is the absence of a value (RFC 7643 §2.5), so there is nothing to add a default to.
function bindNull({ operator, path }: CompareNode, target: Target): BoundFilter {
  const present: BoundFilter = { kind: 'present', target }
  if (operator === 'eq') return { kind: 'not', filter: present }
  if (operator === 'ne') return present
  throw invalidFilter(`"${printPath(path)}" can be null or not, but not "${operator}" null`)
}

// A multi-valued complex attribute is compared by its default sub-attribute (RFC 7643 §2.4).
function comparedTarget(node: CompareNode, target: Target, tolerate: Tolerance): Target {
  const { attribute } = target
  if (attribute.type !== 'complex' || target.sub !== undefined) return target
  const sub = defaultSubAttribute(attribute)
  const path = printPath(node.path)
  if (sub === undefined) {
    throw invalidFilter(`"${path}" has no default "value": name one of its sub-attributes`)
  }
  if (!attribute.multiValued) {
    tolerate('reference-compared', () =>
      invalidFilter(`"${path}" is complex: name one of its sub-attributes`),
    )
  }
  refuseSecret(sub, node.path, invalidFilter)
  return { ...target, sub }
}

const ORDERING: readonly CompareOperator[] = ['gt', 'ge', 'lt', 'le']
const CONTAINING: readonly CompareOperator[] = ['co', 'sw', 'ew']

function refuseOperator({ operator, path }: CompareNode, attribute: Attribute): void {
  const { type } = attribute
  const ordered = type !== 'boolean' && type !== 'binary'
  const text = type === 'string' || type === 'reference' || type === 'binary'
  if ((ordered || !ORDERING.includes(operator)) && (text || !CONTAINING.includes(operator))) return
  throw invalidFilter(`"${printPath(path)}" is ${type}, which "${operator}" does not apply to`)
}

function bindLiteral(node: CompareNode, attribute: Attribute, tolerate: Tolerance): Comparable {
  const { value } = node
  const refusal = (expected: string) =>
    invalidFilter(`"${printPath(node.path)}" compares with ${expected}, not ${kindOf(value)}`)
  switch (attribute.type) {
    case 'boolean': {
      if (typeof value === 'boolean') return value
      const word = typeof value === 'string' ? value.toLowerCase() : ''
      if (word !== 'true' && word !== 'false') throw refusal('true or false')
      tolerate('quoted-boolean-in-filter', () => refusal('true or false, without quotes'))
      return word === 'true'
    }
    case 'integer':
    case 'decimal':
      if (typeof value === 'number') return value
      throw refusal('a number')
    case 'dateTime': {
      const instant = typeof value === 'string' ? parseInstant(value) : undefined
      if (instant !== undefined) return instant
      throw refusal('a dateTime in quotes, such as "2011-05-13T04:42:34Z"')
    }
    default:
      if (typeof value !== 'string') throw refusal('a string in quotes')
      return comparisonOf(attribute) === 'fold' ? fold(value) : value
  }
}

function kindOf(value: Literal): string {
  return typeof value === 'string' ? 'that string' : String(value)
}
