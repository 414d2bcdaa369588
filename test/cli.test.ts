/** The command line, beside a running server and without one. */

import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../src/cli/main.ts'
import {
  command,
  rollcall,
  type Service,
  send,
  service,
  user,
  workplace,
} from './support/service.ts'

const place = workplace()
let running: Service

beforeAll(async () => {
  running = await service(place.database)
})

afterAll(async () => {
  await running?.stop()
  place.remove()
})

const onItsDatabase = (line: string, more: readonly string[]) => [
  ...line.split(' '),
  ...more,
  ...['--database', place.database],
]

/** A command on the server's database, as a process; see {@link command} for the other way. */
const started = (line: string, ...more: string[]) => rollcall(onItsDatabase(line, more))
const run = (line: string, ...more: string[]) => command(onItsDatabase(line, more))

async function listed(line: string): Promise<Record<string, unknown>[]> {
  return JSON.parse((await run(`${line} --json`)).stdout)
}

async function created(userName: string): Promise<string> {
  const response = await send(running, '/Users', running.key, user(userName))
  return ((await response.json()) as { id: string }).id
}

const status = async (path: string, key = running.key) => (await send(running, path, key)).status

describe('operator', () => {
  const use = (link: string) =>
    fetch(`${running.origin}/console/api/sign-in/link/use`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Rollcall-Console': '1',
        Origin: running.origin,
      },
      body: JSON.stringify({ token: link.trim().split('#')[1], password: 'twelve or more' }),
    })

  test('add prints a link alone on standard output, with which the person signs in', async () => {
    const made = await started('operator add Ada@Example.com --name Ada')
    expect(made.code).toBe(0)
    // The running service is known, whatever its port; what is said to the command comes first.
    const [link, token] = made.stdout.split('#')
    expect([link, token]).toEqual([
      `${running.origin}/sign-in/link`,
      expect.stringMatching(/^[\w-]{43}\n$/),
    ])
    expect(await listed('operator list')).toMatchObject([
      { email: 'ada@example.com', name: 'Ada', role: 'owner of all', state: 'invited' },
    ])
    expect(await (await use(made.stdout)).json()).toMatchObject({ isRoot: true })
    expect(await listed('operator list')).toMatchObject([{ state: 'active' }])
    expect((await run('operator add ada@example.com')).code).toBe(1)
  })

  test('add lets into one tenant, with a role', async () => {
    const made = await run('operator add eve@example.com --tenant default --role viewer')
    const session = await (await use(made.stdout)).json()
    expect(session).toMatchObject({ tenants: [{ name: 'default', role: 'viewer' }] })
    const again = await run('operator add eve@example.com --tenant default --role admin')
    expect([again.code, again.stdout]).toEqual([0, ''])
    expect(again.stderr).not.toContain('signed out')
    expect((await run('tenant create second')).code).toBe(0)
    const further = await run('operator add eve@example.com --tenant second')
    expect(further.stderr).toContain('they are signed out everywhere')
    expect((await use(further.stdout)).status).toBe(200)
    expect(await listed('operator list')).toContainEqual(
      expect.objectContaining({ role: expect.stringContaining('admin of default') }),
    )
    expect((await run('operator add x@example.com --role viewer')).code).toBe(2)
    expect((await run('operator add nobody')).code).toBe(2)
  })

  test('reset ends sessions and prints a link to set a password anew', async () => {
    const made = await run('operator add bob@example.com')
    const cookie = (await use(made.stdout)).headers.get('Set-Cookie')?.split(';')[0] ?? ''
    const session = () =>
      fetch(`${running.origin}/console/api/session`, { headers: { Cookie: cookie } })
    expect((await session()).status).toBe(200)
    const elsewhere = await run('operator reset bob@example.com --port 8123')
    expect(elsewhere.stdout).toContain('http://127.0.0.1:8123/sign-in/link#')
    const reset = await run('operator reset BOB@example.com')
    expect((await session()).status).toBe(401)
    expect((await use(reset.stdout)).status).toBe(200)
    expect((await run('operator reset nobody@example.com')).code).toBe(1)
  })

  test('remove ends sessions and frees the address, but never takes the last root', async () => {
    const made = await run('operator add carl@example.com')
    const cookie = (await use(made.stdout)).headers.get('Set-Cookie')?.split(';')[0] ?? ''
    const session = () =>
      fetch(`${running.origin}/console/api/session`, { headers: { Cookie: cookie } })
    expect((await session()).status).toBe(200)
    expect((await run('operator remove CARL@example.com')).code).toBe(0)
    expect((await session()).status).toBe(401)
    expect((await run('operator remove carl@example.com')).code).toBe(1)
    const roots = (await listed('operator list')).filter(({ role }) => role === 'owner of all')
    const codes: (number | null)[] = []
    for (const { email } of roots) codes.push((await run(`operator remove ${email}`)).code)
    expect(codes).toEqual([...roots.slice(1).map(() => 0), 1])
  })
})

