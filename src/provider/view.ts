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

/** What a projection reads of the edges; most searches and reads have the same one. */
export function viewOf(provider: Provider, type: ResourceType, projection: Projection): View {
  return remembered(provider.views.listing, projection, () => made(provider, type, projection))
}

/** As {@link viewOf}, with an edge attribute left out when it has more than `max` values. */
export function boundedView(
  provider: Provider,
  type: ResourceType,
  projection: Projection,
  max: number,
): View {
  const { edges } = viewOf(provider, type, projection)
  return { edges: edges.map((edge) => ({ ...edge, max })) }
}

/** What a read of one resource needs: as {@link viewOf}, with members in pieces when they are many. */
export function readingView(provider: Provider, type: ResourceType, projection: Projection): View {
  return remembered(provider.views.reading, projection, () => {
    const view = viewOf(provider, type, projection)
    // What is to be projected is parsed, and so has to be there.
    if (projection.apply !== undefined) return view
    const streamAbove = provider.limits.wholeMembers
    return {
      edges: view.edges.map((edge) => (edge.side === 'owner' ? { ...edge, streamAbove } : edge)),
    }
  })
}

function made({ refs }: Provider, type: ResourceType, projection: Projection): View {
  const wanted = type.edges.filter(({ attribute }) => projection.edges.includes(attribute))
  return { edges: wanted.map((edge) => edgeView(edge, refs)) }
}

function remembered(
  views: WeakMap<Projection, View>,
  projection: Projection,
  make: () => View,
): View {
  const view = views.get(projection) ?? make()
  views.set(projection, view)
  return view
}

export function edgeView(
  { attribute, side }: EdgeAttribute,
  refs: Readonly<Record<string, string>>,
): EdgeView {
  return { attribute, side, refs }
}
