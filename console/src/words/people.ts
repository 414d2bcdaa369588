/** Who did something, by a name if there is one. */

import type { Actor } from '../../../src/server/admin/types.ts'

export function actorInWords({ kind, name, id }: Actor): string {
  if (name !== null) return name
  if (kind === 'key') return 'a key that is gone'
  if (kind === 'operator') return 'somebody who is no longer an operator'
  if (kind === 'cli') return 'the command line'
  return id || 'somebody unknown'
}
