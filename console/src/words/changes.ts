/** What can happen to a user or a group, each as a word and a state. */

import type { TimelineEntry } from '../../../src/server/admin/types.ts'
import type { Tone } from '../parts/status.tsx'

type Kind = TimelineEntry['kind']

export const KINDS: Readonly<Record<Kind, readonly [Tone, string]>> = {
  created: ['good', 'Created'],
  updated: ['note', 'Changed'],
  memberAdded: ['good', 'Added to a group'],
  memberRemoved: ['none', 'Taken out of a group'],
  suspended: ['warn', 'Suspended'],
  restored: ['good', 'Restored'],
  deleted: ['bad', 'Deleted'],
  erased: ['bad', 'Erased'],
}

/** What never happens to a group: deleted, it is gone. */
export const NEVER_OF_GROUPS: readonly Kind[] = ['suspended', 'restored', 'erased']

/** The same of a group, whose members come and go. */
export const GROUP_KINDS: typeof KINDS = {
  ...KINDS,
  memberAdded: ['good', 'Member added'],
  memberRemoved: ['none', 'Member removed'],
}
