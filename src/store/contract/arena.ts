/**
 * Where the tests of the contract meet the store: one store for all of them, and for each a tenant
 * of its own, in which ids begin anew. So every test uses the ids that every other one uses, and a
 * store that mixes tenants up does not get far.
 *
 * @module
 */

import { expect } from 'vitest'
import { bindFilter } from '../../protocol/filter/bind.ts'
import type { BoundFilter } from '../../protocol/filter/bound.ts'
import { filterLimits } from '../../protocol/filter/options.ts'
import { parseFilter } from '../../protocol/filter/parser.ts'
import type { JsonObject } from '../../protocol/json.ts'
import { tolerant } from '../../protocol/quirks.ts'
import { arrange, valuesAt } from '../../protocol/resource/body.ts'
import { lookupChange, lookupsOf, uniquePaths } from '../../protocol/resource/lookups.ts'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import { bindSortBy } from '../../protocol/search/sort.ts'
import { fold } from '../../protocol/text.ts'
import { laterSettings, type Registry, type Tenant } from '../registry.ts'
import type {
  Change,
  EdgeChange,
  LoggedChange,
  NewResource,
  QueryPart,
  Removal,
  Store,
  Stored,
  StoreQuery,
  TenantStore,
  View,
  WriteContext,
} from '../store.ts'

/** A store to test: empty at first. */
export interface Opened {
  readonly store: Store
  readonly registry: Registry
  /** Closes it and opens the same data again, as the next start of the service would. */
  reopen?(): Promise<Opened>
  close(): Promise<void>
}

/** Hands out tenants of the store under test. */
export interface Arena {
  readonly store: Store
  readonly registry: Registry
  /** A tenant that is registered and empty. */
  scene(): Promise<Scene>
}

/** The tenant with that number, as a registry holds it. */
export function tenantNamed(name: string): Tenant {
  const own = { profile: 'tolerant', recreate: 'restore', groupNames: 'free' } as const
  const settings = { ...own, ...laterSettings }
  return { id: `tenant-${name}`, name, created: 1_700_000_000_000, settings }
}

export function arena({ store, registry }: Opened): Arena {
  let tenants = 0
  return {
    store,
    registry,
    async scene() {
      const tenant = tenantNamed(`scene-${++tenants}`)
      await registry.addTenant(tenant)
      return new Scene(store.tenant(tenant.id))
    },
  }
}

export const refs: Readonly<Record<string, string>> = {
  User: 'https://example.com/scim/v2/Users/',
  Group: 'https://example.com/scim/v2/Groups/',
  Probe: 'https://example.com/scim/v2/Probes/',
}

/** All edge attributes of a type. */
export function viewOf(type: ResourceType): View {
  return { edges: type.edges.map(({ attribute, side }) => ({ attribute, side, refs })) }
}

export const noView: View = { edges: [] }

export const members = viewOf(groupType).edges[0]!
export const memberTypes = ['User', 'Group']

/** Binds the text of a filter; what the RFC forbids is an error of the test. */
export function filterOf(type: ResourceType, text: string): BoundFilter {
  const tolerate = tolerant()
  return bindFilter(parseFilter(text, { tolerate, limits: filterLimits }), type, tolerate)
}

/** One part of a query as the provider builds it; `sort` is `userName` or `-userName`. */
export function part(type: ResourceType, filter?: string, sort?: string): QueryPart {
  const descending = sort?.startsWith('-') === true
  const path = descending ? sort?.slice(1) : sort
  return {
    type: type.name,
    ...(filter === undefined ? {} : { filter: filterOf(type, filter) }),
    ...(path === undefined ? {} : { sort: { target: bindSortBy(path, type), descending } }),
    view: noView,
    lookups: type.lookups,
    refs,
  }
}

/** What of a resource a row holds beside its id. */
export function newResource(
  type: ResourceType,
  id: string,
  given: JsonObject,
  more: Partial<NewResource> = {},
): NewResource {
  const body = arrange(given, type)
  return {
    type: type.name,
    id,
    body: JSON.stringify(body),
    label: labelOf(type, body),
    lookups: lookupsOf(body, type, uniquePaths(type)),
    secrets: {},
    members: [],
    memberTypes: type.edge('members')?.types ?? [],
    what: { given: 'new' },
    ...more,
  }
}

