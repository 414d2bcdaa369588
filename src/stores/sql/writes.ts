/**
 * The writes of a tenant: each a piece of work for one transaction, change-log rows included.
 *
 * @module
 */

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
import type { Ref } from './changes.ts'
import { applyEdgeChanges } from './members.ts'
import type { ResourceRow } from './resources.ts'
import type { SuspendedRow } from './suspended.ts'
import type { Tables } from './tables.ts'
import type { Work } from './work.ts'

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
  else if ((yield* suspended.byId(tenant, resource.id)) !== undefined) {
    throw new Error(`the id "${resource.id}" is taken`)
  }
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
  }
  yield* insert(tables, tenant, row, resource.lookups)
  const kind = kept === undefined ? 'created' : 'restored'
  yield* changes.append(tenant, write, row, kind, resource.what)
  const steps = [{ kind: 'add', members }] as const
  const { added } = yield* applyEdgeChanges(tables, tenant, row, steps, memberTypes)
  yield* changes.appendMembers(tenant, write, row, 'memberAdded', added)
  return yield* shown(tables, tenant, row, write.view)
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
  const current = yield* shown(tables, tenant, row, write.view)
  const change = decide(current)
  if (change === null) return current

  if (change.lookups !== undefined) {
    yield* lookups.remove(tenant, ref, change.lookups.remove)
    yield* lookups.add(tenant, ref, change.lookups.add)
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
  }
  if (isRewritten || label !== row.label) yield* resources.update(tenant, after)
  else if (hasMoved) yield* resources.touch(tenant, ref, write.at)
  if (label !== row.label) yield* edges.relabel(tenant, row.id, label)
  if (isRewritten) yield* changes.append(tenant, write, ref, 'updated', change.what)
  yield* changes.appendMembers(tenant, write, ref, 'memberRemoved', moved.removed)
  yield* changes.appendMembers(tenant, write, ref, 'memberAdded', moved.added)
  if (hasMoved) return yield* shown(tables, tenant, after, write.view)
  const { version, modified, body } = after
  return { ...current, version, modified, body }
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
  const row = yield* resources.row(tenant, ref)
  if (row === undefined) return false
  const removal = decide(yield* shown(tables, tenant, row, { edges: [] }))

  const kind = removal.suspend === undefined ? 'deleted' : 'suspended'
  yield* changes.append(tenant, write, ref, kind, removal.what)
  yield* changes.appendAllMembers(tenant, write, ref)
  yield* edges.removeOwner(tenant, row.id)
  const owners = yield* edges.removeMember(tenant, row.id)
  if (owners.length > 0) {
    yield* resources.touchAll(tenant, owners, write.at)
    yield* changes.appendOwners(tenant, write, row.id, owners)
  }
  yield* lookups.remove(tenant, ref, removal.lookups)
  yield* lookups.remove(tenant, UNTYPED(row.id), idLookups(row.id))
  yield* resources.remove(tenant, ref)
  if (removal.suspend !== undefined) yield* suspended.insert(tenant, row, removal.suspend, write)
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
  const after = { ...row, version: row.version + 1, modified: write.at }
  yield* insert(tables, tenant, after, lookupsOf(recordOf(kept)))
  yield* changes.append(tenant, write, row, 'restored', {})
  return yield* shown(tables, tenant, after, { edges: [] })
}

/** Whether there was one. */
export function* erase(
  { suspended, changes }: Tables,
  tenant: string,
  id: string,
  write: WriteContext,
): Work<boolean> {
  const kept = yield* suspended.byId(tenant, id)
  if (kept === undefined) return false
  yield* suspended.remove(tenant, id)
  yield* changes.append(tenant, write, kept, 'erased', {})
  yield* changes.redact(tenant, id)
  return true
}

function* insert(
  { resources, lookups }: Tables,
  tenant: string,
  row: ResourceRow,
  list: readonly Lookup[],
): Work<void> {
  yield* resources.insert(tenant, row)
  yield* lookups.add(tenant, row, list)
  yield* lookups.add(tenant, UNTYPED(row.id), idLookups(row.id))
}

function* shown({ edges }: Tables, tenant: string, row: ResourceRow, view: View): Work<Stored> {
  const [stored] = yield* edges.complete(tenant, [row], view)
  return stored as Stored
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
