/**
 * The representation of a resource, as text (RFC 7643 §3, design §4).
 *
 * A stored body is already JSON in its final order, so an answer is put together from pieces of
 * text: `schemas`, `id`, the rest of the body, the edges as the database built them, `meta`. Nothing
 * is parsed unless a projection asks for it.
 *
 * @module
 */

import { instantText } from '../instant.ts'
import { quoted } from '../json.ts'
import { entityTag } from '../version.ts'

/** The pieces; the same as a store returns, without naming the store. */
export interface Pieces {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly created: number
  readonly modified: number
  /** Begins with `{"schemas":[…]`. */
  readonly body: string
  readonly edges: Readonly<Record<string, string>>
}

/** @param location The URI of the resource: `meta.location` and the `Location` header. */
export function represent(pieces: Pieces, location: string): string {
  return `${head(pieces)},"meta":${meta(pieces, location)}}`
}

/** The same where some edges come as streams: text, stream, text. */
export function representInParts<Stream>(
  pieces: Pieces,
  streams: Readonly<Record<string, Stream>>,
  location: string,
): (string | Stream)[] {
  const long = Object.entries(streams).flatMap(([attribute, stream]) => [
    `,${JSON.stringify(attribute)}:`,
    stream,
  ])
  return [head(pieces), ...long, `,"meta":${meta(pieces, location)}}`]
}

function head(pieces: Pieces): string {
  // No URN holds a bracket, so the first one closes `schemas`.
  const schemas = pieces.body.indexOf(']') + 1
  let text = `${pieces.body.slice(0, schemas)},"id":${quoted(pieces.id)}`
  text += pieces.body.slice(schemas, -1)
  for (const [attribute, values] of Object.entries(pieces.edges)) {
    if (values !== '[]') text += `,${JSON.stringify(attribute)}:${values}`
  }
  return text
}

// By hand: none of these texts needs escaping but the location, and every answer has one.
function meta(pieces: Pieces, location: string): string {
  const { type, created, modified, version } = pieces
  const since = instantText(created)
  const last = modified === created ? since : instantText(modified)
  return (
    `{"resourceType":"${type}","created":"${since}","lastModified":"${last}","location":${quoted(location)},` +
    `"version":${JSON.stringify(entityTag(version))}}`
  )
}
