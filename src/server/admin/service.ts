/**
 * What the routes of the console are given of the service.
 *
 * @module
 */

import type { Provider } from '../../provider/options.ts'
import type { Operators } from '../../store/operators.ts'
import type { Registry } from '../../store/registry.ts'
import type { Rehearsal, Store } from '../../store/store.ts'
import type { JournalReader } from '../journal/recorder.ts'
import type { Log } from '../log.ts'
import type { OwnCalls } from '../own-calls.ts'
import type { PasswordHasher } from '../passwords.ts'
import type { RandomBytes } from '../random.ts'
import type { Oidc } from './oidc.ts'
import type { Pace } from './pace.ts'
import type { Rehearsals } from './rehearsals.ts'
import type { SignInLimits } from './sign-in-limits.ts'
import type { ActivityRow } from './types.ts'

export interface AdminDatabase extends Store {
  rehearsal(tenant: string): Rehearsal
  readonly registry: Registry
  readonly operators: Operators
}

export interface AdminService {
  readonly database: AdminDatabase
  readonly provider: Provider
  /** What clients are given, without a slash at its end: `https://id.example.com`. */
  readonly publicUrl: string
  /** The same from this machine. */
  readonly localUrl: string
  /** What a command about people wants here beside its own words. */
  readonly commandFlags: readonly string[]
  readonly passwords: PasswordHasher
  readonly limits: SignInLimits
  readonly keyTests: Pace
  readonly own: OwnCalls
  readonly rehearsals: Rehearsals
  readonly oidc?: Oidc | undefined
  readonly log: Log
  readonly now: () => number
  readonly random?: RandomBytes
  /** Ids that ascend in time. */
  readonly newId: () => string
  /** Calls over the wire; what a key is tried with. */
  readonly reach: typeof fetch
  /** What is kept of requests; absent where nothing is. */
  readonly journal?: JournalReader
  /** A few requests that an id is of, or that were about it. */
  readonly findRequests?: (tenant: string, id: string) => Promise<readonly ActivityRow[]>
}
