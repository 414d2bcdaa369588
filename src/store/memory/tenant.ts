/**
 * The rows of one tenant, in Maps.
 *
 * Nothing here awaits between reading and writing, so a method is a transaction; and each first
 * asks everything that may fail, then writes, so a transaction that fails has written nothing.
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import { compareText } from '../../protocol/text.ts'
import {
  type Change,
  type ChangeKind,
  type ChangesPage,
  type EdgeEnd,
  type EdgeView,
  type LoggedChange,
  type Lookup,
  MemberCycle,
  MissingMember,
  type NewResource,
  type Removal,
  type Stored,
  type StoreQuery,
  type Suspended,
  type SuspendedPage,
  type SuspendedQuery,
  type TenantStore,
  UniquenessConflict,
  type View,
  type WriteContext,
} from '../store.ts'
import { Edges } from './edges.ts'
import { afterwards } from './members.ts'
import { type Element, type Row, uniqueKeys } from './row.ts'
import { search } from './search.ts'

type Writing = WriteContext & { readonly view: View }

/** A row that was suspended, and what a create can find it by. */
interface Kept extends Row {
  readonly suspendedAt: number
  readonly suspendedBy: string
  readonly name: string
  readonly externalId: string | null
  readonly values: readonly string[]
  readonly suspension: number
}

export class MemoryTenant implements TenantStore {
  readonly #live = new Map<string, Row>()
  readonly #kept = new Map<string, Kept>()
  /** Who holds a unique value; see {@link uniqueKeys}. */
  readonly #holders = new Map<string, string>()
  readonly #edges = new Edges()
  readonly #log: LoggedChange[] = []

  async read(type: string, id: string, view: View): Promise<Stored | undefined> {
    const row = this.#row(type, id)
    if (row === undefined) return undefined
    const { edges, ...stored } = this.#stored(row, view)
    const long = view.edges.filter(({ attribute, streamAbove }) => {
      return streamAbove !== undefined && JSON.parse(edges[attribute] ?? '[]').length > streamAbove
    })
    if (long.length === 0) return { ...stored, edges }
    const isLong = (attribute: string) => long.some((edge) => edge.attribute === attribute)
    const parts = Object.entries(edges)
    return {
      ...stored,
      edges: Object.fromEntries(parts.filter(([attribute]) => !isLong(attribute))),
      streams: Object.fromEntries(
        parts
          .filter(([attribute]) => isLong(attribute))
          .map(([attribute, text]) => [attribute, pieces(text)]),
      ),
    }
  }

