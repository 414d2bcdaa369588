/** `active` as a shape and a word. It is not the same as suspended, so it never says that word. */

import { Status } from '../../parts/status.tsx'

export function Activeness({ isActive }: { readonly isActive: boolean }) {
  return isActive ? <Status tone="good">Active</Status> : <Status tone="none">Deactivated</Status>
}
