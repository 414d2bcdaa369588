/** What became of the rules of a tenant, in the words in which the console asks for them. */

import type { TenantSettings } from '../../store/registry.ts'

const WORDS: Readonly<Record<keyof TenantSettings, string | Readonly<Record<string, string>>>> = {
  profile: { is: 'What is not in the RFC', tolerant: 'accepted', strict: 'refused' },
  recreate: { is: 'Created again', restore: 'the suspended account', new: 'a new account' },
  groupNames: { is: 'Names of groups', unique: 'must be unique', free: 'may be the same' },
  retention: 'Days that requests are kept',
  bodies: { is: 'Bodies kept', all: 'all', writes: 'of changes and failures', none: 'none' },
}

/** e.g. `Names of groups: may be the same, before: must be unique`; nothing for what stayed. */
export function changesInWords(before: TenantSettings, after: TenantSettings): string[] {
  const names = Object.keys(WORDS) as (keyof TenantSettings)[]
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => {
      const words = WORDS[name]
      if (typeof words === 'string') return `${words}: ${after[name]}, before: ${before[name]}`
      return `${words.is}: ${words[after[name]]}, before: ${words[before[name]]}`
    })
}
