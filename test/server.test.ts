/** The service as a process: its start, its words, its stop. */

import { execFile, spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  launch,
  rollcall,
  type Service,
  send,
  service,
  user,
  workplace,
} from './support/service.ts'

let place: ReturnType<typeof workplace>
let running: Service[]

beforeEach(() => {
  place = workplace()
  running = []
})

afterEach(async () => {
  for (const { process, done } of running) {
    process.kill('SIGKILL')
    await done
  }
  place.remove()
})

async function start(args?: readonly string[], env?: Record<string, string>): Promise<Service> {
  const started = await service(place.database, args, env)
  running.push(started)
  return started
}

/** Everything that comes back for some bytes, until the connection closes. */
function raw({ origin }: Service, ...parts: (string | number)[]): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  return new Promise((resolve) => {
    let received = ''
    socket.on('data', (data) => {
      received += data
    })
    socket.on('error', () => {})
    socket.once('close', () => resolve(received))
    void (async () => {
      for (const part of parts) {
        if (typeof part === 'number') await sleep(part)
        else socket.write(part)
      }
    })()
  })
}

const jsonLines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))

describe('a start', () => {
  test('the first prints base URL, key and a curl that creates a user when it is pasted', async () => {
    const first = await start()
    expect(first.stdout()).toContain(`Base URL  ${first.baseUrl}`)
    expect(first.key).toMatch(/^rc_[0-9A-Za-z]{38}$/)
    const curl = /^ +curl [\s\S]+?}'$/m.exec(first.stdout())?.[0] ?? ''
    const { stdout } = await promisify(execFile)('bash', ['-c', curl])
    expect(JSON.parse(stdout)).toMatchObject({ userName: 'ada@example.com' })
    const { stdout: log } = await first.stop()
    expect(log.split(first.key ?? '')).toHaveLength(3) // in the table and in the curl
  })

  test('a later one prints where the data lies and the command that makes another key', async () => {
    const first = await start()
    await first.stop()
    const later = await start()
    const said = later.stdout()
    expect(later.key).toBeUndefined()
    expect(said).toContain(join(place.path, 'data', 'rollcall.db'))
    const words = /rollcall -- (key create .*)/.exec(said)?.[1]?.replace('NAME', 'another') ?? ''
    const { code, stdout } = await rollcall(words.split(' '))
    expect(code).toBe(0)
    expect((await send(later, '/Users', stdout.trim())).status).toBe(200)
    expect((await send(later, '/Users', first.key)).status).toBe(200)
  })

  test('the first person is signed in by a link, which comes until somebody has followed one', async () => {
    const first = await start()
    const [, token] = first.link?.split('/sign-in/link#') ?? []
    expect(first.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\/link#[\w-]{43}$/)
    await first.stop()
    const second = await start()
    expect(second.link).not.toBe(first.link)
    const use = (given: string | undefined) =>
      fetch(`${second.origin}/console/api/sign-in/link/use`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Rollcall-Console': '1',
          Origin: second.origin,
        },
        body: JSON.stringify({ token: given, email: 'ada@example.com', password: 'long enough?' }),
      })
    expect((await use(token)).status).toBe(410)
    const used = await use(second.link?.split('#')[1])
    expect([used.status, await used.json()]).toMatchObject([200, { isRoot: true }])
    const { stdout } = await second.stop()
    expect(stdout).not.toContain('long enough?')
    expect((await start()).link).toBeUndefined()
  })

  test('quiet says log lines only, and makes no key that nobody would see', async () => {
    const quiet = await start(['--quiet'])
    expect(
      quiet
        .stdout()
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('{')),
    ).toBe(true)
    const { stdout } = await rollcall(['key', 'list', '--json', '--database', place.database])
    expect(JSON.parse(stdout)).toEqual([])
    expect(quiet.link).toBeUndefined()
  })

  test('the data is readable by its owner alone', async () => {
    await start()
    expect(statSync(join(place.path, 'data')).mode & 0o077).toBe(0)
    expect(statSync(join(place.path, 'data', 'rollcall.db')).mode & 0o077).toBe(0)
  })

  test('with a wrong configuration says all that is wrong, does nothing, and exits with 2', async () => {
    const { code, stdout, stderr } = await rollcall(
      ['serve', '--port', 'http', '--database', 'postgres://db', '--colour', 'red'],
      { ROLLCALL_LOG_LEVEL: 'loud', ROLLCALL_MAX_BODY: 'much' },
    )
    expect([code, stdout]).toEqual([2, ''])
    for (const problem of [
      '--port: "http" is not a port',
      '--database: the URL names no database',
      '--colour: unknown flag',
      'ROLLCALL_LOG_LEVEL: "loud" is not one of',
      'ROLLCALL_MAX_BODY: "much" is not a size',
    ]) {
      expect(stderr).toContain(problem)
    }
  })

  test('a second server on one database is refused, and the first goes on', async () => {
    const first = await start()
    const { code, stdout, stderr } = await rollcall([
      'serve',
      '--port',
      '0',
      '--database',
      place.database,
    ])
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/another|second|already/i)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect((await send(first, '/Users', first.key)).status).toBe(200)
  })

  test('after a kill the next server takes the database over', async () => {
    const first = await start()
    await send(first, '/Users', first.key, user('kept'))
    first.process.kill('SIGKILL')
    await first.done
    const next = await start()
    expect(await (await send(next, '/Users', first.key)).json()).toMatchObject({ totalResults: 1 })
  })

  test('a taken port is one sentence, and leaves no key behind', async () => {
    const first = await start()
    const other = workplace()
    try {
      const { port } = new URL(first.origin)
      const { code, stderr } = await rollcall([
        'serve',
        '--port',
        port,
        '--database',
        other.database,
      ])
      expect(code).toBe(1)
      expect(stderr).toContain(`port ${port} on 127.0.0.1 is taken by another program`)
      const keys = await rollcall(['key', 'list', '--json', '--database', other.database])
      expect(JSON.parse(keys.stdout)).toEqual([])
    } finally {
      other.remove()
    }
  })
})

