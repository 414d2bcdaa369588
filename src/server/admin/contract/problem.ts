/** What goes wrong, and who may do what. */

/** RFC 9457, with a word for what the console does about it. */
export interface Problem {
  readonly status: number
  readonly detail: string
  /**
   * `confirm`: ask for the password again, then repeat. `wait`: see `Retry-After`. `signIn`: the
   * session is over. `field`: {@link Problem.field} is at fault. `done`: somebody else has done it.
   * `meanwhile`: it is not any more what the person looked at.
   */
  readonly code?:
    | 'confirm'
    | 'wait'
    | 'signIn'
    | 'field'
    | 'taken'
    | 'held'
    | 'gone'
    | 'done'
    | 'meanwhile'
  readonly field?: string
  /** When that happened which the sentence tells of. */
  readonly at?: number
}

export type Role = 'owner' | 'admin' | 'viewer'
