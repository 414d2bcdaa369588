/**
 * Answers and errors as HTTP (RFC 7644 §3.1, §3.12). The one place that catches.
 *
 * What the protocol refused is told in its words. Anything else is a fault of ours: the client
 * learns nothing of it but the request id, under which the log has the rest.
 *
 * @module
 */

import { errorMessage, ScimError } from '../protocol/errors.ts'
import type { Answer } from '../provider/answer.ts'
import { refusalOf } from '../provider/failures.ts'
import type { HttpResponse } from './message.ts'

const MEDIA_TYPE = 'application/scim+json'

/** What every answer carries. */
export interface CommonHeaders {
  readonly 'X-Request-Id': string
  readonly 'Cache-Control': 'no-store'
  readonly 'X-Content-Type-Options': 'nosniff'
}

export function commonHeaders(requestId: string): CommonHeaders {
  return {
    'X-Request-Id': requestId,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}

/** @param accept The `Accept` header: a client that takes only `application/json` gets that name. */
export function respond(
  answer: Answer,
  accept: string | null,
  common: CommonHeaders,
): HttpResponse {
  const headers: Record<string, string> = { ...common }
  if (answer.body !== undefined) headers['Content-Type'] = mediaType(accept)
  if (answer.etag !== undefined) headers.ETag = answer.etag
  if (answer.location !== undefined) headers.Location = answer.location
  if (answer.contentLocation !== undefined) headers['Content-Location'] = answer.contentLocation
  return {
    status: answer.status,
    headers,
    ...(answer.body === undefined ? {} : { body: answer.body }),
  }
}

/** The answer to whatever was thrown, and the refusal it was, or is told as. */
export function respondError(
  thrown: unknown,
  accept: string | null,
  common: CommonHeaders,
): { readonly response: HttpResponse; readonly refusal: ScimError; readonly isFault: boolean } {
  const known = refusalOf(thrown)
  const refusal = known ?? new ScimError(500, undefined, 'The service failed to answer')
  const response = {
    status: refusal.status,
    headers: { ...refusal.headers, ...common, 'Content-Type': mediaType(accept) },
    body: JSON.stringify(errorMessage(refusal)),
  }
  return { response, refusal, isFault: known === undefined }
}

// Without a charset: JSON has none (RFC 8259 §11), and one suite compares the header exactly.
function mediaType(accept: string | null): string {
  if (accept === null) return MEDIA_TYPE
  const types = accept.toLowerCase()
  const takesScim = types.includes(MEDIA_TYPE) || types.includes('*/*')
  return !takesScim && types.includes('application/json') ? 'application/json' : MEDIA_TYPE
}
