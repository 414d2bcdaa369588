import { expect, test } from 'vitest'
import { memoryStore } from '../store/memory.ts'
import { isWellFormed } from './api-keys.ts'
import { banner, firstKey } from './first-run.ts'

const now = () => 1_800_000_000_000
const place = {
  baseUrl: 'https://id.example.com/scim/v2',
  consoleUrl: 'https://id.example.com/',
  localUrl: 'http://127.0.0.1:3000/scim/v2',
  data: '/srv/data/rollcall.db',
  command: (words: string) => `rollcall ${words} --database sqlite:/srv/data/rollcall.db`,
  version: '1.2.3',
}

test('the first start makes the default tenant and one key; the next makes nothing', async () => {
  const { registry } = memoryStore()
  const key = await firstKey(registry, { now, quiet: false })
  expect(isWellFormed(key ?? '')).toBe(true)
  expect(await firstKey(registry, { now, quiet: false })).toBeUndefined()
  expect(await registry.keys()).toMatchObject([{ scope: 'write', expires: null }])
  expect(await registry.tenants()).toMatchObject([{ name: 'default' }])
})

test('a quiet start makes no key, since nobody would see it', async () => {
  const { registry } = memoryStore()
  expect(await firstKey(registry, { now, quiet: true })).toBeUndefined()
  expect(await registry.keys()).toEqual([])
  expect(await registry.tenants()).toHaveLength(1)
})

test('the first words hold the base URL, the key and a curl of this machine', () => {
  const words = banner(place, 'rc_secret')
  expect(words).toContain('Base URL  https://id.example.com/scim/v2')
  expect(words).toContain('API key   rc_secret')
  expect(words).toContain('curl http://127.0.0.1:3000/scim/v2/Users \\\n')
})

test('later words hold where the data lies and how to make another key', () => {
  const words = banner(place, undefined)
  expect(words).toContain('Console   https://id.example.com/\n')
  expect(words).toContain('/srv/data/rollcall.db')
  expect(words).toContain('rollcall key create --name NAME --database sqlite:/srv/data/rollcall.db')
  expect(words).not.toContain('curl')
})
