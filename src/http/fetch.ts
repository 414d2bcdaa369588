/**
 * The Web's `Request` and `Response` around the handler, for whatever speaks them.
 *
 * @module
 */

import { type Text, whole } from '../protocol/parts.ts'
import { type HttpRequest, type HttpResponse, isComing } from './message.ts'

/** What a server knows of a connection and a `Request` does not say. */
export interface RequestInfo {
  readonly address?: string
}

export function fromWeb(request: Request, { address }: RequestInfo): HttpRequest {
  const { pathname, search } = new URL(request.url)
  return {
    method: request.method,
    target: pathname + search,
    header: (name) => request.headers.get(name),
    body: (limit) => readBytes(request.body, limit),
    signal: request.signal,
    address,
  }
}

export function toWeb({ status, headers, body }: HttpResponse): Response {
  if (isComing(body)) return new Response(streamOf(body), { status, headers })
  return new Response(body === undefined ? null : whole(body), { status, headers })
}

/** Texts as bytes, each asked for when somebody wants it. */
export function streamOf(pieces: AsyncIterableIterator<Text>): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(utf8.encode(whole(value)))
      },
      async cancel() {
        await pieces.return?.()
      },
    },
    // Nothing is read before somebody wants it.
    { highWaterMark: 0 },
  )
}

async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body?.getReader()
  while (reader !== undefined) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > limit) {
      await reader.cancel()
      return undefined
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
