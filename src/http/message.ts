/**
 * A request and its response, whatever brings the one and takes the other away.
 *
 * The handler is written against these, and not against `Request` and `Response`: making the Web's
 * objects for a request, and taking them apart again, costs more than answering it. `fetch.ts` makes
 * them of the Web's, `use/node.ts` of a socket's.
 *
 * @module
 */

import type { Text } from '../protocol/parts.ts'

export type { Text }

export interface HttpRequest {
  readonly method: string
  /** Path and query as URLs have them, dot segments resolved: `/scim/v2/Users?count=1`. */
  readonly target: string
  /** The values of a header in one line, by its name in lower case; `null` when it was not sent. */
  header(name: string): string | null
  /**
   * The whole body, or `undefined` as soon as it has more than `limit` bytes. Called once at most;
   * rejects when the body does not arrive.
   */
  body(limit: number): Promise<Uint8Array | undefined>
  /** Fires when nobody waits for the response any more. */
  readonly signal: AbortSignal
  /** Where the connection comes from, as far as that is known. */
  readonly address?: string | undefined
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /**
   * Text; or pieces of it that come with time: whoever sends them takes them to the end or calls
   * `return`.
   */
  readonly body?: Text | AsyncIterableIterator<Text>
  /** The bytes of a body that is one text, left here by whoever needed them first. */
  bytes?: Uint8Array
}

/** Whether a body comes with time. */
export const isComing = (body: HttpResponse['body']): body is AsyncIterableIterator<Text> =>
  typeof body === 'object' && Symbol.asyncIterator in body