  async search(query: StoreQuery) {
    return search(query, {
      rows: (type) => [...this.#live.values()].filter((row) => row.type === type),
      elements: (id, view) => this.#elements(id, view),
      stored: (row, view) => this.#stored(row, view),
    })
  }

  async create(resource: NewResource, write: Writing): Promise<Stored> {
    const { type, body, label, lookups, secrets, restore } = resource
    const kept = this.#keptFor(resource)
    const id = kept?.id ?? resource.id
    if (kept === undefined && (this.#live.has(id) || this.#kept.has(id))) {
      throw new Error(`the id "${id}" is taken`)
    }
    this.#requireFree(type, id, lookups)
    const members = new Set(resource.members.map((member) => member.id))
    for (const member of members) this.#requireMember(id, member, resource.memberTypes)

    const created = kept?.created ?? write.at
    const version = kept === undefined ? 1 : kept.version + 1
    this.#kept.delete(id)
    this.#put({ type, id, version, created, modified: write.at, body, label, lookups, secrets })
    const before = kept && { body: kept.body, secrets: Object.keys(kept.secrets) }
    const what = (before && restore?.what(before)) ?? resource.what
    this.#note(write, type, id, kept === undefined ? 'created' : 'restored', what)
    this.#putEdges(write, type, id, members)
    return this.#stored(this.#row(type, id) as Row, write.view)
  }

  async change(
    type: string,
    id: string,
    decide: (current: Stored) => Change | null,
    write: Writing,
  ): Promise<Stored | undefined> {
    const row = this.#row(type, id)
    if (row === undefined) return undefined
    const change = decide(this.#stored(row, { edges: [] }))
    if (change === null) return this.#stored(row, write.view)

    const gone = new Set(change.lookups?.remove.map(keyOf))
    const lookups = row.lookups.filter((lookup) => !gone.has(keyOf(lookup)))
    lookups.push(...(change.lookups?.add ?? []))
    this.#requireFree(type, id, lookups)
    const before = new Set(this.#edges.of(id, 'owner'))
    const after = afterwards(before, change.edges ?? [], {
      require: (member) => this.#requireMember(id, member, change.memberTypes ?? []),
      element: (member, view) => this.#element(member, view),
    })
    const added = [...after].filter((member) => !before.has(member))
    const removed = [...before].filter((member) => !after.has(member))
    const secrets = Object.entries(change.secrets ?? {})
    const rewritten = change.body !== undefined || secrets.length > 0
    const altered = rewritten || added.length > 0 || removed.length > 0

    this.#take(row)
    this.#put({
      ...row,
      version: altered ? row.version + 1 : row.version,
      modified: altered ? write.at : row.modified,
      body: change.body ?? row.body,
      label: change.label === undefined ? row.label : change.label,
      lookups,
      secrets: Object.fromEntries(
        Object.entries({ ...row.secrets, ...change.secrets }).filter(
          (entry): entry is [string, string] => entry[1] !== null,
        ),
      ),
    })
    if (rewritten) this.#note(write, type, id, 'updated', change.what)
    this.#cutEdges(write, type, id, removed)
    this.#putEdges(write, type, id, added)
    return this.#stored(this.#row(type, id) as Row, write.view)
  }

  async delete(
    type: string,
    id: string,
    decide: (current: Stored) => Removal,
    write: WriteContext,
  ): Promise<boolean> {
    const row = this.#row(type, id)
    if (row === undefined) return false
    const { suspend, what } = decide(this.#stored(row, { edges: [] }))

    this.#take(row)
    if (suspend !== undefined) {
      const { at: suspendedAt, actor: suspendedBy } = write
      const suspension = this.#log.length
      this.#kept.set(id, { ...row, suspendedAt, suspendedBy, ...suspend, suspension })
    }
    this.#note(write, type, id, suspend === undefined ? 'deleted' : 'suspended', what)
    this.#cutEdges(write, type, id, this.#edges.of(id, 'owner'))
    for (const ownerId of this.#edges.of(id, 'member')) {
      const owner = this.#live.get(ownerId) as Row
      this.#put({ ...owner, version: owner.version + 1, modified: write.at })
      this.#cutEdges(write, owner.type, ownerId, [id])
    }
    return true
  }

  async suspended({ offset, limit, behind, begins }: SuspendedQuery): Promise<SuspendedPage> {
    const all = this.#newestKept().filter(
      ({ values }) => begins === undefined || values.some((value) => value.startsWith(begins)),
    )
    const isBehind = ({ suspendedAt, suspension }: Kept) =>
      behind === undefined ||
      suspendedAt < behind.suspendedAt ||
      (suspendedAt === behind.suspendedAt && suspension < behind.suspension)
    const rest = all.filter(isBehind).slice(behind === undefined ? offset : 0)
    const shown = rest.slice(0, limit)
    const last = shown.at(-1)
    return {
      total: all.length,
      records: shown.map(record),
      ...(last === undefined || shown.length === rest.length
        ? {}
        : { next: { suspendedAt: last.suspendedAt, suspension: last.suspension } }),
    }
  }

  async restore(
    id: string,
    lookups: (record: Suspended) => readonly Lookup[],
    write: WriteContext,
  ): Promise<Stored | undefined> {
    const kept = this.#kept.get(id)
    if (kept === undefined) return undefined
    const values = lookups(record(kept))
    this.#requireFree(kept.type, id, values)

    const { suspendedAt, suspendedBy, name, externalId, values: _, suspension, ...row } = kept
    this.#kept.delete(id)
    this.#put({ ...row, lookups: values, version: row.version + 1, modified: write.at })
    this.#note(write, row.type, id, 'restored', {})
    return this.#stored(this.#row(row.type, id) as Row, { edges: [] })
  }

  async erase(id: string, write: WriteContext, version?: number): Promise<boolean> {
    const kept = this.#kept.get(id)
    if (kept === undefined || (version ?? kept.version) !== kept.version) return false
    this.#kept.delete(id)
    this.#note(write, kept.type, id, 'erased', {})
    for (const [index, row] of this.#log.entries()) {
      if (row.id === id) this.#log[index] = { ...row, what: null }
    }
    return true
  }

  async suspendedNamed(type: string, name: string): Promise<Suspended | undefined> {
    const kept = this.#newestKept().find((one) => one.type === type && one.name === name)
    return kept && record(kept)
  }

  async suspendedOne(id: string): Promise<Suspended | undefined> {
    const kept = this.#kept.get(id)
    return kept && record(kept)
  }

  async edges(page: Parameters<TenantStore['edges']>[0]): Promise<readonly EdgeEnd[]> {
    const { id, side, after, limit } = page
    return this.#edges
      .of(id, side)
      .filter((end) => after === null || compareText(end, after) > 0)
      .slice(0, limit)
      .map((end) => {
        const { type, label } = this.#live.get(end) as Row
        return { id: end, type, label }
      })
  }

  async memberCounts(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const live = ids.filter((id) => this.#row(type, id) !== undefined)
    return new Map(live.map((id) => [id, this.#edges.of(id, 'owner').length]))
  }

  async membersAmong(id: string, ids: readonly string[]): Promise<readonly EdgeEnd[]> {
    const members = await this.edges({ id, side: 'owner', after: null, limit: Infinity })
    return members.filter((member) => ids.includes(member.id))
  }

  async heldTwice({ type, attribute, looked, limit }: Parameters<TenantStore['heldTwice']>[0]) {
    const held = [...this.#live.values()]
      .filter((row) => row.type === type)
      .flatMap(({ lookups }) => lookups.filter((one) => one.attribute === attribute))
      .map(({ value }) => value)
      .toSorted(compareText)
      .slice(0, looked)
    const all = [...Map.groupBy(held, (value) => value)]
      .map(([value, { length }]) => ({ value, holders: length }))
      .filter(({ holders }) => holders > 1)
    return { total: all.length, isAtLeast: held.length >= looked, first: all.slice(0, limit) }
  }

  async changes(page: ChangesPage) {
    const { limit, about } = page
    const concerns = (row: LoggedChange) =>
      about === undefined || row.id === about || row.member === about
    const found = this.#log.filter(concerns)
    if ('before' in page) {
      const older = found.filter(({ seq }) => seq < page.before)
      return older.reverse().slice(0, limit)
    }
    return found.filter(({ seq }) => seq > page.after).slice(0, limit)
  }

  #row(type: string, id: string): Row | undefined {
    const row = this.#live.get(id)
    return row?.type === type ? row : undefined
  }

  #put(row: Row): void {
    this.#live.set(row.id, row)
    for (const key of uniqueKeys(row.type, row.lookups)) this.#holders.set(key, row.id)
  }

  #take(row: Row): void {
    this.#live.delete(row.id)
    for (const key of uniqueKeys(row.type, row.lookups)) this.#holders.delete(key)
  }

  #requireFree(type: string, id: string, lookups: readonly Lookup[]): void {
    for (const lookup of lookups) {
      for (const key of uniqueKeys(type, [lookup])) {
        const isHeld = lookup.isLate && this.#holds(type, id, lookup)
        if ((this.#holders.get(key) ?? id) === id && !isHeld) continue
        throw new UniquenessConflict(lookup.attribute, lookup.value)
      }
    }
  }

  /** Whether another one has the value, unique or not. */
  #holds(type: string, id: string, lookup: Lookup): boolean {
    const others = [...this.#live.values()].filter((row) => row.type === type && row.id !== id)
    return others.some(({ lookups }) => lookups.some((one) => keyOf(one) === keyOf(lookup)))
  }

  #requireMember(owner: string, member: string, types: readonly string[]): void {
    const row = this.#live.get(member)
    if (row === undefined || !types.includes(row.type)) throw new MissingMember(member)
    if (this.#edges.reaches(member, owner)) throw new MemberCycle(member)
  }

  #putEdges(write: WriteContext, type: string, id: string, members: Iterable<string>): void {
    for (const member of members) {
      this.#edges.put(id, member)
      this.#note(write, type, id, 'memberAdded', {}, member)
    }
  }

  #cutEdges(write: WriteContext, type: string, id: string, members: Iterable<string>): void {
    for (const member of members) {
      this.#edges.cut(id, member)
      this.#note(write, type, id, 'memberRemoved', {}, member)
    }
  }

  #note(
    { at, actor, request }: WriteContext,
    type: string,
    id: string,
    kind: ChangeKind,
    what: JsonObject,
    member: string | null = null,
  ): void {
    const seq = this.#log.length + 1
    this.#log.push({ seq, at, actor, request, type, id, kind, member, what })
  }

  #stored({ type, id, version, created, modified, body }: Row, view: View): Stored {
    const edges: Record<string, string> = {}
    for (const edge of view.edges) {
      const elements = this.#elements(id, edge)
      if (elements.length <= (edge.max ?? Number.POSITIVE_INFINITY)) {
        edges[edge.attribute] = JSON.stringify(elements)
      }
    }
    return { type, id, version, created, modified, body, edges }
  }

  #elements(id: string, view: Pick<EdgeView, 'side' | 'refs'>): Element[] {
    return this.#edges.of(id, view.side).map((end) => this.#element(end, view))
  }

  #element(end: string, { side, refs }: Pick<EdgeView, 'side' | 'refs'>): Element {
    const { type, label } = this.#live.get(end) as Row
    return {
      value: end,
      ...(refs[type] === undefined ? {} : { $ref: `${refs[type]}${end}` }),
      type: side === 'owner' ? type : 'direct',
      ...(label === null ? {} : { display: label }),
    }
  }

  #newestKept(): Kept[] {
    return [...this.#kept.values()].reverse().sort((a, b) => b.suspendedAt - a.suspendedAt)
  }

  #keptFor({ type, restore }: NewResource): Kept | undefined {
    if (restore === undefined) return undefined
    return this.#newestKept().find(
      ({ type: own, name, externalId }) =>
        own === type &&
        name === restore.name &&
        (externalId === restore.externalId || externalId === null || restore.externalId === null),
    )
  }
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += 100) yield text.slice(from, from + 100)
}

function keyOf({ attribute, value }: Lookup): string {
  return JSON.stringify([attribute, value])
}

function record(kept: Kept): Suspended {
  const { type, id, version, created, modified, body, label, suspendedAt, suspendedBy } = kept
  return { type, id, version, created, modified, body, label, suspendedAt, suspendedBy }
}
