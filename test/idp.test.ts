/**
 * What identity providers send (idp/): every recorded conversation against the whole service.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { QUIRKS } from '../console/src/words/quirks.ts'
import { quirks } from '../src/protocol/quirks.ts'
import type { TenantSettings } from '../src/store/registry.ts'
import { type App, BASE_URL, startApp } from './support/app.ts'
import { type Recording, runConversation } from './support/conversation.ts'

const FOLDER = join(import.meta.dirname, '..', 'idp')
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
const recordings = files.map(
  (file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recording] as const,
)

describe('a recorded conversation', () => {
  test.each(recordings)('%s goes from first to last', async (_, recording) => {
    const app = await open(recording.profile ?? 'tolerant')
    const before = await app.canary()
    await converse(recording, app)
    expect(app.faults).toEqual([])
    expect([...quirksUsed(app)].sort()).toEqual([...recording.quirks].sort())
    expect(await app.canary()).toBe(before)
  })

  const quirky = recordings.filter(([, { quirks }]) => quirks.length > 0)

  test.each(quirky)('%s is refused by the strict profile', async (_, recording) => {
    const app = await open('strict')
    await expect(converse(recording, app)).rejects.toThrow('answered 400')
    expect(app.faults).toEqual([])
    expect([...quirksUsed(app)]).toEqual([])
  })

  const plain = recordings.filter(([, { quirks }]) => quirks.length === 0)

  test.each(plain)('%s needs no tolerance', async (_, recording) => {
    const app = await open('strict')
    await converse(recording, app)
  })
})

describe('a quirk', () => {
  test('can be looked for in the console', () => {
    expect([...QUIRKS].sort()).toEqual(Object.keys(quirks).sort())
  })

  test.each(Object.entries(quirks))('%s is in the recording it names', (name, { recording }) => {
    expect(files).toContain(recording)
    expect(Object.fromEntries(recordings)[recording]?.quirks).toContain(name)
  })
})

describe('a recording', () => {
  test.each(recordings)('%s says who speaks and where that was seen', (_, recording) => {
    expect(recording.client).not.toBe('')
    expect(recording.source.length).toBeGreaterThan(0)
    expect(recording.quirks.filter((name) => !Object.hasOwn(quirks, name))).toEqual([])
  })

  test.each(files)('%s invents its people', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8')
    const domains = [...text.matchAll(/@([\w.-]+\.\w+)/g)].map((match) => match[1])
    const real = domains.filter((domain) => !/^example\.(com|org|net)$/i.test(domain ?? ''))
    expect(real).toEqual([])
  })
})

async function open(profile: TenantSettings['profile']): Promise<App> {
  const app = await startApp({ settings: { profile } })
  onTestFinished(() => app.close())
  return app
}

const converse = (recording: Recording, app: App) =>
  runConversation(recording, app.fetch, { baseUrl: BASE_URL })

// The canary tenant's own requests come before the conversation and need none.
const quirksUsed = (app: App) => new Set(app.entries.flatMap((entry) => entry.quirks))
