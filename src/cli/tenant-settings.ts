/** The flags of a tenant's settings; store/registry.ts says what each means. */

import { oneOf, optional, type Settings, text } from '../server/settings.ts'
import type { TenantSettings } from '../store/registry.ts'

export const tenantFlags = {
  profile: {
    flag: 'profile',
    argument: 'PROFILE',
    help: 'tolerant takes the quirks of real clients, strict refuses them',
    value: optional(oneOf(['tolerant', 'strict'])),
  },
  recreate: {
    flag: 'recreate',
    argument: 'HOW',
    help: 'a POST that names a suspended account: restore it, or begin a new one',
    value: optional(oneOf(['restore', 'new'])),
  },
  groupNames: {
    flag: 'group-names',
    argument: 'RULE',
    help: 'whether the displayName of a group is unique or free',
    value: optional(oneOf(['unique', 'free'])),
  },
  retention: {
    flag: 'retention',
    argument: 'DAYS',
    help: 'how many days requests are kept, 0 to 365',
    value: optional(text(days)),
  },
  bodies: {
    flag: 'bodies',
    argument: 'WHICH',
    help: 'whose bodies are kept with them: all, writes or none',
    value: optional(oneOf(['all', 'writes', 'none'])),
  },
} as const satisfies Settings

/** Those that were given; an absent one must not overwrite. */
export function givenSettings(
  values: {
    readonly [K in keyof TenantSettings]: TenantSettings[K] | undefined
  },
): Partial<TenantSettings> {
  const { profile, recreate, groupNames, retention, bodies } = values
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(recreate === undefined ? {} : { recreate }),
    ...(groupNames === undefined ? {} : { groupNames }),
    ...(retention === undefined ? {} : { retention }),
    ...(bodies === undefined ? {} : { bodies }),
  }
}

function days(given: string): number {
  if (!/^\d{1,3}$/.test(given) || Number(given) > 365) {
    throw new Error(`"${given}" is not a number of days, 0 to 365`)
  }
  return Number(given)
}