describe('key', () => {
  test('create prints the key alone on standard output; it works at once', async () => {
    const { code, stdout, stderr } = await started('key create --name ci')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^rc_[0-9A-Za-z]{38}\n$/)
    expect(stderr).toContain('"ci"')
    expect(await status('/Users', stdout.trim())).toBe(200)
  })

  test('a read key reads and does not write', async () => {
    const key = (await run('key create --name r --scope read')).stdout.trim()
    expect(await status('/Users', key)).toBe(200)
    expect((await send(running, '/Users', key, user('no'))).status).toBe(403)
  })

  test('list shows names, last use and expiry, and never a key', async () => {
    const key = (await run('key create --name temporary --expires 90d')).stdout.trim()
    await status('/Users', key)
    const { stdout } = await run('key list --json')
    const found = JSON.parse(stdout).find(({ name }: { name: string }) => name === 'temporary')
    expect(found).toMatchObject({ tenant: 'default', scope: 'write', state: 'active' })
    expect(found.from).toBe('127.0.0.1')
    const life = Date.parse(found.expires) - Date.parse(found.created)
    expect(life).toBe(90 * 86_400_000)
    expect(stdout).not.toContain(key)
    expect((await run('key list')).stdout).toMatch(/^ID +NAME +TENANT +SCOPE/)
  })

  test('revoke acts on the running server at once', async () => {
    const key = (await run('key create --name leaving')).stdout.trim()
    expect(await status('/Users', key)).toBe(200)
    const { id } = (await listed('key list')).find(({ name }) => name === 'leaving') ?? {}
    expect((await started(`key revoke ${id}`)).code).toBe(0)
    expect(await status('/Users', key)).toBe(401)
    const again = await run(`key revoke ${id}`)
    expect([again.code, again.stdout]).toEqual([1, ''])
  })

  test('create works on a database that is not there yet, and lists do not make one', async () => {
    const other = workplace()
    try {
      const absent = await command(['key', 'list', '--database', other.database])
      expect(absent.code).toBe(1)
      expect(absent.stderr).toContain('there is no database at')
      expect(existsSync(join(other.path, 'data'))).toBe(false)
      const made = await rollcall(['key', 'create', '--name', 'x'], {
        ROLLCALL_DATABASE: other.database,
      })
      expect(made.code).toBe(0)
      const later = await service(other.database)
      expect(later.key).toBeUndefined()
      expect((await send(later, '/Users', made.stdout.trim())).status).toBe(200)
      await later.stop()
    } finally {
      other.remove()
    }
  })

  test('says all that is wrong with a line, and exits with 2', async () => {
    const { code, stdout, stderr } = await started('key create --scope admin --expires soon')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('--name: is required')
    expect(stderr).toContain('--scope: "admin" is not one of read, write')
    expect(stderr).toContain('--expires: "soon" is not a lifetime')
  })
})

