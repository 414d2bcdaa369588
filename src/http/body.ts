/**
 * The body of a request as JSON (RFC 7644 §3.1, §8.1).
 *
 * Bytes are counted while they come in: the length a client announces is a hint, and a chunked body
 * has none. Compressed bodies are refused, because a small one can unpack to any size.
 *
 * @module
 */

import { invalidSyntax, ScimError } from '../protocol/errors.ts'
import type { JsonValue } from '../protocol/json.ts'
import { parseJson } from '../protocol/json-text.ts'
import type { Limits } from '../provider/options.ts'
import type { HttpRequest } from './message.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * @param hear Told the text as it came, before anything is made of it.
 * @throws {ScimError} 413, 415, or 400 `invalidSyntax`
 */
export async function readJson(
  request: HttpRequest,
  limits: Limits,
  hear: (text: string) => void = () => undefined,
): Promise<JsonValue> {
  requireJson(request)
  const announced = Number(request.header('content-length') ?? 0)
  if (announced > limits.body) throw tooLarge(limits.body)
  const bytes = await request.body(limits.body).catch(() => {
    // The client went away or was too slow; nobody reads this, but it is no fault of ours.
    throw new ScimError(408, undefined, 'The body did not arrive')
  })
  if (bytes === undefined) throw tooLarge(limits.body)
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw invalidSyntax('The body is not UTF-8')
  }
  hear(text)
  return parseJson(text, limits.json)
}

function requireJson(request: HttpRequest): void {
  const encoding = request.header('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw new ScimError(415, undefined, 'Compressed bodies are not taken')
  }
  const [type = '', ...parameters] = (request.header('content-type') ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase())
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8)
  const isJson = type === 'application/scim+json' || type === 'application/json'
  if (isJson && (charset === undefined || /^"?utf-?8"?$/.test(charset))) return
  throw new ScimError(415, undefined, 'The body is to be application/scim+json in UTF-8', {
    Accept: 'application/scim+json, application/json',
  })
}

function tooLarge(limit: number): ScimError {
  return new ScimError(413, undefined, `The body is larger than ${limit} bytes`, {
    Connection: 'close',
  })
}
