/**
 * Fills a tenant with the people and groups of a seed.
 *
 * People go through the provider's own create, as if a client had sent them: what is stored, found
 * and logged is what a real directory would have. Many are in flight at a time, since a store writes
 * together what waits together. What is there already is left alone, so a run that was ended can be
 * run again, and one with more people adds those that are new.
 *
 * @module
 */

import { strict } from '../protocol/quirks.ts'
import { projection } from '../protocol/resource/project.ts'
import { groupType, userType } from '../protocol/schema/core/types.ts'
import { GROUP } from '../protocol/urn.ts'
import type { Context } from '../provider/context.ts'
import { create } from '../provider/operations/create.ts'
import { type Provider, provider } from '../provider/options.ts'
import type { Tenant } from '../store/registry.ts'
import type { Member, Store, TenantStore } from '../store/store.ts'
import { type DemoGroup, demoGroups } from './groups.ts'
import { requireNamesFree } from './held-names.ts'
import { demoId, type Kind, madeAt } from './ids.ts'
import { user } from './person.ts'

export interface Filling {
  readonly users: number
  readonly groups: number
  readonly seed: number
  readonly store: Store
  /** How many creates are under way at a time. */
  readonly inFlight: number
  readonly tenant: Tenant
  /** Told what begins. */
  readonly step?: (step: Step) => void
  /** Told before anything is made, after each name of a group: how many of them were looked up. */
  readonly checking?: (looked: number) => void
  /** Told now and then what was made so far. */
  readonly progress?: (made: Made) => void
  /** Once it fires, what is in flight is finished and no more is begun. */
  readonly signal?: AbortSignal
}

/** What is done one after the other, in the words of a sentence. */
export type Step =
  | 'looking whether names of groups are free'
  | 'looking who is there already'
  | 'making people'
  | 'making groups and their members'

/** What this run made, and what it found. */
export interface Made {
  users: number
  groups: number
  memberships: number
  usersThere: number
  groupsThere: number
}

const GROUPS_IN_FLIGHT = 64
/** Members in one write, as a client might send them. */
const CHUNK = 1_000
const ACTOR = 'demo'

/** @throws {GroupNamesHeld} before anything is made */
export async function fill(filling: Filling): Promise<Made> {
  const { users, groups, seed, tenant, inFlight } = filling
  const { progress = () => undefined, checking = () => undefined, step = () => undefined } = filling
  const rows = filling.store.tenant(tenant.id)
  const made: Made = { users: 0, groups: 0, memberships: 0, usersThere: 0, groupsThere: 0 }
  const built = provider({
    store: filling.store,
    // Locations are not stored; nobody sees this one.
    baseUrl: 'http://demo.invalid/scim/v2',
    now: () => 0,
    newId: () => '',
    hashSecret: async () => '',
    // Nobody pages here.
    seal: { seal: () => '', open: () => undefined },
  })
  const post = poster(built, rows, tenant, seed)
  const stopped = () => filling.signal?.aborted === true

  if (tenant.settings.groupNames === 'unique') {
    step('looking whether names of groups are free')
    await requireNamesFree(rows, until(demoGroups(seed, users, groups), stopped), checking)
  }
  step('looking who is there already')
  const there = await countThere(rows, seed, users, inFlight)
  made.usersThere = there.certain
  step('making people')
  const people = numbers(there.certain, users, stopped)
  await inParallel(people, inFlight, async (index) => {
    if (index < there.unsure && (await isThere(rows, 'User', demoId(seed, 'person', index)))) {
      made.usersThere++
      return
    }
    await post('person', index, user(seed, index))
    made.users++
    progress(made)
  })
  step('making groups and their members')
  const wanted = until(demoGroups(seed, users, groups), stopped)
  await inParallel(wanted, Math.min(inFlight, GROUPS_IN_FLIGHT), async (group) => {
    if (await isThere(rows, 'Group', group.id)) made.groupsThere++
    else {
      await post('group', group.index, { schemas: [GROUP], displayName: group.displayName })
      made.groups++
    }
    await addMembers(rows, group, made, progress, stopped)
  })
  return made
}

function poster(built: Provider, rows: TenantStore, tenant: Tenant, seed: number) {
  const types = { person: userType, group: groupType }
  const edges = { attributes: [], excludedAttributes: ['groups', 'members'] }
  const wanted = {
    person: projection(userType, edges),
    group: projection(groupType, edges),
  }
  return (kind: Kind, index: number, input: ReturnType<typeof user>) => {
    const context: Context = {
      provider: {
        ...built,
        now: () => madeAt(kind, index),
        newId: () => demoId(seed, kind, index),
      },
      tenant: rows,
      principal: {
        tenant: tenant.id,
        actor: ACTOR,
        scope: 'write',
        // An account of that name that was suspended is not to come back under its old id.
        settings: { ...tenant.settings, recreate: 'new' },
      },
      requestId: `demo-${kind}-${index}`,
      tolerate: strict,
      preconditions: { ifMatch: null, ifNoneMatch: null },
    }
    return create(context, types[kind], input, wanted[kind])
  }
}

// People are made in order, so those that are there are the first ones; but of those in flight when
// a run ended any may be missing.
async function countThere(rows: TenantStore, seed: number, users: number, inFlight: number) {
  const has = (index: number) => isThere(rows, 'User', demoId(seed, 'person', index))
  let low = 0
  let high = users
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (await has(middle)) low = middle + 1
    else high = middle
  }
  return { certain: Math.max(0, low - inFlight), unsure: Math.min(users, low + inFlight) }
}

async function isThere(rows: TenantStore, type: string, id: string): Promise<boolean> {
  return (await rows.read(type, id, { edges: [] })) !== undefined
}

async function addMembers(
  rows: TenantStore,
  group: DemoGroup,
  made: Made,
  progress: (made: Made) => void,
  stopped: () => boolean,
): Promise<void> {
  const write = {
    at: madeAt('group', group.index),
    actor: ACTOR,
    request: `demo-group-${group.index}`,
    view: { edges: [] },
  }
  for (const members of chunks(group.members())) {
    if (stopped()) return
    const steps = [{ kind: 'add', members }] as const
    const change = { edges: steps, memberTypes: ['User', 'Group'], what: {} }
    let before = 0
    const after = await rows.change(
      'Group',
      group.id,
      (current) => {
        before = current.version
        return change
      },
      write,
    )
    if (after?.version !== before) made.memberships += members.length
    progress(made)
  }
}

function* chunks(ids: Iterable<string>): Generator<readonly Member[]> {
  let chunk: Member[] = []
  for (const id of ids) {
    chunk.push({ id })
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

function* numbers(from: number, to: number, stopped: () => boolean): Generator<number> {
  for (let index = from; index < to && !stopped(); index++) yield index
}

function* until<T>(items: Iterable<T>, stopped: () => boolean): Generator<T> {
  for (const item of items) {
    if (stopped()) return
    yield item
  }
}

// Works on so many at once, taken in order. The first failure ends it.
async function inParallel<T>(
  items: Iterator<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let failed = false
  const worker = async () => {
    for (let next = items.next(); !next.done && !failed; next = items.next()) {
      try {
        await work(next.value)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: width }, worker))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
}
