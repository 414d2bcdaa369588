/**
 * Every setting of the service, in one table.
 *
 * Limits are here for whoever runs the service; what each of them defends against is told where it
 * is enforced. Nothing here has a default that is unsafe on an open network: the service listens on
 * this machine alone until it is told otherwise.
 *
 * @module
 */

import { resolve } from 'node:path'
import { defaultLimits } from '../provider/options.ts'
import { addressList } from './client-address.ts'
import { isSwitch, oneOf, optional, type Settings, text, type Values } from './settings.ts'

/** Where the data lies. */
export type DatabaseAddress =
  | { readonly kind: 'sqlite'; readonly file: string }
  /** With the password in it, when it is not in `PGPASSWORD`. */
  | { readonly kind: 'postgres'; readonly url: string }

export const DEFAULT_DATABASE = 'sqlite:./data/rollcall.db'

/** `--database`, which the service and every other command share. */
export const databaseSetting = {
  flag: 'database',
  argument: 'URL',
  env: 'ROLLCALL_DATABASE',
  secret: true,
  fallback: DEFAULT_DATABASE,
  help: 'where the data lies',
  value: text(databaseAddress),
} as const

export const serveSettings = {
  port: {
    flag: 'port',
    argument: 'PORT',
    env: 'ROLLCALL_PORT',
    fallback: '3000',
    help: 'the port to listen on; 0 takes a free one',
    value: text(port),
  },
  host: {
    flag: 'host',
    argument: 'HOST',
    env: 'ROLLCALL_HOST',
    fallback: '127.0.0.1',
    help: 'the address to listen on; 0.0.0.0 is every one',
    value: text(nonEmpty),
  },
  database: databaseSetting,
  publicUrl: {
    flag: 'public-url',
    argument: 'URL',
    env: 'ROLLCALL_PUBLIC_URL',
    help: 'how clients reach the service, when not by http://HOST:PORT',
    value: optional(text(publicUrl)),
  },
  trustedProxies: {
    flag: 'trusted-proxies',
    argument: 'LIST',
    env: 'ROLLCALL_TRUSTED_PROXIES',
    help: 'addresses and ranges of the proxies in front, whose X-Forwarded-For is believed',
    value: optional(text(addressList)),
  },
  oidcIssuer: {
    flag: 'oidc-issuer',
    argument: 'URL',
    env: 'ROLLCALL_OIDC_ISSUER',
    help: 'an OpenID provider through which people may sign in to the console',
    value: optional(text(publicUrl)),
  },
  oidcClientId: {
    flag: 'oidc-client-id',
    argument: 'ID',
    env: 'ROLLCALL_OIDC_CLIENT_ID',
    help: 'what the provider calls the console',
    value: optional(text(nonEmpty)),
  },
  oidcClientSecret: {
    flag: 'oidc-client-secret',
    argument: 'SECRET',
    env: 'ROLLCALL_OIDC_CLIENT_SECRET',
    secret: true,
    help: 'the secret that goes with it; better in the environment, or in a file',
    value: optional(text(nonEmpty)),
  },
  oidcLabel: {
    flag: 'oidc-label',
    argument: 'TEXT',
    env: 'ROLLCALL_OIDC_LABEL',
    fallback: 'Sign in with your organisation',
    help: 'what the button of it says',
    value: text(nonEmpty),
  },
  logLevel: {
    flag: 'log-level',
    argument: 'LEVEL',
    env: 'ROLLCALL_LOG_LEVEL',
    fallback: 'info',
    help: 'debug, info, warn, error or silent',
    value: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  },
  maxBody: {
    flag: 'max-body',
    argument: 'SIZE',
    env: 'ROLLCALL_MAX_BODY',
    fallback: `${defaultLimits.body / 1024 ** 2}mb`,
    help: 'the largest request body, such as 512kb or 4mb',
    value: text(bytes),
  },
  maxPage: {
    flag: 'max-page',
    argument: 'COUNT',
    env: 'ROLLCALL_MAX_PAGE',
    fallback: String(defaultLimits.page),
    help: 'the most resources one page of a list holds',
    value: text(count),
  },
  maxMembers: {
    flag: 'max-members',
    argument: 'COUNT',
    env: 'ROLLCALL_MAX_MEMBERS',
    fallback: String(defaultLimits.members),
    help: 'the most members one request may name',
    value: text(count),
  },
  journalSize: {
    flag: 'journal-size',
    argument: 'SIZE',
    env: 'ROLLCALL_JOURNAL_SIZE',
    fallback: '2gb',
    help: 'what the requests may take that are kept for the console; 0 keeps none',
    value: text(journalSize),
  },
  requestTimeout: {
    flag: 'request-timeout',
    argument: 'SECONDS',
    env: 'ROLLCALL_REQUEST_TIMEOUT',
    fallback: '30',
    help: 'how long a client may take to send a request',
    value: text(someSeconds),
  },
  shutdownDelay: {
    flag: 'shutdown-delay',
    argument: 'SECONDS',
    env: 'ROLLCALL_SHUTDOWN_DELAY',
    fallback: '0',
    help: 'how long to go on accepting after /readyz says no, for load balancers',
    value: text(seconds),
  },
  shutdownGrace: {
    flag: 'shutdown-grace',
    argument: 'SECONDS',
    env: 'ROLLCALL_SHUTDOWN_GRACE',
    fallback: '25',
    help: 'how long running requests may take to end at a stop',
    value: text(seconds),
  },
  quiet: {
    flag: 'quiet',
    help: 'log lines only: no words to a person, and no key made at a first run',
    value: isSwitch,
  },
} as const satisfies Settings

