/**
 * What real clients send that the RFC does not allow, each under a name.
 *
 * The rule of the house: where the engine accepts more than the RFC, it says so by calling
 * {@link Tolerance} with an entry of this table. The tolerant profile notes the use and goes on;
 * the strict profile refuses.
 *
 * @module
 */

import type { ScimError } from './errors.ts'

export interface Quirk {
  /** Who sends it. */
  readonly who: string
  /** What is sent, and what it is taken for. */
  readonly what: string
  /** Where it was seen: documentation, or an issue as owner/name#number. */
  readonly source: string
  /** The conversation under `idp/` that shows it. */
  readonly recording: string
}

/**
 * Asks leave for a quirk. Returns when the profile takes it, and throws what `refusal` makes when
 * the profile is strict.
 */
export type Tolerance = (quirk: QuirkName, refusal: () => ScimError) => void

/** Takes every quirk and says which were used. */
export function tolerant(used: Set<QuirkName> = new Set()): Tolerance {
  return (quirk) => {
    used.add(quirk)
  }
}

/** Takes none. */
export const strict: Tolerance = (_, refusal) => {
  throw refusal()
}

export type QuirkName = keyof typeof quirks

export const quirks = {
  'op-capitalised': {
    who: 'Entra ID',
    what: 'PATCH "op" in any letter case (`Add`, `Replace`, `Remove`).',
    source: 'MicrosoftDocs/entra-docs application-provisioning-config-problem-scim-compatibility',
    recording: 'entra-legacy-patch.json',
  },
} as const satisfies Record<string, Quirk>