describe('a running service', () => {
  test('is alive and ready, and its log is one JSON object a line', async () => {
    const { origin, stop } = await start()
    for (const path of ['/livez', '/readyz', '/readyz?verbose', '/']) {
      expect((await fetch(origin + path)).status).toBe(200)
    }
    expect((await fetch(`${origin}/nothing`)).status).toBe(404)
    const { stdout } = await stop()
    expect(jsonLines(stdout).map(({ msg }) => msg)).toEqual([
      'listening',
      'told to stop',
      'stopping',
      'stopped',
    ])
  })

  describe('that has told nobody its key', () => {
    const place = workplace()
    let running: Service
    beforeAll(async () => {
      running = await service(place.database)
    })
    afterAll(async () => {
      await running.stop()
      place.remove()
    })

    test('TRACE is 405 with Allow, on every path, and echoes nothing', async () => {
      for (const path of ['/scim/v2/Users', '/']) {
        const answer = await raw(
          running,
          `TRACE ${path} HTTP/1.1\r\nHost: x\r\nX-Echo: echoed\r\nConnection: close\r\n\r\n`,
        )
        expect(answer).toMatch(/^HTTP\/1\.1 405 [\s\S]*\r\nallow: /i)
        expect(answer).not.toContain('echoed')
      }
    })

    test.each([
      '/scim/v2/%55sers',
      '/scim/v2/./Users',
      '/scim/v2//Users',
      '/scim/v2/x/../Users',
      '/%73cim/v2/Users',
    ])('nobody gets past the key at %s, as a client on the wire spells it', async (path) => {
      const answer = await raw(
        running,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 401 /)
    })

    test('a malformed Host is 400, and so is a target that is no path', async () => {
      for (const head of ['GET / HTTP/1.1\r\nHost: a b', 'GET \\x HTTP/1.1\r\nHost: x']) {
        expect(await raw(running, `${head}\r\nConnection: close\r\n\r\n`)).toMatch(
          /^HTTP\/1\.1 400 /,
        )
      }
    })
  })

  test('a client that sends a body drop by drop is ended at the deadline; others go on', async () => {
    const running = await start(['--request-timeout', '1'])
    const head =
      `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${running.key}\r\n` +
      'Content-Type: application/scim+json\r\nContent-Length: 100\r\n\r\n'
    const drops = Array.from({ length: 8 }, () => [' ', 400]).flat()
    const slow = raw(running, head, ...drops)
    expect((await send(running, '/Users', running.key, user('quick'))).status).toBe(201)
    expect(await slow).toMatch(/^HTTP\/1\.1 408 /)
    const { stdout } = await running.stop()
    expect(jsonLines(stdout).filter(({ level }) => level === 'error' || level === 'fatal')).toEqual(
      [],
    )
  })

  test('a public URL with a path works with the path cut off by a proxy, and left on', async () => {
    const running = await start(['--public-url', 'https://id.example.com/dir'])
    for (const prefix of ['', '/dir']) {
      const there = { ...running, baseUrl: `${running.origin}${prefix}/scim/v2` }
      const response = await send(there, '/Users', running.key, user(`u${prefix}`))
      expect(response.status).toBe(201)
      expect(response.headers.get('Location')).toMatch(
        /^https:\/\/id\.example\.com\/dir\/scim\/v2\/U/,
      )
    }
    // Who asks whether it is this service is answered without a key; who asks anything else is not.
    const asked = ['a', 'b', 'a', 'x%2F'].map((letter) => letter.repeat(letter === 'x%2F' ? 9 : 32))
    const proofs = []
    for (const [at, challenge] of asked.entries()) {
      const path = `${at % 2 ? '/dir' : ''}/scim/v2/.proof/${challenge}`
      const { status, headers } = await fetch(running.origin + path)
      proofs.push([status, headers.get('Rollcall-Proof')])
    }
    const [a, b] = proofs
    expect(a).toEqual([204, expect.stringMatching(/^[\w-]{43}$/)])
    expect(b).toEqual([204, expect.stringMatching(/^[\w-]{43}$/)])
    expect(b).not.toEqual(a)
    expect(proofs.slice(2)).toEqual([a, [401, null]])
  })
})

