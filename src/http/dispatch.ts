/**
 * From a route to its operation: the table of what each endpoint does.
 *
 * @module
 */

import { ScimError } from '../protocol/errors.ts'
import type { JsonValue } from '../protocol/json.ts'
import { projection } from '../protocol/resource/project.ts'
import type { ResourceType } from '../protocol/schema/resource-type.ts'
import { parseQuery, parseSearchMessage, searchRequest } from '../protocol/search/request.ts'
import type { Answer } from '../provider/answer.ts'
import type { Context } from '../provider/context.ts'
import { create } from '../provider/operations/create.ts'
import { remove } from '../provider/operations/delete.ts'
import {
  discoverConfig,
  discoverResourceType,
  discoverResourceTypes,
  discoverSchema,
  discoverSchemas,
} from '../provider/operations/discover.ts'
import { patch } from '../provider/operations/patch.ts'
import { read } from '../provider/operations/read.ts'
import { replace } from '../provider/operations/replace.ts'
import { search } from '../provider/operations/search.ts'
import type { HttpRequest } from './message.ts'
import type { Route, RouteName } from './route.ts'

/** What an operation takes from HTTP. */
export interface Call {
  readonly route: Route
  /** The raw query string, without its question mark. */
  readonly query: string
  /** Reads the body; called at most once, and only by operations that take one. */
  readonly body: () => Promise<JsonValue>
  /** Whoever waits for the answer. */
  readonly waiting: Pick<HttpRequest, 'signal'>
}

export function dispatch(context: Context, call: Call): Promise<Answer> | Answer {
  return OPERATIONS[call.route.name](context, call)
}

type Operation = (context: Context, call: Call) => Promise<Answer> | Answer

const OPERATIONS: Readonly<Record<RouteName, Operation>> = {
  async create(context, call) {
    const { type, wanted } = target(context, call)
    return create(context, type, await call.body(), wanted)
  },
  read(context, call) {
    const { type, id, wanted } = target(context, call)
    return read(context, type, id, wanted)
  },
  async replace(context, call) {
    const { type, id, wanted } = target(context, call)
    return replace(context, type, id, await call.body(), wanted)
  },
  async patch(context, call) {
    const { type, id, wanted, isProjected } = target(context, call)
    return patch(context, type, id, await call.body(), wanted, isProjected)
  },
  delete(context, call) {
    const { type, id } = target(context, call)
    return remove(context, type, id)
  },
  search(context, call) {
    return search(
      context,
      typesOf(context, call),
      searchRequest(parameters(context, call)),
      call.waiting,
    )
  },
  async searchMessage(context, call) {
    const message = parseSearchMessage(await call.body(), context.tolerate)
    return search(context, typesOf(context, call), searchRequest(message), call.waiting)
  },
  config: (context, call) => discoverConfig(context.provider, parameters(context, call)),
  schemas: (context, call) => discoverSchemas(context.provider, parameters(context, call)),
  schema: ({ provider }, { route }) => discoverSchema(provider, route.id ?? ''),
  resourceTypes: (context, call) =>
    discoverResourceTypes(context.provider, parameters(context, call)),
  resourceType: ({ provider }, { route }) => discoverResourceType(provider, route.id ?? ''),
  notImplemented: (_, { route }) => {
    throw new ScimError(501, undefined, `${route.pattern} is not supported`)
  },
}

function parameters({ tolerate }: Context, { query }: Call) {
  return parseQuery(query, tolerate)
}

// The parts of a call on one resource type; its route has a type, and an id where one is used.
function target(context: Context, call: Call) {
  const type = call.route.type as ResourceType
  const request = searchRequest(parameters(context, call))
  const isProjected = request.attributes.length > 0 || request.excludedAttributes.length > 0
  return { type, id: call.route.id ?? '', wanted: projection(type, request), isProjected }
}

function typesOf({ provider }: Context, { route }: Call): readonly ResourceType[] {
  return route.type === undefined ? provider.types : [route.type]
}
