/**
 * The bytes of an answer, made once: to count them, to send them and to keep them is the same work, and of
 * a text with a character beyond Latin-1 it is a fortieth of what answering takes.
 *
 * @module
 */

import type { HttpResponse } from '../http/message.ts'

/** Of a body that is one text. */
export function bytesOf(response: HttpResponse, body: string): Buffer {
  const bytes = response.bytes instanceof Buffer ? response.bytes : Buffer.from(body)
  response.bytes = bytes
  return bytes
}