describe('a stop', () => {
  // A request that runs: its body is on the way.
  const head = (key: string | undefined, length: number) =>
    `POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n` +
    `Content-Type: application/scim+json\r\nContent-Length: ${length}\r\n\r\n`

  test('SIGTERM lets a running request end, takes no other, and exits with 0', async () => {
    const running = await start()
    const body = JSON.stringify(user('late'))
    const late = raw(
      running,
      head(running.key, body.length),
      body.slice(0, 10),
      1_000,
      body.slice(10),
    )
    await sleep(300)
    running.process.kill('SIGTERM')
    await sleep(200)
    await expect(fetch(`${running.origin}/livez`)).rejects.toThrow()
    const answer = await late
    expect(answer).toMatch(/^HTTP\/1\.1 201 /)
    expect(answer).toMatch(/\r\nconnection: close\r\n/i)
    expect((await running.done).code).toBe(0)
    const next = await start()
    expect(await (await send(next, '/Users', running.key)).json()).toMatchObject({
      totalResults: 1,
    })
  })

  test('every answered request is in the log, the last one too', async () => {
    const running = await start()
    const statuses = await Promise.all(
      Array.from({ length: 300 }, async () => (await send(running, '/Users', running.key)).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
    const { stdout } = await running.stop()
    expect(jsonLines(stdout).filter(({ msg }) => msg === 'request')).toHaveLength(300)
    expect(jsonLines(stdout).at(-1)).toMatchObject({ msg: 'stopped' })
  })

  test('/readyz says 503 before anything else is taken away', async () => {
    const running = await start(['--shutdown-delay', '1'])
    running.process.kill('SIGTERM')
    await sleep(200)
    expect((await fetch(`${running.origin}/readyz`)).status).toBe(503)
    expect((await send(running, '/Users', running.key)).status).toBe(200)
    expect((await running.done).code).toBe(0)
  })

  test('a request that never ends is cut off after the grace', async () => {
    const running = await start(['--shutdown-grace', '0.5'])
    const stuck = raw(running, head(running.key, 100))
    await sleep(300)
    const { code, stdout } = await running.stop()
    expect(code).toBe(0)
    expect(await stuck).toBe('')
    expect(jsonLines(stdout).map(({ level }) => level)).toContain('warn')
  })

  test('ends with the shell that npm started it in, which may not pass a signal on', async () => {
    const { PATH } = process.env
    const line = `"${process.execPath}" src/bin.js serve --port 0 --database "${place.database}"; :`
    const shell = spawn('sh', ['-c', line], { env: { PATH, npm_lifecycle_event: 'start' } })
    let said = ''
    await new Promise<void>((listening) => {
      shell.stdout.on('data', (data) => {
        said += data
        if (said.includes('"msg":"listening"')) listening()
      })
    })
    const ended = new Promise((resolve) => shell.stdout.once('close', resolve))
    shell.kill('SIGTERM')
    await ended
    expect(jsonLines(said).at(-1)).toMatchObject({ msg: 'stopped' })
  })

  test('a second signal does not wait', async () => {
    const running = await start()
    void raw(running, head(running.key, 100))
    await sleep(300)
    running.process.kill('SIGINT')
    await sleep(50)
    running.process.kill('SIGINT') // npm passes on what the terminal has sent already
    await sleep(700)
    expect(running.process.exitCode).toBeNull()
    running.process.kill('SIGINT')
    expect((await running.done).code).toBe(130)
  })
})

test('an unwritable place is a sentence and not a stack', async () => {
  const { code, stderr } = await launch([
    'serve',
    '--port',
    '0',
    '--database',
    'sqlite:/dev/null/x.db',
  ]).done
  expect(code).toBe(1)
  expect(stderr).toContain('/dev/null')
  expect(stderr).not.toMatch(/\n\s+at /)
  expect(existsSync('/dev/null/x.db')).toBe(false)
})

test.each([
  [['--trusted-proxies', '127.0.0.0/8'], '203.0.113.9'],
  [[], '127.0.0.1'],
])('with %j a forwarded request is of %s, in the log and in a session', async (args, expected) => {
  const { origin, baseUrl, link, stdout } = await start(args)
  const forwarded = { 'X-Forwarded-For': '198.51.100.1, 203.0.113.9' }
  await fetch(`${baseUrl}/Users`, { headers: { ...forwarded, Authorization: 'Bearer rc_no' } })
  await expect.poll(stdout).toContain(`"address":"${expected}"`)
  const own = { 'X-Rollcall-Console': '1', Origin: origin, 'Content-Type': 'application/json' }
  const token = new URL(link ?? '').hash.slice(1)
  const signedIn = await fetch(`${origin}/console/api/sign-in/link/use`, {
    method: 'POST',
    headers: { ...own, ...forwarded },
    body: JSON.stringify({ token, email: 'a@example.com', password: 'a long password' }),
  })
  const Cookie = signedIn.headers.get('Set-Cookie')?.split(';')[0] ?? ''
  const sessions = await fetch(`${origin}/console/api/me/sessions`, { headers: { Cookie } })
  expect(await sessions.json()).toMatchObject([{ address: expected }])
})
