/**
 * Lists of the directory: SCIM's own search, by cursor, so that a page costs a page and a walk shows
 * everybody once (RFC 9865).
 *
 * What a person types is the beginning of something that an index knows: of a name, an e-mail address, an
 * id. One character or two may be a whole name (李明, Bo), so names are sought however little is typed; of
 * an id they are no sign, and would only add a part of everybody.
 *
 * @module
 */

import { z } from 'zod'
import { ScimError } from '../../protocol/errors.ts'
import { parseFilter } from '../../protocol/filter/parser.ts'
import type { JsonObject } from '../../protocol/json.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import type { Context } from '../../provider/context.ts'
import { search } from '../../provider/operations/search.ts'
import { answered } from './answered.ts'
import { count } from './paging.ts'
import { Refusal, wrong } from './refusal.ts'
import { soughtText } from './text.ts'

export const listQuery = z.object({
  q: soughtText.optional(),
  filter: z.string().max(4_000).optional(),
  after: z.string().max(4_000).optional(),
  count,
})

export type ListQuery = z.output<typeof listQuery>

/** What is sought by its beginning, beside ids. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  User: [
    ...['userName', 'displayName', 'name.formatted', 'name.familyName', 'name.givenName'],
    'emails.value',
  ],
  Group: ['displayName'],
}
const IDS = ['externalId', 'id']

/** Characters from which on ids are sought as well. */
const LONG = 3

/**
 * Nobody watches a page for longer than a moment. Where no index knows who fits, it says so of as many
 * as that takes, and its `next` goes on with the others.
 */
const PATIENCE = { counted: 10_000, looked: 5_000 }

export interface Listed {
  readonly resources: readonly JsonObject[]
  readonly total: number
  /** There may be more than `total`. */
  readonly isAtLeast: boolean
  readonly next: string | null
}

/** @throws {Refusal} 400 for a filter or a cursor that is none */
export async function list(
  context: Context,
  type: ResourceType,
  query: ListQuery,
  attributes: readonly string[],
  signal?: AbortSignal,
): Promise<Listed> {
  const { tolerate, provider } = context
  const filter = filterOf(type, query)
  const request = {
    attributes,
    excludedAttributes: [],
    ...(filter === undefined ? {} : { filter }),
    descending: false,
    startIndex: 1,
    count: query.count,
    cursor: query.after ?? '',
  }
  try {
    // By itself it has to be one: `a) or (b` is not, and would be between brackets.
    if (query.filter?.trim()) {
      parseFilter(query.filter, { tolerate, limits: provider.limits.filter })
    }
    let isAtLeast = false
    const watching = {
      patience: PATIENCE,
      onPage: (page: { readonly isAtLeast?: true }) => {
        isAtLeast = page.isAtLeast === true
      },
    }
    const page = await search(context, [type], request, { signal }, watching)
    const { Resources, totalResults, nextCursor } = answered(page)
    return {
      resources: (Resources ?? []) as readonly JsonObject[],
      total: Number(totalResults),
      isAtLeast,
      next: typeof nextCursor === 'string' ? nextCursor : null,
    }
  } catch (error) {
    throw told(error, query)
  }
}

export const noSuchPage = () =>
  new Refusal(400, 'This page is not there any more; begin anew', { code: 'gone' })

function told(error: unknown, query: ListQuery): unknown {
  if (!(error instanceof ScimError)) return error
  if (/cursor/i.test(error.scimType ?? '')) {
    return noSuchPage()
  }
  const isOfFilter = query.filter !== undefined && error.status === 400
  return isOfFilter ? wrong('filter', error.message) : error
}

/** What a person asks, as a filter of SCIM; `undefined` for everybody. */
export function filterOf(
  { name }: Pick<ResourceType, 'name'>,
  { q = '', filter = '' }: Pick<ListQuery, 'q' | 'filter'>,
): string | undefined {
  const typed = q.trim()
  const parts = [...(typed === '' ? [] : [sought(typed, NAMES[name])])]
  if (filter.trim() !== '') parts.push(filter)
  if (parts.length < 2) return parts[0]
  return parts.map((part) => `(${part})`).join(' and ')
}

function sought(typed: string, names: readonly string[] = ['displayName']): string {
  const literal = JSON.stringify(typed)
  const all = [...typed].length < LONG ? names : [...names, ...IDS]
  return all.map((attribute) => `${attribute} sw ${literal}`).join(' or ')
}
