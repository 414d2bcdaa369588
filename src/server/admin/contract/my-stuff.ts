/** My Stuff: what is about whoever is signed in. */

import type { SessionView } from './sign-in.ts'

/** `GET /me/sessions`; `DELETE /me/sessions/:id`; `DELETE /me/sessions` ends all others. */
export interface SessionRow {
  readonly id: string
  readonly isCurrent: boolean
  readonly created: number
  readonly lastSeen: number
  readonly address: string | null
  readonly agent: string | null
}

/** `PATCH /me` → {@link SessionView} */
export interface ProfileChange {
  readonly name: string
}

/** `POST /me/password`; ends all other sessions. */
export interface PasswordChange {
  readonly current: string
  readonly next: string
}
