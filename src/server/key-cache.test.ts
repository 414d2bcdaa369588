import { beforeEach, describe, expect, test } from 'vitest'
import { memoryStore } from '../store/memory.ts'
import type { Registry } from '../store/registry.ts'
import { createKey } from './api-keys.ts'
import { keyCache } from './key-cache.ts'
import { createTenant } from './tenants.ts'

const start = 1_800_000_000_000
let now: number
let real: Registry
let asked: number
let id: string
let hash: string

beforeEach(async () => {
  now = start
  asked = 0
  real = memoryStore().registry
  const { id: tenant } = await createTenant(real, 'acme', {}, () => now)
  const wanted = { tenant, name: 'k', scope: 'write', lifetime: null } as const
  ;({ id, hash } = (await createKey(real, wanted, { now: () => now })).key)
})

/** The real registry, counting. */
const counting = (epoch: boolean): Registry => ({
  ...real,
  ...(epoch ? {} : { epoch: undefined }),
  keyByHash(wanted) {
    asked++
    return real.keyByHash(wanted)
  },
})

test('made-up keys are asked for each time, and nothing of them is kept', async () => {
  const find = keyCache(counting(true), () => now)
  expect(await find('f'.repeat(64))).toBeUndefined()
  expect(await find('f'.repeat(64))).toBeUndefined()
  expect(asked).toBe(2)
})

describe('where the store tells that something has changed', () => {
  test('a key is asked for once, for ever', async () => {
    const find = keyCache(counting(true), () => now)
    for (let day = 0; day < 3; day++) {
      expect((await find(hash))?.key.id).toBe(id)
      now += 86_400_000
    }
    expect(asked).toBe(1)
  })

  test('a revoked key is told as revoked the next time, and so are new settings', async () => {
    const find = keyCache(counting(true), () => now)
    const { tenant } = (await find(hash)) ?? {}
    await real.revokeKey(id, now)
    expect((await find(hash))?.key.revoked).toBe(now)
    await real.changeSettings(tenant?.id ?? '', { ...tenant!.settings, profile: 'strict' })
    expect((await find(hash))?.tenant.settings.profile).toBe('strict')
  })

  test('a change while it is being asked for is seen the next time', async () => {
    const registry = counting(true)
    const find = keyCache(
      {
        ...registry,
        async keyByHash(wanted) {
          const found = await registry.keyByHash(wanted)
          if (asked === 1) await real.revokeKey(id, now)
          return found
        },
      },
      () => now,
    )
    expect((await find(hash))?.key.revoked).toBeNull()
    expect((await find(hash))?.key.revoked).toBe(now)
  })
})

describe('where the store cannot tell', () => {
  test('a key is good for half a second, and no longer', async () => {
    const find = keyCache(counting(false), () => now)
    await find(hash)
    await real.revokeKey(id, now)
    now = start + 249
    expect((await find(hash))?.key.revoked).toBeNull()
    expect(asked).toBe(1)
    now = start + 500
    expect((await find(hash))?.key.revoked).toBe(start)
  })

  test('a key in use is asked for again before that, and nobody waits for it', async () => {
    const find = keyCache(counting(false), () => now)
    await find(hash)
    await real.revokeKey(id, now)
    now = start + 250
    expect(find(hash)).not.toBeInstanceOf(Promise)
    find(hash)
    expect(asked).toBe(2)
    await expect.poll(async () => (await find(hash))?.key.revoked).toBe(start)
    expect(asked).toBe(2)
  })

  test('a store that does not answer is asked again, and fails once the key is too old', async () => {
    const registry = counting(false)
    let away = false
    const find = keyCache(
      {
        ...registry,
        keyByHash: (wanted) =>
          away ? Promise.reject(new Error('away')) : registry.keyByHash(wanted),
      },
      () => now,
    )
    await find(hash)
    away = true
    now = start + 300
    expect((await find(hash))?.key.id).toBe(id)
    now = start + 500
    await expect(async () => find(hash)).rejects.toThrow('away')
  })

  test('a clock that is set back makes no key good for longer', async () => {
    const find = keyCache(counting(false), () => now)
    await find(hash)
    await real.revokeKey(id, now)
    now = start - 3_600_000
    expect((await find(hash))?.key.revoked).toBe(start)
  })
})