describe('tenant', () => {
  test('a tenant has its own keys, and its key sees its own users only', async () => {
    expect((await run('tenant create acme --profile strict')).code).toBe(0)
    const key = (await run('key create --name a --tenant acme')).stdout.trim()
    expect((await send(running, '/Users', key, user('wile'))).status).toBe(201)
    const filter = encodeURIComponent('userName eq "wile"')
    const seen = await send(running, `/Users?filter=${filter}`, running.key)
    expect(await seen.json()).toMatchObject({ totalResults: 0 })
  })

  test('set changes what is given and leaves the rest', async () => {
    await run('tenant create globex --recreate new')
    expect((await started('tenant set globex --group-names free')).code).toBe(0)
    const globex = (await listed('tenant list')).find(({ name }) => name === 'globex')
    expect(globex).toMatchObject({ profile: 'tolerant', recreate: 'new', groupNames: 'free' })
    expect((await run('tenant set globex')).code).toBe(2)
  })

  test('a name is taken once, and is a name', async () => {
    await run('tenant create initech')
    expect((await run('tenant create initech')).code).toBe(1)
    expect((await run('tenant create', '../x')).code).toBe(2)
    expect((await run('key create --name a --tenant nobody')).code).toBe(1)
  })
})

describe('user', () => {
  test('a deleted user is listed as suspended, and restored under the same id', async () => {
    const id = await created('back@example.com')
    await send(running, `/Users/${id}`, running.key, undefined, 'DELETE')
    expect(await status(`/Users/${id}`)).toBe(404)
    expect(await listed('user list --suspended')).toContainEqual(
      expect.objectContaining({ id, userName: 'back@example.com' }),
    )
    expect((await started(`user restore ${id}`)).code).toBe(0)
    expect(await status(`/Users/${id}`)).toBe(200)
    const filter = encodeURIComponent('userName eq "BACK@example.com"')
    const found = await send(running, `/Users?filter=${filter}`, running.key)
    expect(await found.json()).toMatchObject({ totalResults: 1 })
    expect(await listed('user list')).toContainEqual(expect.objectContaining({ id }))
    expect((await run(`user restore ${id}`)).code).toBe(1)
  })

  test('who cannot have the name back is told so', async () => {
    expect((await run('tenant create twice --recreate new')).code).toBe(0)
    const key = (await run('key create --name k --tenant twice')).stdout.trim()
    const create = async () => {
      const response = await send(running, '/Users', key, user('same'))
      return ((await response.json()) as { id: string }).id
    }
    const id = await create()
    await send(running, `/Users/${id}`, key, undefined, 'DELETE')
    expect(await create()).not.toBe(id)
    const { code, stderr } = await run(`user restore ${id} --tenant twice`)
    expect(code).toBe(1)
    expect(stderr).toContain('another user holds the userName')
  })

  test('erase wants --yes where nobody can be asked, then removes for good', async () => {
    const id = await created('gone@example.com')
    expect((await run(`user erase ${id} --yes`)).code).toBe(1)
    await send(running, `/Users/${id}`, running.key, undefined, 'DELETE')
    expect((await started(`user erase ${id}`)).code).toBe(2)
    expect((await run(`user erase ${id} --yes`)).code).toBe(0)
    expect(await listed('user list --suspended')).not.toContainEqual(
      expect.objectContaining({ id }),
    )
    const log = (await run(`changes --about ${id}`)).stdout
    expect(log).not.toContain('gone@example.com')
    expect(
      log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).kind),
    ).toEqual(['created', 'suspended', 'erased'])
  })
})

test('erase asks where a person is, and takes only a yes', async () => {
  const id = await created('asked@example.com')
  await send(running, `/Users/${id}`, running.key, undefined, 'DELETE')
  const asked: string[] = []
  const erase = (answer: string) =>
    main(
      ['user', 'erase', id, '--database', place.database],
      {},
      {
        out: () => {},
        err: () => {},
        interactive: true,
        async ask(question) {
          asked.push(question)
          return answer
        },
        program: 'rollcall',
        now: Date.now,
      },
    )
  expect(await erase('')).toBe(1)
  expect(await erase('yes')).toBe(0)
  expect(await erase('y')).toBe(1)
  expect(asked[0]).toContain(`Erase ${id} for good?`)
})

