/** Signing in, links that stand for an account, and My Stuff. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ScimError } from '../../src/protocol/errors.ts'
import { requirePassword } from '../../src/server/admin/password-check.ts'
import { newLink } from '../../src/server/admin/people.ts'
import { networkOf } from '../../src/server/admin/sign-in-limits.ts'
import type { Problem } from '../../src/server/admin/types.ts'
import { passwordHasher } from '../../src/server/passwords.ts'
import { ORIGIN, PASSWORD, startConsole, type TestConsole } from '../support/console.ts'

let at: TestConsole
beforeEach(async () => {
  at = await startConsole()
})
afterEach(() => at.close())

const post = (path: string, body: unknown, as: string | null = null) =>
  at.as(as, path, { method: 'POST', body })
const signIn = (email: string, password: string) => post('/sign-in', { email, password })
const cookieOf = (response: Response) => response.headers.get('Set-Cookie')?.split(';', 1)[0] ?? ''

async function linkFor(purpose: 'first' | 'invite' | 'reset', operator: string | null) {
  const { now, database } = at.service
  const world = { operators: database.operators, now, publicUrl: ORIGIN }
  const { url } = await newLink(world, purpose, operator)
  expect(url.startsWith(`${ORIGIN}/sign-in/link#`)).toBe(true)
  return new URL(url).hash.slice(1)
}

describe('signing in', () => {
  test('gives a session to who has the password, in a cookie for this host alone', async () => {
    const response = await signIn(' Owner@Example.COM ', PASSWORD)
    expect(response.status).toBe(200)
    expect(response.headers.get('Set-Cookie')).toMatch(
      /^__Host-rollcall=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    )
    expect(await response.json()).toMatchObject({ operator: { email: 'owner@example.com' } })
    expect((await at.as(cookieOf(response), '/session')).status).toBe(200)
    const held = await at.database.operators.sessions(at.people.owner.id)
    expect(JSON.stringify(held)).not.toContain(cookieOf(response).split('=')[1])
  })

  test('ends the session that was there before', async () => {
    const before = cookieOf(await signIn('owner@example.com', PASSWORD))
    await at.as(before, '/sign-in', {
      method: 'POST',
      body: { email: 'owner@example.com', password: PASSWORD },
    })
    expect((await at.as(before, '/session')).status).toBe(401)
  })

  test('says the same of a wrong password, an unknown person and one without a password', async () => {
    await at.database.operators.change(at.people.admin.id, { password: null })
    const answers = await Promise.all([
      signIn('owner@example.com', 'not this one!'),
      signIn('nobody@example.com', PASSWORD),
      signIn('admin@example.com', PASSWORD),
    ])
    const told = await Promise.all(answers.map(async (one) => [one.status, await one.json()]))
    expect(told[1]).toEqual(told[0])
    expect(told[2]).toEqual(told[0])
    expect(told[0]?.[0]).toBe(401)
  })

  test('is refused after ten tries at one account, with when to come back', async () => {
    for (let index = 0; index < 10; index++) await signIn('owner@example.com', 'wrong wrong wrong')
    const refused = await signIn('owner@example.com', PASSWORD)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(60)
    expect(await refused.json()).toMatchObject({ code: 'wait' })
    expect((await signIn('viewer@example.com', PASSWORD)).status).toBe(200)
  })

  test('is not kept from anybody by a few strangers, and costs no try when nobody looked', async () => {
    for (let index = 0; index < 10; index++) {
      await at.service.limits.attempt('owner@example.com', '192.0.2.1')
    }
    expect((await signIn('owner@example.com', PASSWORD)).status).toBe(200)
    const { passwords } = at.service
    const busy = async () => {
      throw new ScimError(503, undefined, 'too many')
    }
    const service = { ...at.service, passwords: { ...passwords, verify: busy } }
    const { owner } = at.people
    for (let index = 0; index < 11; index++) {
      const tried = requirePassword({ service, address: null }, owner.email, owner, PASSWORD)
      await expect(tried).rejects.toThrow('too many')
    }
    expect((await signIn('owner@example.com', PASSWORD)).status).toBe(200)
  })

  test('is refused after a hundred tries at one account, from wherever', async () => {
    const attempt = (index: number) =>
      at.service.limits.attempt('p@example.com', `192.0.2.${index}`)
    for (let index = 0; index < 100; index++) await attempt(index)
    await expect(attempt(100)).rejects.toThrow('Too many tries')
  })

  test('is refused after fifty tries from one address, whoever is tried', async () => {
    for (let index = 0; index < 50; index++) {
      await at.service.limits.attempt(`p${index}@example.com`, '2001:db8:0:1::1')
    }
    const more = (address: string) => at.service.limits.attempt('another@example.com', address)
    await expect(more('2001:db8:0:1:ffff::2')).rejects.toThrow('Too many tries')
    await expect(more('2001:db8:0:2::1')).resolves.toBeUndefined()
  })

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:0db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('the network of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

describe('a link', () => {
  const mine = { password: 'a new long password', email: 'Ada@Example.com', name: 'Ada' }

  test('makes the first person, once, a root; it is not used up by being looked at', async () => {
    const empty = await startConsole('sqlite', { commandFlags: ['--port 8771'] }, [])
    const { now, database } = empty.service
    const world = { operators: database.operators, now, publicUrl: ORIGIN }
    const { url } = await newLink(world, 'first', null)
    const token = new URL(url).hash.slice(1)
    expect(await (await empty.as(null, '/sign-in')).json()).toMatchObject({
      isNew: true,
      flags: ['--port 8771'],
    })
    const send = (path: string, body: unknown) => empty.as(null, path, { method: 'POST', body })
    const viewed = await send('/sign-in/link', { token })
    expect(await viewed.json()).toMatchObject({ purpose: 'first', email: null, isBack: false })
    const short = await send('/sign-in/link/use', { ...mine, token, password: 'short' })
    expect([short.status, await short.json()]).toMatchObject([400, { field: 'password' }])
    const used = await send('/sign-in/link/use', { token, ...mine })
    expect(await used.json()).toMatchObject({
      isRoot: true,
      operator: { email: 'ada@example.com' },
    })
    expect((await send('/sign-in/link/use', { token, ...mine })).status).toBe(410)
    expect((await send('/sign-in/link', { token })).status).toBe(410)
    expect(await (await empty.as(null, '/sign-in')).json()).toMatchObject({ isNew: false })
    await empty.close()
  })

  test('sets a password anew and ends every session of its person', async () => {
    const before = await at.signIn('owner')
    const token = await linkFor('reset', at.people.owner.id)
    const viewed = await (await post('/sign-in/link', { token })).json()
    expect(viewed).toMatchObject({ purpose: 'reset', email: 'owner@example.com', isBack: true })
    const used = await post('/sign-in/link/use', { token, password: mine.password })
    expect(used.status).toBe(200)
    expect((await at.as(before, '/session')).status).toBe(401)
    expect((await at.as(cookieOf(used), '/session')).status).toBe(200)
    expect((await signIn('owner@example.com', PASSWORD)).status).toBe(401)
    expect((await signIn('owner@example.com', mine.password)).status).toBe(200)
  })

  test('is good for a day', async () => {
    const token = await linkFor('reset', at.people.owner.id)
    at.advance(24 * 3_600_000 - 60_000)
    expect((await post('/sign-in/link', { token })).status).toBe(200)
    at.advance(60_000)
    expect((await post('/sign-in/link', { token })).status).toBe(410)
    expect((await post('/sign-in/link/use', { token, ...mine })).status).toBe(410)
  })
})

describe('a password and whoever lets its person into another tenant', () => {
  const next = 'the next long one'
  let gated: TestConsole
  let between: () => Promise<unknown>
  beforeEach(async () => {
    between = async () => undefined
    const hasher = passwordHasher({ running: 2, waiting: 100 })
    gated = await startConsole('sqlite', {
      passwords: {
        async verify(...given) {
          const isRight = await hasher.verify(...given)
          await between()
          return isRight
        },
        async hash(...given) {
          const hashed = await hasher.hash(...given)
          await between()
          return hashed
        },
      },
    })
  })
  afterEach(() => gated.close())

  const invite = () => {
    between = async () => undefined
    return gated.database.operators.setRole(gated.other.id, gated.people.viewer.id, 'viewer')
  }
  const send = (as: string | null, path: string, body: unknown) =>
    gated.as(as, path, { method: 'POST', body })
  const changing = () => send('viewer', '/me/password', { current: PASSWORD, next })
  const signing = (password: string) =>
    send(null, '/sign-in', { email: 'viewer@example.com', password })
  const left = async () => ({
    password: (await gated.database.operators.operator(gated.people.viewer.id))?.password,
    sessions: await gated.database.operators.sessions(gated.people.viewer.id),
  })
  const nothing = { password: null, sessions: [] }

  test('a change ends with nothing when the password is taken meanwhile, and before', async () => {
    await gated.as('viewer', '/session')
    between = invite
    const refused = await changing()
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'signIn' }])
    expect(await left()).toEqual(nothing)
    expect((await signing(next)).status).toBe(401)
  })

  test('a change that was first is taken away with the rest', async () => {
    expect((await changing()).status).toBe(200)
    await invite()
    expect(await left()).toEqual(nothing)
    expect((await changing()).status).toBe(401)
  })

  test('a link that is used meanwhile sets no password and begins no session', async () => {
    const { now, database } = gated.service
    const world = { operators: database.operators, now, publicUrl: ORIGIN }
    for (const order of ['meanwhile', 'after']) {
      await gated.database.operators.setRole(gated.other.id, gated.people.viewer.id, null)
      const { url } = await newLink(world, 'reset', gated.people.viewer.id)
      const body = { token: new URL(url).hash.slice(1), password: next }
      if (order === 'meanwhile') between = invite
      const used = await send(null, '/sign-in/link/use', body)
      expect(used.status).toBe(order === 'meanwhile' ? 410 : 200)
      if (order === 'after') await invite()
      expect(await left()).toEqual(nothing)
    }
  })

  test('who signs in meanwhile with the old one does not come in', async () => {
    between = invite
    expect((await signing(PASSWORD)).status).toBe(401)
    expect(await left()).toEqual(nothing)
  })
})

describe('My Stuff', () => {
  test('a name is changed', async () => {
    const changed = await at.as('viewer', '/me', { method: 'PATCH', body: { name: ' Vi ' } })
    expect(await changed.json()).toMatchObject({ operator: { name: 'Vi' } })
    expect(await (await at.as('viewer', '/session')).json()).toMatchObject({
      operator: { name: 'Vi' },
    })
  })

  test('a password is changed by who knows it, and all other sessions end', async () => {
    const other = await at.signIn('viewer')
    const next = 'the next long one'
    const wrong = await post('/me/password', { current: 'wrong wrong', next }, 'viewer')
    expect(wrong.status).toBe(401)
    expect((await at.as(other, '/session')).status).toBe(200)
    expect((await post('/me/password', { current: PASSWORD, next }, 'viewer')).status).toBe(200)
    expect((await at.as(other, '/session')).status).toBe(401)
    expect((await at.as('viewer', '/session')).status).toBe(200)
    expect((await signIn('viewer@example.com', next)).status).toBe(200)
  })

  test('a password that is changed makes open links void', async () => {
    const token = await linkFor('reset', at.people.viewer.id)
    await post('/me/password', { current: PASSWORD, next: 'the next long one' }, 'viewer')
    expect((await post('/sign-in/link', { token })).status).toBe(410)
  })

  test('sessions are listed and ended, and nobody ends those of others', async () => {
    const other = await at.signIn('viewer')
    const listed = async () =>
      (await (await at.as('viewer', '/me/sessions')).json()) as { id: string; isCurrent: boolean }[]
    const [one] = (await listed()).filter(({ isCurrent }) => !isCurrent)
    const path = `/me/sessions/${one?.id}`
    expect((await at.as('owner', path, { method: 'DELETE' })).status).toBe(404)
    expect((await at.as('viewer', path, { method: 'DELETE' })).status).toBe(204)
    expect((await at.as(other, '/session')).status).toBe(401)
    const third = await at.signIn('viewer')
    const [newest] = (await listed()).filter(({ isCurrent }) => !isCurrent)
    const lastSeen = Date.now() - 31 * 60_000
    await at.database.operators.changeSession(newest?.id ?? '', { lastSeen })
    expect(await listed()).toMatchObject([{ isCurrent: true }])
    expect((await at.as('viewer', '/me/sessions', { method: 'DELETE' })).status).toBe(204)
    expect((await at.as(third, '/session')).status).toBe(401)
    expect(await listed()).toMatchObject([{ isCurrent: true }])
  })

  test('a session ends when it says five wrong passwords, and strangers do not count', async () => {
    for (let index = 0; index < 10; index++) await signIn('viewer@example.com', 'wrong wrong')
    const confirm = (password: string) => post('/session/confirm', { password }, 'viewer')
    const wrong = async () => ((await (await confirm('no no no')).json()) as Problem).detail
    const said = (left: string) => `That is not your password. ${left}, then you are signed out.`
    const told = ['Four more tries', 'Three more tries', 'Two more tries', 'One more try'].map(said)
    for (const detail of told) expect(await wrong()).toBe(detail)
    // Whoever remembers it in the end begins anew.
    expect((await confirm(PASSWORD)).status).toBe(200)
    for (const detail of told) expect(await wrong()).toBe(detail)
    const over = await confirm('no no no')
    expect([over.status, await over.json()]).toMatchObject([
      401,
      { code: 'signIn', field: 'password' },
    ])
    expect((await at.as('viewer', '/session')).status).toBe(401)
  })

  test('saying the password again confirms the session', async () => {
    await at.as('viewer', '/session')
    at.advance(60_000)
    expect((await post('/session/confirm', { password: 'no no no' }, 'viewer')).status).toBe(401)
    const confirmed = await post('/session/confirm', { password: PASSWORD }, 'viewer')
    const { confirmedAt } = (await confirmed.json()) as { confirmedAt: number }
    expect(confirmedAt).toBeGreaterThanOrEqual(at.service.now() - 10_000)
  })
})