/** The settings, checked. Times are in seconds, sizes in bytes. */
export type Config = Values<typeof serveSettings>

/** `sqlite:./data/rollcall.db` → the file's path; `postgres://host/name` stays a URL. */
export function databaseAddress(url: string): DatabaseAddress {
  if (/^postgres(ql)?:/i.test(url)) return postgresAddress(url)
  const file = /^sqlite:(.+)$/.exec(url)?.[1]
  if (file === undefined) {
    throw new Error(
      `a database is sqlite:FILE, such as ${DEFAULT_DATABASE}, or postgres://HOST/NAME`,
    )
  }
  if (file.startsWith('//') || file.startsWith(':') || file.includes('?')) {
    throw new Error('write sqlite: and then the path of a file, relative or absolute')
  }
  return { kind: 'sqlite', file }
}

// What is wrong is told without the URL, which may hold a password.
function postgresAddress(url: string): DatabaseAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^postgres(ql)?:\/\//i.test(url)) {
    throw new Error('a PostgreSQL database is postgres://USER:PASSWORD@HOST:PORT/NAME')
  }
  if (parsed.pathname.length < 2) throw new Error('the URL names no database: postgres://HOST/NAME')
  for (const [name, value] of parsed.searchParams) requireParameter(name, value)
  return { kind: 'postgres', url }
}

// The driver passes over what it does not know, and a misspelt verify-full would verify nothing.
function requireParameter(name: string, value: string): void {
  if (!PARAMETERS.includes(name)) {
    throw new Error(`?${name} is not one of ${PARAMETERS.join(', ')}`)
  }
  if (name === 'sslmode' && !SSL_MODES.includes(value)) {
    throw new Error(`?sslmode is one of ${SSL_MODES.join(', ')}`)
  }
}

const PARAMETERS = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'application_name', 'options']
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

/** An address as a person may see it: the file's whole path, or the URL without its password. */
export function shownAddress(address: DatabaseAddress): string {
  if (address.kind === 'sqlite') return resolve(address.file)
  const { protocol, username, host, pathname } = new URL(address.url)
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`
}

/** Whether a command finds the data without being told where it lies. */
export function isDefaultDatabase(address: DatabaseAddress): boolean {
  return shownAddress(address) === shownAddress(databaseAddress(DEFAULT_DATABASE))
}

/** `1mb` → 1048576; a bare number is bytes. */
export function bytes(given: string): number {
  const [, amount, unit] = /^(\d{1,9})(kb|mb|b)?$/i.exec(given) ?? []
  const size = Number(amount) * (UNITS[unit?.toLowerCase() ?? 'b'] ?? Number.NaN)
  if (!(size >= 1024 && size <= 1024 ** 3)) {
    throw new Error(`"${given}" is not a size between 1kb and 1024mb`)
  }
  return size
}

/** e.g. '2gb' -> 2147483648; '0' -> 0 */
function journalSize(given: string): number {
  if (given === '0') return 0
  const [, amount, unit] = /^(\d{1,9})(mb|gb)$/i.exec(given) ?? []
  const size = Number(amount) * (unit?.toLowerCase() === 'gb' ? 1024 ** 3 : 1024 ** 2)
  if (!(size >= 10 * 1024 ** 2))
    throw new Error(`"${given}" is neither 0 nor a size of 10mb or more`)
  return size
}

const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2 }

function port(given: string): number {
  if (/^tcp:\/\//.test(given)) {
    throw new Error(
      `"${given}" is what Kubernetes sets for a service named rollcall; ` +
        'set enableServiceLinks: false, or rename the service',
    )
  }
  if (!/^\d{1,5}$/.test(given) || Number(given) > 65535) {
    throw new Error(`"${given}" is not a port, 0 to 65535`)
  }
  return Number(given)
}

function count(given: string): number {
  if (!/^[1-9]\d{0,6}$/.test(given)) throw new Error(`"${given}" is not a number, 1 to 9999999`)
  return Number(given)
}

function seconds(given: string): number {
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(given)) throw new Error(`"${given}" is not a number of seconds`)
  return Number(given)
}

function someSeconds(given: string): number {
  if (seconds(given) === 0) throw new Error('is more than 0')
  return Number(given)
}

function nonEmpty(given: string): string {
  if (given.trim() === '') throw new Error('is empty')
  return given.trim()
}

function publicUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Error(`"${given}" is not an http or https URL`)
  }
  if (url.search || url.hash || url.username || url.password) {
    throw new Error('a public URL has no query, fragment or password')
  }
  const base = url.href.replace(/\/+$/, '')
  if (/\/scim(\/v2)?$/i.test(base)) throw new Error('leave /scim/v2 away; it is added')
  return base
}
