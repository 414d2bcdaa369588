/**
 * The port, executable: every promise of `store.ts` and `registry.ts` as a test.
 *
 * Call it in a test file of Vitest, with a way to open an empty store. It opens one for all tests,
 * and tells them apart by tenant; a canary tenant is filled first and compared last.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Arena, arena, type Opened, Scene, tenantNamed } from './contract/arena.ts'
import { changeContract } from './contract/change.ts'
import { changesContract } from './contract/changes.ts'
import { concurrencyContract } from './contract/concurrency.ts'
import { createContract } from './contract/create.ts'
import { deleteContract } from './contract/delete.ts'
import { edgesContract } from './contract/edges.ts'
import { filterContract } from './contract/filter.ts'
import { placesContract } from './contract/places.ts'
import { randomFilters } from './contract/random-filters.ts'
import { readContract } from './contract/read.ts'
import { registryContract } from './contract/registry.ts'
import { searchContract } from './contract/search.ts'
import { sortContract } from './contract/sort.ts'
import { suspendedContract } from './contract/suspended.ts'
import { canaryScene, tenantsContract } from './contract/tenants.ts'

export type { Opened } from './contract/arena.ts'

export interface ContractOptions {
  /** Opens a store that is empty. */
  open(): Promise<Opened>
  /** How many random filters are compared with `match`; 200 unless told. */
  readonly runs?: number
  /** Repeats the random filters of a run that failed. */
  readonly seed?: number
}

/** Registers the tests. */
export function storeContract(options: ContractOptions): void {
  describe('the store contract', () => {
    let opened: Opened
    let ground: Arena
    let canary: Scene
    let before: unknown
    beforeAll(async () => {
      opened = await options.open()
      ground = arena(opened)
      canary = await canaryScene(ground)
      before = await canary.everything()
    })
    afterAll(() => opened.close())
    const scene = () => ground.scene()

    readyContract(options)
    createContract(scene)
    readContract(scene)
    changeContract(scene)
    edgesContract(scene)
    deleteContract(scene)
    suspendedContract(scene)
    searchContract(scene)
    placesContract(scene)
    filterContract(scene)
    sortContract(scene)
    randomFilters(scene, { runs: 200, ...options })
    changesContract(scene)
    concurrencyContract(scene)
    registryContract(() => ground)
    tenantsContract(scene, async () => expect(await canary.everything()).toEqual(before))
  })
}

function readyContract({ open }: ContractOptions): void {
  describe('open', () => {
    test('is ready until it is closed', async () => {
      const { store, close } = await open()
      await expect(store.ready()).resolves.toBeUndefined()
      await close()
    })

    test('has everything that was resolved when it is opened again', async () => {
      const first = await open()
      const tenant = tenantNamed('durable')
      await first.registry.addTenant(tenant)
      const written = new Scene(first.store.tenant(tenant.id))
      const users = await Promise.all(['a', 'b', 'c'].map((name) => written.user(name)))
      await written.group('x', ...users.map(({ id }) => id))
      await written.suspend(users[0]!.id)
      const everything = await written.everything()

      const second = first.reopen === undefined ? first : await first.reopen()
      expect(await second.registry.tenants()).toEqual([tenant])
      expect(await new Scene(second.store.tenant(tenant.id)).everything()).toEqual(everything)
      await second.close()
    })
  })
}
