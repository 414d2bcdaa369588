import { describe, expect, test } from 'vitest'
import { bytes, databaseAddress, serveSettings, shownAddress } from './config.ts'
import { readSettings, type SettingsError } from './settings.ts'

function read(args: string[], env: Record<string, string> = {}) {
  const sources = { args, env, readFile: () => '' }
  return readSettings(serveSettings, [], sources).values
}

function problem(args: string[], env: Record<string, string> = {}): string | undefined {
  try {
    read(args, env)
  } catch (error) {
    return (error as SettingsError).problems?.join('\n')
  }
  return undefined
}

describe('the configuration', () => {
  test('without a word listens on this machine alone and keeps its data in ./data', () => {
    expect(read([])).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      database: { kind: 'sqlite', file: './data/rollcall.db' },
      logLevel: 'info',
      maxBody: 10 * 1024 ** 2,
      quiet: false,
    })
  })

  test('has an environment variable for each of its settings but --quiet', () => {
    for (const setting of Object.values(serveSettings)) {
      if (setting.flag === 'quiet') continue
      expect(setting).toHaveProperty(
        'env',
        `ROLLCALL_${setting.flag.toUpperCase().replaceAll('-', '_')}`,
      )
    }
  })

  test('takes the URL of a PostgreSQL database, and shows it without what is secret', () => {
    const url = 'postgresql://me:secret@db.example.com:5433/people?sslmode=verify-full'
    const { database } = read(['--database', url])
    expect(database).toEqual({ kind: 'postgres', url })
    expect(shownAddress(database)).toBe('postgresql://me@db.example.com:5433/people')
  })

  test.each([
    ['sslmode=verify-ful', '?sslmode is one of disable, prefer, require, verify-ca, verify-full'],
    ['ssl_mode=require', '?ssl_mode is not one of sslmode'],
    ['foo=bar', '?foo is not one of sslmode'],
  ])('a PostgreSQL URL with ?%s is refused', (query, message) => {
    expect(() => databaseAddress(`postgres://db/people?${query}`)).toThrow(message)
  })

  test.each(['postgres://', 'postgres:x', 'postgres://me:secret@db', 'postgres://me:secret@:x/db'])(
    'refuses %s as a database without repeating it',
    (url) => {
      expect(problem(['--database', url])).toMatch(/^--database: /)
      expect(problem(['--database', url])).not.toContain('secret')
    },
  )

  test.each([
    'mysql://x',
    'sqlite:',
    'sqlite://host/x',
    'sqlite::memory:',
    'data.db',
    'sqlite:a?mode=ro',
  ])('refuses %s as a database', (url) => expect(() => databaseAddress(url)).toThrow())

  test.each(['65536', '-1', '1e3', '', 'x'])('refuses %j as a port', (port) => {
    expect(problem([`--port=${port}`])).toMatch(/^--port: /)
  })

  test('explains the ROLLCALL_PORT that Kubernetes sets by itself', () => {
    expect(problem([], { ROLLCALL_PORT: 'tcp://10.0.0.1:80' })).toMatch(/enableServiceLinks/)
  })

  test('a public URL is taken without a slash at its end, and without what the service adds', () => {
    expect(read(['--public-url', 'https://id.example.com/']).publicUrl).toBe(
      'https://id.example.com',
    )
    expect(read(['--public-url', 'https://x.example/id']).publicUrl).toBe('https://x.example/id')
    for (const url of [
      'x.example',
      'ftp://x',
      'https://a:b@x',
      'https://x/?a',
      'https://x/scim/v2',
    ]) {
      expect(problem(['--public-url', url])).toMatch(/^--public-url: /)
    }
  })

  test('sizes have units, and limits of their own', () => {
    expect([bytes('2mb'), bytes('512KB'), bytes('4096')]).toEqual([2097152, 524288, 4096])
    for (const size of ['0', '1', '2gb', '1.5mb', '-1kb', '1025mb', '']) {
      expect(() => bytes(size)).toThrow()
    }
  })

  test('a request must have some time to arrive', () => {
    expect(problem(['--request-timeout', '0'])).toMatch(/^--request-timeout: /)
    expect(read(['--request-timeout', '0.5']).requestTimeout).toBe(0.5)
  })
})
