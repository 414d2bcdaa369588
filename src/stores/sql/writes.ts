/**
 * The writes of a tenant: each a piece of work for one transaction, change-log rows included.
 *
 * What nobody has to wait for goes in one batch, and what other writers of the tenant wait for goes
 * last (work.ts).
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import { fold } from '../../protocol/text.ts'
import type {
  Change,
  Lookup,
  NewResource,
  Removal,
  Stored,
  Suspended,
  View,
  WriteContext,
} from '../../store/store.ts'
import type { Entry, Ref } from './changes.ts'
import { applyEdgeChanges } from './members.ts'
import type { ResourceRow } from './resources.ts'
import type { SuspendedRow } from './suspended.ts'
import type { Tables } from './tables.ts'
import { type AlsoCounted, SUSPENDED } from './tallies.ts'
import { atLast, type Call, type Work } from './work.ts'

/** One suspended record is none any more. */
const FEWER = { type: SUSPENDED, by: -1 }

type Writing = WriteContext & { readonly view: View }

/** @throws {UniquenessConflict} @throws {MissingMember} @throws {MemberCycle} */
export function* create(
  tables: Tables,
  tenant: string,
  resource: NewResource,
  write: Writing,
): Work<Stored> {
  const { suspended, changes } = tables
  const kept = yield* suspended.matching(tenant, resource)
  if (kept !== undefined) yield* suspended.remove(tenant, kept.id)
  const { type, body, label, members, memberTypes } = resource
  const row: ResourceRow = {
    type,
    id: kept?.id ?? resource.id,
    version: (kept?.version ?? 0) + 1,
    created: kept?.created ?? write.at,
    modified: write.at,
    body,
    label,
    secrets: JSON.stringify(resource.secrets),
    // One that is not here is no member, and ends all of it.
    members: new Set(members.map(({ id }) => id)).size,
  }
  yield* insert(tables, tenant, row, resource.lookups)
  const steps = members.length === 0 ? [] : [{ kind: 'add', members } as const]
  const { added } = yield* applyEdgeChanges(tables, tenant, row, steps, memberTypes)
  const kind = kept === undefined ? 'created' : 'restored'
  const entries: Entry[] = [{ ref: row, kind, what: whatOf(resource, kept) }]
  if (added.length > 0) entries.push({ ref: row, kind: 'memberAdded', members: added })
  const live = { type, by: 1 }
  yield* changes.write(tenant, write, entries, kept === undefined ? [live] : [live, FEWER])
  return yield* shownNew(tables, tenant, row, write.view)
}

function whatOf({ what, restore }: NewResource, kept: SuspendedRow | undefined): JsonObject {
  if (kept === undefined || restore === undefined) return what
  return restore.what({ body: kept.body, secrets: Object.keys(JSON.parse(kept.secrets)) })
}

/**
 * @throws {UniquenessConflict} @throws {MissingMember} @throws {MemberCycle}
 * @throws {NoMemberMatched} and whatever `decide` throws
 */
export function* change(
  tables: Tables,
  tenant: string,
  ref: Ref,
  decide: (current: Stored) => Change | null,
  write: Writing,
): Work<Stored | undefined> {
  const { resources, lookups, edges, changes } = tables
  const row = yield* resources.row(tenant, ref)
  if (row === undefined) return undefined
  const { label: _, secrets: __, members: ___, ...head } = row
  const change = decide({ ...head, edges: {} })
  if (change === null) return yield* shown(tables, tenant, row, write.view)

  if (change.lookups !== undefined) {
    const { add, remove } = change.lookups
    const adding = lookups.adding(tenant, ref, add)
    const answers = yield [...lookups.removing(tenant, ref, remove), ...adding]
    yield* lookups.requireAll(tenant, ref, add, answers.slice(answers.length - adding.length))
  }
  const types = change.memberTypes ?? []
  const moved = yield* applyEdgeChanges(tables, tenant, ref, change.edges ?? [], types)
  const hasMoved = moved.added.length + moved.removed.length > 0
  const secrets = Object.entries(change.secrets ?? {})
  const isRewritten = change.body !== undefined || secrets.length > 0
  const isAltered = isRewritten || hasMoved
  const label = change.label === undefined ? row.label : change.label
  const after: ResourceRow = {
    ...row,
    version: isAltered ? row.version + 1 : row.version,
    modified: isAltered ? write.at : row.modified,
    body: change.body ?? row.body,
    label,
    secrets: secrets.length > 0 ? mergedSecrets(row.secrets, secrets) : row.secrets,
    members: row.members + moved.added.length - moved.removed.length,
  }
  const calls: Call[] = []
  if (isRewritten || label !== row.label) calls.push(resources.update(tenant, after))
  else if (hasMoved) calls.push(resources.touch(tenant, ref, write.at, after.members))
  if (label !== row.label) calls.push(edges.relabel(tenant, row.id, label))
  if (calls.length > 0) yield calls.map(atLast)
  yield* changes.write(tenant, write, [
    ...(isRewritten ? [{ ref, kind: 'updated', what: change.what } as const] : []),
    { ref, kind: 'memberRemoved', members: moved.removed },
    { ref, kind: 'memberAdded', members: moved.added },
  ])
  return yield* shown(tables, tenant, after, write.view)
}

