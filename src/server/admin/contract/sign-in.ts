/** Signing in. */

import type { Role } from './problem.ts'

/** `GET /sign-in`: what the sign-in page offers. */
export interface SignInWays {
  readonly password: true
  /** What its button says. */
  readonly oidc?: { readonly label: string }
  /** Nobody has signed up yet: the first start printed a link. */
  readonly isNew: boolean
  /** What a command about people wants here beside its own words; where the data lies is not told. */
  readonly flags: readonly string[]
}

/**
 * `/sign-in?error=…`: why a provider's sign-in came to nothing. A word, for which the page has a sentence:
 * whoever makes a link to it cannot put words into our mouth.
 */
export type SignInTrouble =
  | 'unknown-person'
  | 'unproved-email'
  | 'too-late'
  | 'not-let-in'
  | 'unreachable'
  | 'failed'

/** `POST /sign-in` → {@link SessionView} */
export interface SignInRequest {
  readonly email: string
  readonly password: string
}

/** `POST /sign-in/link`: what a one-time link is good for. Does not use it up. */
export interface LinkView {
  readonly purpose: 'first' | 'invite' | 'reset'
  /** `null` for the first owner, who says it. */
  readonly email: string | null
  /** Whether its person has signed in before: the password they had is no more. */
  readonly isBack: boolean
  readonly expires: number
}

/** `POST /sign-in/link/use` → {@link SessionView} */
export interface LinkUse {
  readonly token: string
  readonly password: string
  /** Of the first owner. */
  readonly email?: string
  readonly name?: string
}

/** `GET /session`, `POST /session/confirm` with `{ password }`, `POST /sign-out`. */
export interface SessionView {
  readonly operator: { readonly id: string; readonly email: string; readonly name: string }
  /** `owner` of every tenant that is or will be, who may make tenants. */
  readonly isRoot: boolean
  readonly tenants: readonly { readonly id: string; readonly name: string; readonly role: Role }[]
  readonly hasPassword: boolean
  /** The session ends then, whatever happens. */
  readonly expires: number
  /** When the password was last given. */
  readonly confirmedAt: number
  readonly version: string
}
