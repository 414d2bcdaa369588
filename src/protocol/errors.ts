/**
 * The one error of the protocol (RFC 7644 §3.12).
 *
 * Anything that refuses a request throws a {@link ScimError}, at any depth; `http/respond.ts` alone
 * catches it. Whatever else is thrown is a fault of ours and becomes a bare 500.
 *
 * @module
 */

/** The detail error keywords of RFC 7644 Table 9, with those RFC 9865 §2.1 adds. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'

/** Response headers an error brings along, such as `WWW-Authenticate` or `Retry-After`. */
export type ErrorHeaders = Readonly<Record<string, string>>

/** A refusal with its HTTP status and, where the RFC names one, its `scimType`. */
export class ScimError extends Error {
  override readonly name = 'ScimError'
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly headers: ErrorHeaders

  constructor(
    status: number,
    scimType: ScimType | undefined,
    detail: string,
    headers: ErrorHeaders = {},
  ) {
    super(detail)
    this.status = status
    this.scimType = scimType
    this.headers = headers
  }
}

/** The wire form of an error; `status` is a string there (RFC 7644 §3.12). */
export interface ErrorMessage {
  readonly schemas: readonly ['urn:ietf:params:scim:api:messages:2.0:Error']
  readonly status: string
  readonly scimType?: ScimType
  readonly detail: string
}

/** `ScimError` → the JSON body of RFC 7644 §3.12. */
export function errorMessage(error: ScimError): ErrorMessage {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: error.message,
  }
}

/** 400 `invalidSyntax`: the body is not the JSON message the endpoint expects. */
export const invalidSyntax = (detail: string) => new ScimError(400, 'invalidSyntax', detail)

/** 400 `invalidValue`: a value is missing, or does not fit its attribute or operation. */
export const invalidValue = (detail: string) => new ScimError(400, 'invalidValue', detail)

/** 400 `invalidPath`: a PATCH path is malformed or names no attribute. */
export const invalidPath = (detail: string) => new ScimError(400, 'invalidPath', detail)

/** 400 `invalidFilter`: a filter is malformed or asks what its attribute cannot answer. */
export const invalidFilter = (detail: string) => new ScimError(400, 'invalidFilter', detail)

/** 400 `noTarget`: a PATCH path yields nothing to operate on. */
export const noTarget = (detail: string) => new ScimError(400, 'noTarget', detail)

/** 400 `mutability`: the change is not compatible with the attribute's mutability. */
export const mutability = (detail: string) => new ScimError(400, 'mutability', detail)