/** Whether there was one. */
export function* remove(
  tables: Tables,
  tenant: string,
  ref: Ref,
  decide: (current: Stored) => Removal,
  write: WriteContext,
): Work<boolean> {
  const { resources, lookups, edges, changes, suspended } = tables
  yield* edges.lockOwners(tenant, ref.id)
  const row = yield* resources.row(tenant, ref)
  if (row === undefined) return false
  const { label: _, secrets: __, members: ___, ...head } = row
  const { suspend, what, lookups: own } = decide({ ...head, edges: {} })
  if (suspend !== undefined) yield suspended.guarding(tenant, ref.type, suspend.name)

  const kind = suspend === undefined ? 'deleted' : 'suspended'
  const entries: Entry[] = [{ ref, kind, what }]
  const gone = { type: ref.type, by: -1 }
  const counted: AlsoCounted = suspend === undefined ? [gone] : [gone, { type: SUSPENDED, by: 1 }]
  // Counted, since no edge may be left of what is gone; they are all gone through anyway.
  const members = yield* edges.count(tenant, row.id)
  if (members > 0) {
    // However many they are, they are told of where they lie, before they go.
    yield* changes.write(tenant, write, entries.splice(0), counted, true)
    yield* changes.writeAllMembers(tenant, write, ref, members)
    yield [edges.removeOwner(tenant, row.id)]
  }
  const owners = yield* edges.removeMember(tenant, row.id)
  if (owners.length > 0) entries.push({ owners, member: row.id })
  yield [
    ...(owners.length > 0 ? [resources.touchAll(tenant, owners, write.at)] : []),
    ...lookups.removing(tenant, ref, own),
    ...lookups.removing(tenant, UNTYPED(row.id), idLookups(row.id)),
    resources.remove(tenant, ref),
  ]
  yield* changes.write(tenant, write, entries, members > 0 ? [] : counted)
  if (suspend !== undefined) yield suspended.inserting(tenant, row, suspend, write)
  return true
}

/** @throws {UniquenessConflict} */
export function* restore(
  tables: Tables,
  tenant: string,
  id: string,
  lookupsOf: (record: Suspended) => readonly Lookup[],
  write: WriteContext,
): Work<Stored | undefined> {
  const { suspended, changes } = tables
  const kept = yield* suspended.byId(tenant, id)
  if (kept === undefined) return undefined
  const { suspendedAt, suspendedBy, ...row } = kept
  yield* suspended.remove(tenant, id)
  // Nobody is a member of what a DELETE took away.
  const after = { ...row, version: row.version + 1, modified: write.at, members: 0 }
  yield* insert(tables, tenant, after, lookupsOf(recordOf(kept)))
  const entry: Entry = { ref: row, kind: 'restored', what: {} }
  yield* changes.write(tenant, write, [entry], [{ type: row.type, by: 1 }, FEWER])
  return yield* shownNew(tables, tenant, after, { edges: [] })
}

/** Whether there was one, of that version if it is given. */
export function* erase(
  { suspended, changes }: Tables,
  tenant: string,
  id: string,
  write: WriteContext,
  version?: number,
): Work<boolean> {
  const kept = yield* suspended.byId(tenant, id)
  if (kept === undefined || (version ?? kept.version) !== kept.version) return false
  yield* suspended.remove(tenant, id)
  yield* changes.redact(tenant, id)
  yield* changes.write(tenant, write, [{ ref: kept, kind: 'erased', what: null }], [FEWER])
  return true
}

function* insert(
  { resources, lookups }: Tables,
  tenant: string,
  row: ResourceRow,
  list: readonly Lookup[],
): Work<void> {
  const adding = lookups.adding(tenant, row, list)
  const [inserted, ...answers] = yield [
    resources.insert(tenant, row),
    ...adding,
    ...lookups.adding(tenant, UNTYPED(row.id), idLookups(row.id)),
  ]
  if (inserted?.changes === 0) throw new Error(`the id "${row.id}" is taken`)
  yield* lookups.requireAll(tenant, row, list, answers.slice(0, adding.length))
}

function* shown({ edges }: Tables, tenant: string, row: ResourceRow, view: View): Work<Stored> {
  const [stored] = yield* edges.completed(tenant, [row], view)
  return stored as Stored
}

// Nobody can have what is new for a member yet.
function* shownNew(tables: Tables, tenant: string, row: ResourceRow, view: View): Work<Stored> {
  const owned = view.edges.filter(({ side }) => side === 'owner')
  const stored = yield* shown(tables, tenant, row, { edges: owned })
  const edges = { ...stored.edges }
  for (const { attribute, side } of view.edges) if (side === 'member') edges[attribute] = '[]'
  return { ...stored, edges }
}

// Members are compared without regard to case (RFC 7643 §8.7.1), yet found by their ids: an id that
// is not its own folded form, of which we make none, is noted for `otherIs` in filter.ts.
function idLookups(id: string): Lookup[] {
  const folded = fold(id)
  return folded === id ? [] : [{ attribute: 'id', value: folded, unique: false }]
}

const UNTYPED = (id: string): Ref => ({ type: '', id })

function recordOf({ secrets: _, ...record }: SuspendedRow): Suspended {
  return record
}

function mergedSecrets(
  secrets: string,
  changed: readonly (readonly [string, string | null])[],
): string {
  const merged = { ...JSON.parse(secrets), ...Object.fromEntries(changed) }
  return JSON.stringify(
    Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)),
  )
}
