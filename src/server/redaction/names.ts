/**
 * What is called secret: attributes that are never returned (RFC 7643 §7), as the schemas name them.
 * And what stands in a secret's place.
 *
 * @module
 */

import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'

export const HIDDEN = '[redacted]'
export const NAMES = [userType, groupType].flatMap(secretNames)
/** A mention of one of them. */
export const MENTION = new RegExp(`(?<![a-z])(?:${NAMES.join('|')})(?![a-z])`, 'i')
/** One that is told: whatever follows may be it. */
export const TOLD = new RegExp(`(${MENTION.source})["'\\s]*[:=]\\s*(?!\\[redacted)\\S[^]*`, 'i')

/** As many secrets as are looked for in what was said, and how long each may be. */
export const MOST = { secrets: 50, characters: 1_000 }

/** What is left of a text, and the secrets that were in it. */
export interface Redacted {
  readonly text: string
  readonly secrets: readonly string[]
}

function secretNames({ schema, extensions }: ResourceType): string[] {
  return [schema, ...extensions.map((extension) => extension.schema)]
    .flatMap(({ attributes }) => attributes)
    .filter(({ returned }) => returned === 'never')
    .map(({ name }) => name.toLowerCase())
}
