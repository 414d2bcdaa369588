import { describe, expect, test } from 'vitest'
import { type ApiKey, NameTaken, type Tenant, type TenantSettings } from '../registry.ts'
import { type Arena, tenantNamed } from './arena.ts'

export function registryContract(arena: () => Arena): void {
  let count = 0
  const registry = () => arena().registry
  const newTenant = async (): Promise<Tenant> => {
    const tenant = tenantNamed(`registry-${++count}`)
    await registry().addTenant(tenant)
    return tenant
  }
  const newKey = async (tenant: Tenant, more: Partial<ApiKey> = {}): Promise<ApiKey> => {
    const number = String(++count)
    const key: ApiKey = {
      id: `key-${number}`,
      tenant: tenant.id,
      name: `Key "${number}" é`,
      scope: 'write',
      hash: number.padStart(64, '0'),
      hint: 'wxyz',
      created: 1_700_000_000_000 + count,
      expires: null,
      revoked: null,
      replaces: null,
      lastUsed: null,
      ...more,
    }
    await registry().addKey(key)
    return key
  }

  describe('registry: secrets', () => {
    test('are what was made first, whoever asks, however many at once', async () => {
      const makes = Array.from({ length: 20 }, (_, index) => () => `secret-${index}`)
      const first = await Promise.all(makes.map((make) => registry().secret('seal', make)))
      expect(new Set(first).size).toBe(1)
      expect(await registry().secret('seal', () => 'later')).toBe(first[0])
      expect(await registry().secret('other', () => 'another')).toBe('another')
    })
  })

  describe('registry: the address of the service', () => {
    test('is the last that was told', async () => {
      await registry().setAddress('http://127.0.0.1:1')
      await registry().setAddress('https://id.example.com/x')
      expect(await registry().address()).toBe('https://id.example.com/x')
    })
  })

  describe('registry: tenants', () => {
    test('are found by id and by name, and nothing else', async () => {
      const tenant = await newTenant()
      expect(await registry().tenant(tenant.id)).toEqual(tenant)
      expect(await registry().tenant(tenant.name)).toEqual(tenant)
      expect(await registry().tenant('nobody')).toBeUndefined()
      expect(await registry().tenants()).toContainEqual(tenant)
    })

    test('whose name another one has are NameTaken and are not added', async () => {
      const tenant = await newTenant()
      const other = { ...tenantNamed('other'), name: tenant.name }
      await expect(registry().addTenant(other)).rejects.toThrow(NameTaken)
      expect(await registry().tenant(other.id)).toBeUndefined()
      expect(await registry().tenant(tenant.name)).toEqual(tenant)
    })

    test('added at once under one name are one', async () => {
      const name = `at-once-${++count}`
      const added = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          registry().addTenant({ ...tenantNamed(`${name}-${index}`), name }),
        ),
      )
      const refusals = added.filter((one) => one.status === 'rejected')
      expect(refusals).toHaveLength(19)
      for (const { reason } of refusals) expect(reason).toBeInstanceOf(NameTaken)
    })

    test('have the settings of today where they were added before there were these', async () => {
      const { retention: _, bodies: __, ...before } = tenantNamed('').settings
      const tenant = { ...tenantNamed(`before-${++count}`), settings: before as TenantSettings }
      await registry().addTenant(tenant)
      const settings = { ...before, retention: 30, bodies: 'all' }
      expect((await registry().tenant(tenant.id))?.settings).toEqual(settings)
      expect(await registry().tenants()).toContainEqual({ ...tenant, settings })
    })

    test('change their settings and nothing else, each its own', async () => {
      const tenant = await newTenant()
      const other = await newTenant()
      const shown = { profile: 'strict', recreate: 'new', groupNames: 'unique' } as const
      const settings = { ...shown, retention: 0, bodies: 'none' } as const
      await registry().changeSettings(tenant.id, settings)
      expect(await registry().tenant(tenant.id)).toEqual({ ...tenant, settings })
      expect(await registry().tenant(other.id)).toEqual(other)
    })
  })

  describe('registry: keys', () => {
    test('are found by hash, with their tenant', async () => {
      const tenant = await newTenant()
      const more = { scope: 'read', expires: 1_800_000_000_000, replaces: 'key-0' } as const
      const key = await newKey(tenant, more)
      await newKey(await newTenant())
      expect(await registry().keyByHash(key.hash)).toEqual({ key, tenant })
      expect(await registry().keyByHash('f'.repeat(64))).toBeUndefined()
    })

    test('come with the settings that their tenant has now', async () => {
      const tenant = await newTenant()
      const key = await newKey(tenant)
      await registry().keyByHash(key.hash)
      const settings = { ...tenant.settings, profile: 'strict' } as const
      await registry().changeSettings(tenant.id, settings)
      expect((await registry().keyByHash(key.hash))?.tenant.settings).toEqual(settings)
    })

    test('are listed newest first, of one tenant or of all', async () => {
      const [one, two] = [await newTenant(), await newTenant()]
      const first = await newKey(one)
      const second = await newKey(two)
      const third = await newKey(one)
      expect(await registry().keys(one.id)).toEqual([third, first])
      expect((await registry().keys()).slice(0, 3)).toEqual([third, second, first])
      expect(await registry().keys('nobody')).toEqual([])
    })

    test('are revoked once, and are told as revoked from then on', async () => {
      const tenant = await newTenant()
      const key = await newKey(tenant)
      const other = await newKey(tenant)
      expect(await registry().revokeKey(key.id, 5_000)).toBe(true)
      expect(await registry().revokeKey(key.id, 6_000)).toBe(false)
      expect(await registry().revokeKey('nobody', 5_000)).toBe(false)
      expect((await registry().keyByHash(key.hash))?.key).toEqual({ ...key, revoked: 5_000 })
      expect((await registry().keyByHash(other.hash))?.key).toEqual(other)
    })

    test('end at a moment that is set, and never later than they would', async () => {
      const tenant = await newTenant()
      const forEver = await newKey(tenant)
      const brief = await newKey(tenant, { expires: 5_000 })
      const revoked = await newKey(tenant, { revoked: 1_000 })
      expect(await registry().expireKey(forEver.id, 7_000)).toBe(true)
      expect(await registry().expireKey(brief.id, 7_000)).toBe(true)
      expect(await registry().expireKey(revoked.id, 7_000)).toBe(false)
      expect(await registry().expireKey('nobody', 7_000)).toBe(false)
      const ends = (await registry().keys(tenant.id)).map(({ expires }) => expires)
      expect(ends).toEqual([null, 5_000, 7_000])
    })

    test('note their last use', async () => {
      const tenant = await newTenant()
      const key = await newKey(tenant)
      const used = { at: 7_000, from: '192.0.2.1', agent: 'curl/8 "é"' }
      await registry().touchKey(key.id, used)
      expect(await registry().keys(tenant.id)).toEqual([{ ...key, lastUsed: used }])
      const later = { at: 8_000, from: null, agent: null }
      await registry().touchKey(key.id, later)
      expect(await registry().keys(tenant.id)).toEqual([{ ...key, lastUsed: later }])
    })

    test('whose hash another one has are refused', async () => {
      const tenant = await newTenant()
      const key = await newKey(tenant)
      await expect(newKey(await newTenant(), { hash: key.hash })).rejects.toThrow()
      expect(await registry().keyByHash(key.hash)).toEqual({ key, tenant })
    })

    test('move the epoch, where there is one, with whatever becomes of them or their tenant', async () => {
      const epoch = () => registry().epoch?.()
      if (epoch() === undefined) return
      const seen = [epoch()]
      const moved = () => expect(seen).not.toContain(epoch()) ?? seen.push(epoch())
      const tenant = await newTenant()
      moved()
      const key = await newKey(tenant)
      moved()
      await registry().changeSettings(tenant.id, { ...tenant.settings, profile: 'strict' })
      moved()
      await registry().revokeKey(key.id, 5_000)
      moved()
      expect(epoch()).toBe(epoch())
    })
  })
}
