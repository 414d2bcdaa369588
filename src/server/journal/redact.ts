/**
 * Takes secrets out of what is kept: attributes that are never returned, API keys, tokens in a URL.
 *
 * What is JSON is read and written anew. What is not, and yet names such an attribute or might in a
 * spelling that only JSON reads, is not kept at all. A secret that was found in a request is looked for
 * in what was said about it, too.
 *
 * @module
 */

import { KEY_FORM } from '../../http/authenticate.ts'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'

export const HIDDEN = '[redacted]'

/** In place of a body that may hold a secret and cannot be read. */
export const UNREADABLE = '[not kept: it cannot be read and may hold a password]'

const NAMES = [userType, groupType].flatMap(secretNames)
const MENTION = new RegExp(`(?<![a-z])(?:${NAMES.join('|')})(?![a-z])`, 'i')
/** Parameters of a URL that hold no attribute and yet a secret, to be looked for in all else. */
const PARAMETERS = /auth|key|token|secret|pass|pwd|credential|signature|^sig$|jwt|session/i
/** A name that a parameter may have; what is longer or has other characters may be a value. */
const PARAMETER = /^[\w.-]{1,24}$/
const KEY = new RegExp(KEY_FORM, 'g')
/** The same as a URL may spell it. */
const KEY_IN_URL = /(?:r|%72)(?:c|%63)(?:_|%5f)(?:[0-9a-z]|%[3-7][0-9a-f]){38}/gi
/** How often what is escaped may be escaped again. */
const ROUNDS = 5
/** What a key may be all of, in a URL, a filter or a sentence. */
const PART = /[^/?&=\s"'<>(),;]+/g
/** What is no JSON may spell a name in escapes of some other kind. */
const ESCAPE = /\\|%[2-7][0-9a-f]|&#/i
/** A JSON text in a string, a filter, or a pair of a form. */
const STRUCTURE = /["{=]/
/** Deeper than any message of ours; what reads one level in another has an end there. */
const DEEPEST = 64
const URL_LENGTH = 16_384
/** As many secrets as are looked for in what was said, and how long each may be. */
const MOST = { secrets: 50, characters: 1_000 }
/**
 * A credential of some scheme, up to where its text or its parameter ends: `Bearer foo`,
 * `Basic dXNlcjpwYXNz`. And a token that tells of itself that it is one (RFC 7519).
 */
const CREDENTIAL =
  /(bearer|basic|digest|negotiate|ntlm|token|oauth|api-?key|ssws|hawk|aws4-hmac-sha256)(?:[\s:=+]|%20)+(?!\[redacted)[^&]+/gi
const TOKEN = /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g
const SCHEME = /^(?:bearer|basic|digest|negotiate|ntlm|token|oauth|ssws|hawk)$/i
/** The parameters there are (RFC 7644 §3.4.2, RFC 9865, Entra's flag); of any other, who knows what it holds. */
const SEARCH =
  /^(?:filter|(?:excluded)?attributes|sortby|sortorder|startindex|count|pagesize|cursor|aadoptscim\d*)$/i
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const TOKENLIKE = /^(?!urn)(?=.*\d)(?=.*[a-z])[\w.~%-]{14,}$/i
/** Stands for a secret until all are found, so that none is found in what another became. */
const MARK = '\uE000'

function secretNames({ schema, extensions }: ResourceType): string[] {
  return [schema, ...extensions.map((extension) => extension.schema)]
    .flatMap(({ attributes }) => attributes)
    .filter(({ returned }) => returned === 'never')
    .map(({ name }) => name.toLowerCase())
}

/** What is left of a text, and the secrets that were in it. */
export interface Redacted {
  readonly text: string
  readonly secrets: readonly string[]
}

/** An escape of a character that names are made of. */
const UNICODE = /\\u00[2-7]/i

const NOTHING: Redacted = { text: '', secrets: [] }

/** @param parsed What the text is as JSON; `undefined` when it is none. */
export function redactBody(text: string, parsed: unknown): Redacted {
  const bare = withoutKeysInJson(text)
  const isSuspect = MENTION.test(bare)
  if (parsed === undefined) {
    return { text: isSuspect || ESCAPE.test(bare) ? UNREADABLE : bare, secrets: [] }
  }
  // Only JSON can spell a name in escapes.
  if (!isSuspect && !UNICODE.test(bare)) return { text: bare, secrets: [] }
  if (isDeep(bare)) return { text: UNREADABLE, secrets: [] }
  const secrets: string[] = []
  // Written anew also when nothing is hidden: of two members of one name only one has been read.
  return { text: withoutKeysInJson(JSON.stringify(hidden(parsed, secrets))), secrets }
}

/**
 * A query with the values of a search in it and no others: a client may have put a secret into any of
 * them, ours or another's.
 *
 * e.g. filter=password%20eq%20%22x%22&count=1&t=a -> filter=[redacted]&count=1&t=[redacted]
 *
 * @param isNobodys Whether the request came without a key of ours, perhaps with one of another service.
 */
export function redactQuery(query: string, isNobodys = false): Redacted {
  if (query === '') return NOTHING
  const secrets: string[] = []
  const parts = query.split('&').map((part) => {
    const at = part.indexOf('=')
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
    const [plainName, plain] = [decoded(name), decoded(value)]
    const lists = /^(?:excluded)?attributes$|^sort/i.test(plainName)
    const isSecret =
      MENTION.test(plainName) ||
      (!lists && MENTION.test(plain)) ||
      (!SEARCH.test(plainName) && PARAMETERS.test(plainName))
    if (isSecret) secrets.push(plain, ...quoted(plain))
    else if (SEARCH.test(plainName) && !(isNobodys && withoutCredentials(part) !== part))
      return part
    if (part === '') return part
    return at < 0 || !PARAMETER.test(name) ? HIDDEN : `${name}=${HIDDEN}`
  })
  return { text: withoutKeysInUrl(parts.join('&')), secrets }
}

/** What to look for in what else came with a credential, which is nobody's here. */
export function secretsIn(credential: string): string[] {
  const words = credential.split(' ').filter((word) => word !== '' && !SCHEME.test(word))
  const plain = words.flatMap((word) => {
    const [name, password] = Buffer.from(word, 'base64').toString().split(/:(.*)/s)
    return password === undefined || !/^[\x20-\x7e]+$/.test(`${name}${password}`) ? [] : [password]
  })
  // A long one in parts, each of which can be looked for.
  return [...words, ...plain].flatMap((word) => word.match(/.{1,500}/gs) ?? [])
}

/** A text without what looks like a credential, whosever it may be. */
export function withoutCredentials(text: string): string {
  let left = text
  for (let round = 0; round < ROUNDS; round++) {
    const bare = left.replace(CREDENTIAL, `$1 ${HIDDEN}`).replace(TOKEN, HIDDEN)
    // Where it is only found once escapes are read, there is no telling where it ends.
    if (bare !== left) return round === 0 ? withoutCredentials(bare) : HIDDEN
    const next = decoded(left)
    if (next === left) break
    left = next
  }
  return text
}

/** Takes secrets out of texts of one request. */
export interface Cleaner {
  /** What we said. */
  readonly own: (text: string) => string
  /** What the client said; and the path that it asked for. */
  readonly client: (text: string) => string
  readonly path: (text: string) => string
}

/**
 * What takes out of a text all that is known or may be feared to be secret in it: the one way for
 * whatever a client said, in the log as in the journal.
 *
 * @param isNobodys Whether the request came without a key of ours, perhaps with one of another service.
 */
export function cleaner(isNobodys: boolean, secrets: readonly string[]): Cleaner {
  const own = (text: string) => without(withoutKeysInUrl(text), secrets)
  return {
    own,
    client: (text: string) => own(isNobodys ? withoutCredentials(text) : text),
    path: (text: string) => {
      const bare = redactPath(text).text
      return own(isNobodys ? withoutTokens(withoutCredentials(bare)) : bare)
    },
  }
}

/**
 * A path without the values of parameters in it (RFC 3986 §3.3): SCIM has none, and no id made here has a
 * semicolon.
 *
 * e.g. /Users/1;password=hunter2 -> /Users/1;password=[redacted]
 */
export function redactPath(path: string): Redacted {
  if (!path.includes(';')) return { text: path, secrets: [] }
  const secrets: string[] = []
  const text = path.replace(/;([^;/]*)/g, (_, parameter: string) => {
    const at = parameter.indexOf('=')
    const [name, value] =
      at < 0 ? ['', parameter] : [parameter.slice(0, at), parameter.slice(at + 1)]
    secrets.push(value, decoded(value.replaceAll('+', '%2B')))
    return PARAMETER.test(name) ? `;${name}=${HIDDEN}` : `;${HIDDEN}`
  })
  return { text, secrets: secrets.filter((secret) => secret !== '') }
}

// Some have the token in the base URL. No endpoint of ours is called so, and no id made here.
// e.g. /Zx81kq0PflTm93/Users -> /[redacted]/Users
function withoutTokens(path: string): string {
  return path
    .split('/')
    .map((part) => (UUID.test(part) || !TOKENLIKE.test(part) ? part : HIDDEN))
    .join('/')
}

/** Whether these are few and short enough for {@link without}. */
export function canFind(secrets: readonly string[]): boolean {
  return secrets.length <= MOST.secrets && secrets.every(({ length }) => length <= MOST.characters)
}

/** A text without these secrets, as they are and as JSON and URLs write them. */
export function without(text: string, secrets: readonly string[]): string {
  let left = withoutKeys(text)
  for (const secret of secrets) {
    // Shorter ones are everywhere, and tell nothing where they are.
    if (secret.length < 3) continue
    left = left.replaceAll(secret, MARK)
    left = left.replaceAll(JSON.stringify(secret).slice(1, -1), MARK)
    left = left.replaceAll(encodeURIComponent(secret.toWellFormed()), MARK)
  }
  if (secrets.length === 0) return left
  const bare = left.replaceAll(MARK, HIDDEN)
  // Escapes of escapes, in what is as short as a URL.
  if (bare.length > URL_LENGTH || !bare.includes('%25')) return bare
  return withoutParts(bare, (part) => spells(part, secrets))
}

/** A text without keys of ours. Most have none, and pay for one look. */
export function withoutKeys(text: string): string {
  return text.includes('rc_') ? text.replace(KEY, `rc_${HIDDEN}`) : text
}

/** A part of a URL without keys, however they are spelled. */
export function withoutKeysInUrl(text: string): string {
  const bare = withoutKeys(text)
  // A body of ours has backslashes, before the quotation marks of its version; those spell nothing.
  if (!bare.includes('%') && !bare.includes('\\u') && !bare.includes('\\U')) return bare
  const left = bare.replace(KEY_IN_URL, `rc_${HIDDEN}`)
  return spellsKey(left) ? withoutParts(left, spellsKey) : left
}

/**
 * What is JSON without keys, also as a URL in it spells them; it stays JSON. Most texts have no escape of
 * a URL, and pay for one look more.
 */
export function withoutKeysInJson(text: string): string {
  const bare = withoutKeys(text)
  if (!bare.includes('%')) return bare
  const left = bare.replace(KEY_IN_URL, `rc_${HIDDEN}`)
  if (!left.includes('%25')) return left
  return withoutParts(left, (part) => part.includes('%25') && spellsKey(part))
}

// A part may end before a quotation mark that JSON escapes, whose backslash is none of its own.
function withoutParts(text: string, isSecret: (part: string) => boolean): string {
  return text.replace(PART, (part) =>
    isSecret(part) ? `${HIDDEN}${part.match(/(?<!\\)\\+$/)?.[0] ?? ''}` : part,
  )
}

function spells(text: string, secrets: readonly string[]): boolean {
  let left = text
  for (let round = 0; round < ROUNDS && left.includes('%'); round++) {
    left = decoded(left)
    if (secrets.some((secret) => secret.length >= 3 && left.includes(secret))) return true
  }
  return false
}

// Escapes of escapes, and those of the strings in a filter: read until nothing is left to be read.
// e.g. '%2572c_4f…' -> '%72c_4f…' -> 'rc_4f…'
function spellsKey(text: string): boolean {
  let left = text
  for (let round = 0; round < ROUNDS; round++) {
    if (KEY_FORM.test(left)) return true
    const next = decoded(left).replace(/\\u([0-9a-f]{4})/gi, (_, digits) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    )
    if (next === left) return false
    left = next
  }
  // Nobody escapes that often who does not mean to hide something.
  return true
}

function hidden(value: unknown, secrets: string[]): unknown {
  if (typeof value === 'string') return hiddenText(value, secrets)
  if (Array.isArray(value)) return value.map((one) => hidden(one, secrets))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const isOfSecret = entries.some(
    ([key, at]) => /^path$/i.test(key) && MENTION.test(JSON.stringify(at)),
  )
  return Object.fromEntries(
    entries.map(([key, one]) => {
      const isSecret = MENTION.test(key) || (isOfSecret && /^value$/i.test(key))
      if (!isSecret) return [key, hidden(one, secrets)]
      collect(one, secrets)
      return [key, one === null ? null : HIDDEN]
    }),
  )
}

// A filter, or a message in a string of another.
function hiddenText(text: string, secrets: string[]): string {
  if (!UNICODE.test(text) && !(MENTION.test(text) && STRUCTURE.test(text))) return text
  const inner = isDeep(text) ? undefined : objectIn(text)
  if (inner !== undefined) return JSON.stringify(hidden(inner, secrets))
  collect(text, secrets)
  return HIDDEN
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function collect(value: unknown, secrets: string[]): void {
  if (typeof value === 'string') secrets.push(value, ...quoted(value))
  else if (typeof value === 'number') secrets.push(String(value))
  else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) collect(one, secrets)
  }
}

// e.g. password eq "x" -> x
function quoted(text: string): string[] {
  const found: string[] = []
  let from = text.indexOf('"')
  // More are not looked for anyway.
  while (from >= 0 && found.length <= MOST.secrets) {
    const end = endOfString(text, from)
    found.push(text.slice(from + 1, end))
    from = text.indexOf('"', end + 1)
  }
  return found
}

/** Where the string that begins at a quotation mark ends, or the text. */
function endOfString(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return Math.min(at, text.length)
}

function isDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}

// As a query is read: one escape after the other, whatever stands between them.
function decoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? text
}