/** The change that gives a resource another body. */
export function newBody(type: ResourceType, current: Stored, given: JsonObject): Change {
  const unique = uniquePaths(type)
  const before = JSON.parse(current.body) as JsonObject
  const after = arrange(given, type)
  return {
    body: JSON.stringify(after),
    label: labelOf(type, after),
    lookups: lookupChange(lookupsOf(before, type, unique), lookupsOf(after, type, unique)),
    what: { given: 'change' },
  }
}

function labelOf(type: ResourceType, body: JsonObject): string | null {
  const label = type.label.map((path) => valuesAt(body, path)[0]).find((value) => value)
  return typeof label === 'string' ? label : null
}

/** One tenant, with the words that tests are told in. Time goes on by a second with each write. */
export class Scene {
  readonly rows: TenantStore
  #ids = 0
  #now = 1_700_000_000_000

  constructor(rows: TenantStore) {
    this.rows = rows
  }

  /** Ascending, and the same ones in every tenant. */
  newId(): string {
    return `id-${String(++this.#ids).padStart(6, '0')}`
  }

  /** When the last write was. */
  get now(): number {
    return this.#now
  }

  write(view: View = noView): WriteContext & { readonly view: View } {
    this.#now += 1000
    return { at: this.#now, actor: 'key:1', request: `request-${this.#now}`, view }
  }

  create(type: ResourceType, given: JsonObject, more: Partial<NewResource> = {}): Promise<Stored> {
    const resource = newResource(type, this.newId(), given, more)
    return this.rows.create(resource, this.write(viewOf(type)))
  }

  user(userName: string, given: JsonObject = {}, more?: Partial<NewResource>): Promise<Stored> {
    return this.create(userType, { userName, ...given }, more)
  }

  group(displayName: string, ...ids: readonly string[]): Promise<Stored> {
    return this.create(groupType, { displayName }, { members: ids.map((id) => ({ id })) })
  }

  readUser(id: string): Promise<Stored | undefined> {
    return this.rows.read('User', id, viewOf(userType))
  }

  readGroup(id: string): Promise<Stored | undefined> {
    return this.rows.read('Group', id, viewOf(groupType))
  }

  changeUser(id: string, change: (current: Stored) => Change | null): Promise<Stored | undefined> {
    return this.rows.change('User', id, change, this.write(viewOf(userType)))
  }

  /** Gives a user another body altogether. */
  rewriteUser(id: string, given: JsonObject): Promise<Stored | undefined> {
    return this.changeUser(id, (current) => newBody(userType, current, given))
  }

  changeMembers(id: string, ...edges: readonly EdgeChange[]): Promise<Stored | undefined> {
    const change = { edges, memberTypes, what: {} }
    return this.rows.change('Group', id, () => change, this.write(viewOf(groupType)))
  }

  addMembers(id: string, ...ids: readonly string[]): Promise<Stored | undefined> {
    return this.changeMembers(id, { kind: 'add', members: ids.map((member) => ({ id: member })) })
  }

  async memberIds(id: string): Promise<string[]> {
    return elements(await this.readGroup(id), 'members').map(({ value }) => value as string)
  }

  delete(type: ResourceType, id: string): Promise<boolean> {
    return this.rows.delete(type.name, id, (current) => removal(type, current), this.write())
  }

  /** Deletes a user and keeps the record. */
  suspend(id: string): Promise<boolean> {
    const decide = (current: Stored): Removal => {
      const { userName, externalId } = JSON.parse(current.body) as Record<string, string>
      const gone = removal(userType, current)
      const texts = gone.lookups.filter(({ attribute }) => attribute !== 'active')
      const values = [...new Set([id, ...texts.map(({ value }) => fold(value))])]
      const name = fold(userName as string)
      return { ...gone, suspend: { name, externalId: externalId ?? null, values } }
    }
    return this.rows.delete('User', id, decide, this.write())
  }

  restore(id: string): Promise<Stored | undefined> {
    const unique = uniquePaths(userType)
    return this.rows.restore(
      id,
      ({ body }) => lookupsOf(JSON.parse(body) as JsonObject, userType, unique),
      this.write(),
    )
  }

  /** The ids of all that match, in the order in which they come. */
  async find(type: ResourceType, filter?: string, sort?: string): Promise<string[]> {
    return this.ids({ parts: [part(type, filter, sort)] })
  }

  async ids(query: Partial<StoreQuery> & Pick<StoreQuery, 'parts'>): Promise<string[]> {
    const page = await this.rows.search({ offset: 0, limit: 10_000, ...query })
    return page.resources.map(({ id }) => id)
  }

  /** All ids in order, read page by page behind the last one, or from the end before the first. */
  async walk(
    query: Pick<StoreQuery, 'parts'>,
    side: 'after' | 'before',
    limit: number,
    between: () => Promise<unknown> = async () => undefined,
  ): Promise<string[]> {
    const { total } = await this.rows.search({ ...query, offset: 0, limit: 0 })
    let page = await this.rows.search({
      ...query,
      offset: side === 'after' ? 0 : Math.max(0, total - limit),
      limit,
    })
    const walked = page.resources.map(({ id }) => id)
    for (;;) {
      const place = side === 'after' ? page.next : page.previous
      if (place === undefined) return walked
      await between()
      page = await this.rows.search({ ...query, offset: 0, from: { side, place }, limit })
      const ids = page.resources.map(({ id }) => id)
      if (side === 'after') walked.push(...ids)
      else walked.unshift(...ids)
    }
  }

  /** All ids in order, read page by page by their numbers. */
  async leaf(
    query: Pick<StoreQuery, 'parts'>,
    limit: number,
    between: () => Promise<unknown> = async () => undefined,
  ): Promise<string[]> {
    const walked: string[] = []
    for (;;) {
      const offset = walked.length
      const { total, resources } = await this.rows.search({ ...query, offset, limit })
      walked.push(...resources.map(({ id }) => id))
      if (resources.length === 0 || walked.length >= total) return walked
      await between()
    }
  }

  async log(about?: string): Promise<readonly LoggedChange[]> {
    const page = { after: 0, limit: 100_000, ...(about === undefined ? {} : { about }) }
    return this.rows.changes(page)
  }

  /** Each row of the log in short, `kind id` or `kind owner member`. */
  async told(about?: string): Promise<string[]> {
    return (await this.log(about)).map(({ kind, id, member }) =>
      [kind, id, ...(member === null ? [] : [member])].join(' '),
    )
  }

  /** Everything that can be read of the tenant. */
  async everything(types: readonly ResourceType[] = [userType, groupType]): Promise<unknown> {
    const parts = types.map((type) => ({ ...part(type), view: viewOf(type) }))
    return {
      live: await this.rows.search({ parts, offset: 0, limit: 100_000 }),
      suspended: await this.rows.suspended({ offset: 0, limit: 100_000 }),
      log: await this.log(),
    }
  }
}

/** What a deletion decides. */
export function removal(type: ResourceType, current: Stored): Removal {
  const body = JSON.parse(current.body) as JsonObject
  return { lookups: lookupsOf(body, type, uniquePaths(type)), what: { given: 'delete' } }
}

/** The values of an edge attribute. */
export function elements(stored: Stored | undefined, attribute: string): readonly JsonObject[] {
  return JSON.parse(stored?.edges[attribute] ?? 'null') as readonly JsonObject[]
}

/** Expects an action to fail and to leave no trace; resolves to what it failed with. */
export async function refused(scene: Scene, action: () => Promise<unknown>): Promise<unknown> {
  const before = await scene.everything()
  const error = await action().then(
    (value) => expect.unreachable(`resolved to ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  expect(await scene.everything()).toEqual(before)
  return error
}
