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

/** @throws {ScimError} 413, 415, or 400 `invalidSyntax` */
export async function readJson(request: Request, limits: Limits): Promise<JsonValue> {
  requireJson(request.headers)
  const announced = Number(request.headers.get('Content-Length') ?? 0)
  if (announced > limits.body) throw tooLarge(limits.body)
  const bytes = await readBytes(request, limits.body)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw invalidSyntax('The body is not UTF-8')
  }
  return parseJson(text, limits.json)
}

function requireJson(headers: Headers): void {
  const encoding = headers.get('Content-Encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity') {
    throw new ScimError(415, undefined, 'Compressed bodies are not taken')
  }
  const [type = '', ...parameters] = (headers.get('Content-Type') ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase())
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8)
  const isJson = type === 'application/scim+json' || type === 'application/json'
  if (isJson && (charset === undefined || /^"?utf-?8"?$/.test(charset))) return
  throw new ScimError(415, undefined, 'The body is to be application/scim+json in UTF-8', {
    Accept: 'application/scim+json, application/json',
  })
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  while (reader !== undefined) {
    const { done, value } = await reader.read().catch(() => {
      // The client went away or was too slow; nobody reads this, but it is no fault of ours.
      throw new ScimError(408, undefined, 'The body did not arrive')
    })
    if (done) break
    length += value.byteLength
    if (length > limit) {
      await reader.cancel()
      throw tooLarge(limit)
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

function tooLarge(limit: number): ScimError {
  return new ScimError(413, undefined, `The body is larger than ${limit} bytes`, {
    Connection: 'close',
  })
}
