/**
 * What a store could not do, in SCIM's words (RFC 7644 §3.12).
 *
 * An unknown member and somebody else's are told apart by nothing, or the answer would say which
 * ids other tenants have.
 *
 * @module
 */

import { invalidValue, noTarget, ScimError } from '../protocol/errors.ts'
import {
  MemberCycle,
  MissingMember,
  NoMemberMatched,
  QueryTimeout,
  StoreBusy,
  StoreUnavailable,
  UniquenessConflict,
  ValueTooLong,
} from '../store/store.ts'

/** The refusal behind an error, or `undefined` when it is a fault of ours. */
export function refusalOf(error: unknown): ScimError | undefined {
  if (error instanceof ScimError) return error
  if (error instanceof UniquenessConflict) {
    return new ScimError(409, 'uniqueness', `"${error.attribute}" is taken by another resource`)
  }
  if (error instanceof MissingMember) {
    return invalidValue(`"members" names ${JSON.stringify(error.id)}, which is not here`)
  }
  if (error instanceof MemberCycle) {
    return invalidValue(`${JSON.stringify(error.id)} would make the group a member of itself`)
  }
  if (error instanceof ValueTooLong) {
    return invalidValue('A value that filters find fast is longer than this database can index')
  }
  if (error instanceof NoMemberMatched) return noTarget('The path matches no member')
  if (error instanceof QueryTimeout) {
    return new ScimError(400, 'tooMany', 'The search took too long; narrow its filter')
  }
  if (error instanceof StoreBusy) {
    const detail = `Try again in a moment: ${error.message}`
    return new ScimError(503, undefined, detail, { 'Retry-After': '2' })
  }
  if (error instanceof StoreUnavailable) {
    return new ScimError(503, undefined, 'The database is not available', { 'Retry-After': '2' })
  }
  // A store that stops for a client that has gone (StoreQuery.signal); nobody reads this.
  if (error instanceof Error && error.name === 'AbortError') {
    return new ScimError(408, undefined, 'The client has gone')
  }
  return undefined
}
