import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { memoryStore } from '../store/memory.ts'
import type { Registry } from '../store/registry.ts'
import {
  authenticateKey,
  createKey,
  hashKey,
  isWellFormed,
  newSecret,
  parseLifetime,
  type Refusal,
} from './api-keys.ts'
import { GATHERED } from './key-uses.ts'
import { createTenant, defaultSettings } from './tenants.ts'

describe('the form of a key', () => {
  test('is rc_ and 38 base62 characters, of which 32 are random', () => {
    const made = new Set(Array.from({ length: 200 }, () => newSecret()))
    expect(made.size).toBe(200)
    for (const key of made) {
      expect(key).toMatch(/^rc_[0-9A-Za-z]{38}$/)
      expect(isWellFormed(key)).toBe(true)
    }
  })

  test('ends in the CRC-32 of what comes before, in base62', () => {
    const key = newSecret((size) => new Uint8Array(size).fill(10))
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    const sum = [...key.slice(-6)].reduce((value, digit) => value * 62 + digits.indexOf(digit), 0)
    expect(key.slice(0, -6)).toBe(`rc_${'A'.repeat(32)}`)
    expect(sum).toBe(crc32(key.slice(0, -6)))
  })

  test('one changed character breaks it', () => {
    const key = newSecret()
    fc.assert(
      fc.property(
        fc.nat({ max: key.length - 1 }),
        fc.constantFrom('a', 'B', '0', '_'),
        (at, by) => {
          const changed = key.slice(0, at) + by + key.slice(at + 1)
          expect(isWellFormed(changed)).toBe(changed === key)
        },
      ),
    )
  })
})

describe('authentication', () => {
  const start = 1_800_000_000_000
  let now = start
  let registry: Registry
  let asked: number
  let refusals: Refusal[]
  let tenant: string
  let authenticate: ReturnType<typeof authenticateKey>
  const request = { address: '10.0.0.7', agent: 'test' }

  beforeEach(async () => {
    now = start
    asked = 0
    refusals = []
    const real = memoryStore().registry
    registry = {
      ...real,
      keyByHash(hash) {
        asked++
        return real.keyByHash(hash)
      },
    }
    tenant = (await createTenant(registry, 'acme', {}, () => now)).id
    authenticate = authenticateKey(registry, {
      now: () => now,
      refused: (reason) => refusals.push(reason),
      isOwn: (agent) => agent === 'ours',
    })
  })

  const make = (lifetime: number | null = null, scope: 'read' | 'write' = 'write') =>
    createKey(registry, { tenant, name: 'k', scope, lifetime }, { now: () => now })

  test('a key is its tenant, its scope and its name in the change log', async () => {
    const { key, secret } = await make(null, 'read')
    expect(await authenticate(secret, request)).toEqual({
      tenant,
      actor: `key:${key.id}`,
      scope: 'read',
      settings: defaultSettings,
    })
  })

  test('what lies at rest is a SHA-256 and the last four characters, never the key', async () => {
    const { secret } = await make()
    const [key] = await registry.keys()
    expect(key).toMatchObject({ hash: hashKey(secret), hint: secret.slice(-4) })
    expect(JSON.stringify(key)).not.toContain(secret.slice(3, 30))
  })

  test('junk is refused without asking the database', async () => {
    const { secret } = await make()
    for (const junk of [
      '',
      ' ',
      'x',
      'rc_',
      secret.slice(0, -1),
      `${secret}0`,
      'a'.repeat(10_000),
    ]) {
      expect(await authenticate(junk, request)).toEqual({ refused: 'malformed' })
    }
    expect(asked).toBe(0)
    expect(new Set(refusals)).toEqual(new Set(['malformed']))
  })

  test('an unknown key is nobody', async () => {
    expect(await authenticate(newSecret(), request)).toEqual({ refused: 'unknown' })
    expect(refusals).toEqual(['unknown'])
  })

  test('a revoked key fails at the next request, and another one of the tenant goes on', async () => {
    const [one, other] = [await make(), await make()]
    expect(await authenticate(one.secret, request)).not.toHaveProperty('refused')
    await registry.revokeKey(one.key.id, now)
    expect(await authenticate(one.secret, request)).toMatchObject({ refused: 'revoked', tenant })
    expect(await authenticate(other.secret, request)).not.toHaveProperty('refused')
    expect(refusals).toEqual(['revoked'])
  })

  test('a key lives until the millisecond it expires', async () => {
    const { secret } = await make(parseLifetime('12h'))
    now = start + 12 * 3_600_000 - 1
    expect(await authenticate(secret, request)).not.toHaveProperty('refused')
    now++
    expect(await authenticate(secret, request)).toMatchObject({ refused: 'expired', tenant })
    expect(refusals).toEqual(['expired'])
  })

  test('last use is noted at once, and the last of a burst when it is gathered', async () => {
    vi.useFakeTimers()
    onTestFinished(() => {
      vi.useRealTimers()
    })
    const { secret } = await make()
    const lastUsed = async () => (await registry.keys())[0]?.lastUsed
    await authenticate(secret, request)
    expect(await lastUsed()).toEqual({ at: start, from: '10.0.0.7', agent: 'test' })
    for (now of [start + 1, start + GATHERED - 1]) await authenticate(secret, request)
    expect((await lastUsed())?.at).toBe(start)
    vi.advanceTimersByTime(GATHERED)
    expect((await lastUsed())?.at).toBe(start + GATHERED - 1)
  })

  test('no key is kept as part of the agent that used it', async () => {
    const { secret } = await make()
    const agent = async (text: string) => {
      now += GATHERED
      await authenticate(secret, { ...request, agent: text })
      return (await registry.keys())[0]?.lastUsed?.agent
    }
    expect(await agent(`sync ${secret}`)).toBe('sync rc_[redacted]')
    const cut = await agent(`${'x'.repeat(180)} ${secret}`)
    expect(secret.startsWith(cut?.split(' ')[1]?.slice(0, 4) ?? '')).toBe(false)
    expect(await agent(secret.replace('rc_', '%72c_'))).toBe('rc_[redacted]')
    expect(await agent('Sync/1 password=hunter2')).toBe('Sync/1 password=[redacted]')
    expect(await agent('Sync/1 pa%73sword%3Dhunter2')).not.toContain('hunter2')
  })

  test('trying a key in the console is not a use of it', async () => {
    const { secret } = await make()
    await authenticate(secret, { ...request, agent: 'ours' })
    expect((await registry.keys())[0]?.lastUsed).toBeNull()
  })
})

test('lifetimes are days, hours, minutes or never', () => {
  expect(['90d', '12h', '5m', 'never'].map(parseLifetime)).toEqual([
    7_776_000_000,
    43_200_000,
    300_000,
    null,
  ])
  for (const bad of ['', '0d', '90', '-1d', '1.5h', '1y', '9999999d']) {
    expect(() => parseLifetime(bad)).toThrow()
  }
})
