/**
 * The keys of the console: what the frame listens for, and what `?` lists.
 *
 * @module
 */

/** After `g`. `null` leads out of the tenant, to My Stuff. */
export const GO_TO = {
  m: { page: null, label: 'My Stuff' },
  o: { page: 'overview', label: 'Overview' },
  u: { page: 'users', label: 'Users' },
  s: { page: 'suspended', label: 'Suspended' },
  g: { page: 'groups', label: 'Groups' },
  a: { page: 'activity', label: 'Activity' },
  c: { page: 'connect', label: 'Connect' },
  t: { page: 'try', label: 'Try it' },
  e: { page: 'settings', label: 'Settings' },
} as const

export type GoKey = keyof typeof GO_TO
