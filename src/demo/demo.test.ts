import { describe, expect, test } from 'vitest'
import { strict } from '../protocol/quirks.ts'
import { acceptResource } from '../protocol/resource/accept.ts'
import { valueLimits } from '../protocol/resource/value.ts'
import { groupType, userType } from '../protocol/schema/core/types.ts'
import { newResource } from '../store/contract/arena.ts'
import { memoryStore } from '../store/memory.ts'
import { laterSettings, type Tenant } from '../store/registry.ts'
import { fill } from './fill.ts'
import { FIXED_GROUPS, usualGroups } from './groups.ts'
import { GroupNamesHeld } from './held-names.ts'
import { demoId } from './ids.ts'
import { user } from './person.ts'

const tenant: Tenant = {
  id: 'acme',
  name: 'acme',
  created: 0,
  settings: {
    profile: 'tolerant',
    recreate: 'restore',
    groupNames: 'unique',
    ...laterSettings,
  },
}

describe('the people of the demo', () => {
  test('are the same for a seed, and others for another', () => {
    expect(user(7, 123)).toEqual(user(7, 123))
    expect(user(8, 123)).not.toEqual(user(7, 123))
  })

  test('have names that nobody else has, whatever script they are written in', () => {
    const names = Array.from({ length: 30_000 }, (_, index) => String(user(1, index).userName))
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => !/^[a-z.]+\d*@[a-z]{2}\.northwind\.example$/.test(name))).toEqual(
      [],
    )
  })

  test('are what a strict server takes, whole', () => {
    const context = { tolerate: strict, limits: valueLimits }
    for (let index = 0; index < 500; index++) {
      const { body } = acceptResource(user(1, index), userType, context)
      expect(JSON.parse(JSON.stringify(body))).toEqual(user(1, index))
    }
  })

  test('have ids in the order in which they came', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => demoId(1, 'person', index))
    expect(ids.toSorted()).toEqual(ids)
  })
})

describe('filling a tenant', () => {
  const filling = { users: 300, groups: usualGroups(300), seed: 1, inFlight: 64, tenant }

  test('makes everybody once, however often it is run and wherever it ended', async () => {
    const store = memoryStore()
    const stop = new AbortController()
    const first = await fill({
      ...filling,
      store,
      signal: stop.signal,
      progress: () => stop.abort(),
    })
    expect(first.users + first.groups).toBeLessThan(300 + filling.groups)
    const second = await fill({ ...filling, store })
    expect(second.usersThere + second.users).toBe(300)
    expect(second.groupsThere + second.groups).toBe(filling.groups)
    const steps: string[] = []
    const third = await fill({ ...filling, store, step: (next) => steps.push(next) })
    expect(steps).toEqual([
      ...['looking whether names of groups are free', 'looking who is there already'],
      ...['making people', 'making groups and their members'],
    ])
    expect(third).toMatchObject({ users: 0, groups: 0, memberships: 0 })
    const { total } = await store.tenant('acme').search({
      parts: [
        { type: 'User', view: { edges: [] }, lookups: [], refs: {} },
        { type: 'Group', view: { edges: [] }, lookups: [], refs: {} },
      ],
      offset: 0,
      limit: 0,
    })
    expect(total).toBe(300 + filling.groups)
  })

  test('makes nothing where others hold names of its groups, unless they may be the same', async () => {
    const store = memoryStore()
    const rows = store.tenant('acme')
    const write = { at: 0, actor: 'x', request: 'x', view: { edges: [] } }
    for (const displayName of ['EVERYBODY', 'engineering', 'Another']) {
      await rows.create(newResource(groupType, displayName, { displayName }), write)
    }
    const looked: number[] = []
    const checking = (number: number) => looked.push(number)
    const refused = await fill({ ...filling, store, checking }).catch((error: unknown) => error)
    expect(looked).toEqual(Array.from({ length: filling.groups }, (_, index) => index + 1))
    expect(refused).toBeInstanceOf(GroupNamesHeld)
    expect(refused).toMatchObject({ names: ['Everybody', 'Engineering'] })
    expect(await rows.changes({ after: 0, limit: 9 })).toHaveLength(3)
    const settings = { ...tenant.settings, groupNames: 'free' } as const
    const made = await fill({ ...filling, store, tenant: { ...tenant, settings } })
    expect(made).toMatchObject({ users: 300, groups: filling.groups })
  })

  test('makes one group that everybody is in', async () => {
    const store = memoryStore()
    await fill({ ...filling, groups: FIXED_GROUPS, store })
    const edge = { attribute: 'members', side: 'owner', refs: {} } as const
    const group = await store.tenant('acme').read('Group', demoId(1, 'group', 0), { edges: [edge] })
    expect(JSON.parse(group?.edges.members ?? '[]')).toHaveLength(300)
  })
})
