/**
 * Where resources are, and which edges a read needs.
 *
 * Locations are built from the configured base URL, never from a request: behind a proxy, or under a
 * forged `Host`, the request does not know.
 *
 * @module
 */

import type { Projection } from '../protocol/resource/project.ts'
import type { EdgeAttribute, ResourceType } from '../protocol/schema/resource-type.ts'
import type { EdgeView, View } from '../store/store.ts'
import type { Provider } from './options.ts'

/** The URI of a resource: `meta.location`. */
export function locationOf({ baseUrl }: Provider, type: ResourceType, id: string): string {
  return `${baseUrl}${type.endpoint}/${encodeURIComponent(id)}`
}

/** @param max Leave an edge attribute out when it has more values than this. */
export function viewOf(
  provider: Provider,
  type: ResourceType,
  projection: Projection,
  max?: number,
): View {
  const { refs } = provider
  const wanted = type.edges.filter(({ attribute }) => projection.edges.includes(attribute))
  return {
    edges: wanted.map((edge) => ({
      ...edgeView(edge, refs),
      ...(max === undefined ? {} : { max }),
    })),
  }
}

/** What a read of one resource needs: as {@link viewOf}, with members in pieces when they are many. */
export function readingView(provider: Provider, type: ResourceType, projection: Projection): View {
  const { views } = provider
  const view = views.get(projection) ?? madeForReading(provider, type, projection)
  views.set(projection, view)
  return view
}

function madeForReading(provider: Provider, type: ResourceType, projection: Projection): View {
  const view = viewOf(provider, type, projection)
  // What is to be projected is parsed, and so has to be there.
  if (projection.apply !== undefined) return view
  const streamAbove = provider.limits.wholeMembers
  return {
    edges: view.edges.map((edge) => (edge.side === 'owner' ? { ...edge, streamAbove } : edge)),
  }
}

export function edgeView(
  { attribute, side }: EdgeAttribute,
  refs: Readonly<Record<string, string>>,
): EdgeView {
  return { attribute, side, refs }
}
