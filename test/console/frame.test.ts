/** What all routes of the console's API have in common. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { adminApi } from '../../src/server/admin/api.ts'
import { route } from '../../src/server/admin/route.ts'
import { consoleSite } from '../../src/server/admin/static.ts'
import { ORIGIN, startConsole, type TestConsole } from '../support/console.ts'

let at: TestConsole
beforeEach(async () => {
  at = await startConsole()
})
afterEach(() => at.close())

const ask = (path: string) =>
  new Request(`http://x${path}`, { headers: { Accept: 'text/html', 'Accept-Encoding': 'gzip' } })

describe('a session', () => {
  test('says who is there, and which tenants are theirs', async () => {
    const view = await (await at.as('viewer', '/session')).json()
    expect(view).toMatchObject({
      operator: { email: 'viewer@example.com' },
      isRoot: false,
      tenants: [{ name: 'main', role: 'viewer' }],
    })
    const root = await (await at.as('root', '/session')).json()
    expect(root).toMatchObject({ isRoot: true, tenants: [{ role: 'owner' }, { role: 'owner' }] })
  })

  test('ends after half an hour without use, and is kept by use', async () => {
    const cookie = await at.signIn('viewer')
    for (let index = 0; index < 3; index++) {
      at.advance(29 * 60_000)
      expect((await at.as(cookie, '/session')).status).toBe(200)
    }
    at.advance(30 * 60_000)
    const over = await at.as(cookie, '/session')
    expect(over.status).toBe(401)
    expect(await over.json()).toMatchObject({ code: 'signIn' })
  })

  test('is not kept by a page that asks again while nobody is there', async () => {
    const cookie = await at.signIn('viewer')
    const asks = async (headers?: Record<string, string>) => {
      at.advance(16 * 60_000)
      return (await at.as(cookie, '/session', { ...(headers && { headers }) })).status
    }
    const unattended = { 'X-Rollcall-Unattended': '1' }
    const statuses = [await asks(unattended), await asks(), await asks()]
    expect(statuses).toEqual([200, 401, 401])
  })

  test('ends after twelve hours, whatever happens', async () => {
    const cookie = await at.signIn('viewer')
    for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
      at.advance(20 * 60_000)
      expect((await at.as(cookie, '/session')).status).toBe(200)
    }
    at.advance(20 * 60_000)
    expect((await at.as(cookie, '/session')).status).toBe(401)
  })

  test('ends with signing out, and the cookie with it', async () => {
    const cookie = await at.signIn('viewer')
    const out = await at.as(cookie, '/sign-out', { method: 'POST' })
    expect(out.status).toBe(204)
    expect(out.headers.get('Set-Cookie')).toMatch(/^__Host-rollcall=; .*Max-Age=0/)
    expect((await at.as(cookie, '/session')).status).toBe(401)
  })
})

describe('every answer', () => {
  test('is kept by nobody, and a refusal is a problem', async () => {
    const refused = await at.as(null, '/session')
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json')
    expect(refused.headers.get('Cache-Control')).toBe('no-store')
    expect((await at.as('viewer', '/session')).headers.get('Cache-Control')).toBe('no-store')
    expect((await at.as('viewer', '/nothing')).status).toBe(404)
  })
})

describe('what comes', () => {
  const taking = () =>
    adminApi(at.service, {
      routes: [
        route({
          method: 'POST',
          path: '/take',
          access: 'public',
          body: z.strictObject({ name: z.string() }),
          handle: async ({ body }) => body,
        }),
        route({
          method: 'GET',
          path: '/fail',
          access: 'public',
          handle: async () => {
            throw new Error('secret')
          },
        }),
      ],
    })
  const send = (body: string, headers: Record<string, string> = {}) =>
    taking().request(`${ORIGIN}/take`, {
      method: 'POST',
      body,
      headers: {
        'X-Rollcall-Console': '1',
        Origin: ORIGIN,
        'Content-Type': 'application/json',
        ...headers,
      },
    })

  test('is JSON, of the form the route wants, and not large', async () => {
    expect(await (await send('{"name":"x"}')).json()).toEqual({ name: 'x' })
    expect((await send('{"name":"x"}', { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await send('{')).status).toBe(400)
    const wrong = await send('{"name":1}')
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { field: 'name' }])
    expect((await send(JSON.stringify({ name: 'x'.repeat(1024 * 1024) }))).status).toBe(413)
  })

  test('a fault of ours tells nothing of itself', async () => {
    const response = await taking().request(`${ORIGIN}/fail`)
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.not.stringContaining('secret'),
    ])
  })
})

describe('the files of the console', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><p>Console')
    writeFileSync(join(folder, 'assets', 'index-B7PI925R.js'), 'start()')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const HERE = 'http://127.0.0.1:8080'

  test('are served compressed, hashed ones for ever, the page for every page', async () => {
    const site = consoleSite(HERE, folder)
    const script = await site?.answer(ask('/assets/index-B7PI925R.js'), '/assets/index-B7PI925R.js')
    expect(script?.headers.get('Cache-Control')).toContain('immutable')
    expect(script?.headers.get('Content-Type')).toContain('text/javascript')
    expect(gunzipSync(await script!.bytes()).toString()).toBe('start()')
    for (const path of ['/', '/users/1']) {
      const page = await site?.answer(ask(path), path)
      expect(page?.headers.get('Cache-Control')).toBe('no-cache')
      expect(page?.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
      expect(gunzipSync(await page!.bytes()).toString()).toContain('Console')
    }
  })

  test('tell browsers to come by TLS alone, where it is to be had', async () => {
    const told = async (url: string) =>
      (await consoleSite(url, folder)?.answer(ask('/'), '/'))?.headers.get(
        'Strict-Transport-Security',
      )
    expect(await told('https://id.example.com')).toBe('max-age=31536000')
    expect(await told(HERE)).toBeNull()
  })

  test('are nothing to who does not want a page, and no other file is', async () => {
    const site = consoleSite(HERE, folder)
    expect(await site?.answer(new Request('http://x/'), '/')).toBeUndefined()
    expect(await site?.answer(new Request('http://x/../x'), '/../index.html')).toBeUndefined()
    expect(consoleSite(HERE, join(folder, 'assets'))).toBeUndefined()
  })
})