test('changes are JSON lines, in order, with who made them, and without a key in them', async () => {
  const id = await created('logged@example.com')
  const path = `/Users/${id}`
  const patch = (value: string) => ({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'title', value }],
  })
  const inUrl = String(running.key).replace('_', '%5F')
  await send(running, path, running.key, patch(`has "${running.key}" "${inUrl}"`), 'PATCH')
  await send(running, path, running.key, patch('Engineer'), 'PATCH')
  const { stdout } = await started(`changes --about ${id}`)
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { id, kind: 'created', actor: expect.stringMatching(/^key:\w+$/) },
    { what: { changed: [{ after: 'has "rc_[redacted]" "rc_[redacted]"' }] } },
    { what: { changed: [{ before: expect.not.stringContaining('%'), after: 'Engineer' }] } },
  ])
  const all = (await run('changes')).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).seq)
  expect(all).toEqual(all.toSorted((a: number, b: number) => a - b))
})

describe('backup', () => {
  test('taken while the server writes, it opens, is whole, and holds the keys', async () => {
    await created('saved@example.com')
    const file = join(place.path, 'copy', 'backup.db')
    const { code, stdout } = await started('backup --to', file)
    expect([code, stdout]).toEqual([0, `${file}\n`])
    expect(statSync(file).mode & 0o077).toBe(0)
    const restored = await service(`sqlite:${file}`)
    const filter = encodeURIComponent('userName eq "saved@example.com"')
    const found = await send(restored, `/Users?filter=${filter}`, running.key)
    expect(await found.json()).toMatchObject({ totalResults: 1 })
    await restored.stop()
  })

  test('never overwrites', async () => {
    const { code, stderr } = await run('backup --to', join(place.path, 'data', 'rollcall.db'))
    expect(code).toBe(1)
    expect(stderr).toContain('exists; a backup overwrites nothing')
  })
})

describe('doctor', () => {
  test('finds nothing wrong here, and warns of keys that expire soon', async () => {
    await run('key create --name short --expires 12h')
    const { code, stdout } = await started('doctor')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ok +node/)
    expect(stdout).toMatch(/^warning +keys +\w+ \("short"\) expires/m)
    expect(stdout).not.toMatch(/^problem/m)
  })

  test('exits with 1 when there is a problem', async () => {
    const { code, stdout } = await rollcall(['doctor', '--database', 'sqlite:/nowhere/x.db'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^problem +database/m)
  })
})

describe('the command line', () => {
  test('--version is the package’s', async () => {
    const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
    expect((await rollcall(['--version'])).stdout).toBe(`${JSON.parse(manifest).version}\n`)
  })

  test('--help lists every command and the exit codes; each command tells its flags', async () => {
    const { code, stdout } = await rollcall(['--help'])
    expect(code).toBe(0)
    const names = [...stdout.matchAll(/^ {2}([a-z]+(?: [a-z]+)?)/gm)].map(([, name]) => name ?? '')
    expect(names).toEqual(expect.arrayContaining(['serve', 'key create', 'doctor', 'user erase']))
    for (const name of names) {
      const help = await command([...name.split(' '), '--help'])
      expect([name, help.code]).toEqual([name, 0])
      // What makes or fills a database calls it where that goes to.
      expect(help.stdout).toMatch(/--(database|to) URL/)
    }
    expect((await command(['serve', '--help'])).stdout).toContain('ROLLCALL_PORT')
    expect((await command(['key', '--help'])).stdout).not.toContain('tenant create')
  })

  test.each([[[]], [['dance']], [['key']], [['key', 'dance']]])(
    '%j is no command: the list, and 2',
    async (args) => {
      const { code, stdout, stderr } = await rollcall(args)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain('key create')
    },
  )
})
