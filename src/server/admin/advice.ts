/**
 * What a refusal means to whoever runs an identity provider, and what to do next.
 *
 * The first rule that fits is taken, so the special ones stand first; the last of each status fits
 * whatever has it. docs/errors.md says the same, and `test/console/advice.txt` which rule each refusal
 * in the sources has.
 *
 * @module
 */

import { badRequest } from './advice/bad-request.ts'
import { otherStatuses } from './advice/other-statuses.ts'
import type { Refused, Rule } from './advice/rule.ts'
import type { AdviceView } from './types.ts'

export const rules: readonly Rule[] = [...badRequest, ...otherStatuses]

/** The first rule that fits. */
export function ruleFor(one: Refused): Rule | undefined {
  return rules.find(({ status, fits }) => status === one.status && fits(one))
}

/** The advice for a refusal, with the sentence of its answer; `null` for what is none, or has none. */
export function adviceFor(one: Refused): AdviceView | null {
  const rule = ruleFor(one)
  return rule === undefined ? null : { cause: rule.cause, says: one.detail, next: rule.next }
}

/** All of it as a page: docs/errors.md. */
export function adviceDocument(): string {
  const lines = rules.map(
    ({ status, when, cause, next }) => `| ${status} | ${when ?? ''} | ${cause} | ${next} |`,
  )
  return [
    '# What a refusal means, and what to do next',
    '',
    'Made from `src/server/admin/advice.ts`; the console shows the same beside each request that was refused.',
    '',
    '| status | when | cause | next step |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n')
}
