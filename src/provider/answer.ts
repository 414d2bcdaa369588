/**
 * What an operation answers, before HTTP: a status, JSON text, and the headers that SCIM gives
 * meaning to.
 *
 * @module
 */

import type { Text } from '../protocol/parts.ts'
import type { Projection } from '../protocol/resource/project.ts'
import { represent, representInParts } from '../protocol/resource/represent.ts'
import type { ResourceType } from '../protocol/schema/resource-type.ts'
import { entityTag } from '../protocol/version.ts'
import type { Stored } from '../store/store.ts'
import type { Provider } from './options.ts'
import { joined, type Pieces } from './pieces.ts'
import { locationOf } from './view.ts'

export interface Answer {
  readonly status: number
  /** JSON text; in parts where it is long, and in pieces where it is too long to be held at once. */
  readonly body?: Text | Pieces
  readonly etag?: string
  /** The URI of the resource that was answered (`Content-Location`). */
  readonly contentLocation?: string
  /** The URI of the resource that was made (`Location`). */
  readonly location?: string
  /** Somebody who was active is not any more. */
  readonly deactivates?: boolean
}

/** Answers with one resource. */
export function resourceAnswer(
  status: number,
  stored: Stored,
  type: ResourceType,
  projection: Projection,
  provider: Provider,
): Answer {
  const location = locationOf(provider, type, stored.id)
  return {
    status,
    body:
      stored.streams === undefined
        ? representation(stored, type, projection, provider)
        : joined(representInParts(stored, stored.streams, location)),
    etag: entityTag(stored.version),
    contentLocation: location,
    ...(status === 201 ? { location } : {}),
  }
}

/** A resource as JSON text, with what the projection leaves of it. */
export function representation(
  stored: Stored,
  type: ResourceType,
  projection: Projection,
  provider: Provider,
): string {
  const text = represent(stored, locationOf(provider, type, stored.id))
  if (projection.apply === undefined) return text
  return JSON.stringify(projection.apply(JSON.parse(text)))
}
