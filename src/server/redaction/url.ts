/**
 * Takes secrets out of what stands in a request's first line: the parameters of its query and its path.
 *
 * @module
 */

import { withoutCredentials } from './credentials.ts'
import { decoded, mentions, quoted, ROUNDS, says, words } from './escapes.ts'
import { withoutKeysInUrl } from './keys.ts'
import { isBareList, isBareName, secretsInList, wordsIn } from './lists.ts'
import { HIDDEN, MENTION, type Redacted } from './names.ts'

/** Parameters of a URL that hold no attribute and yet a secret, to be looked for in all else. */
const PARAMETERS = /auth|key|token|secret|pass|pwd|credential|signature|^sig$|jwt|session/i
/** A name that a parameter may have; what is longer or has other characters may be a value. */
const PARAMETER = /^[\w.-]{1,24}$/
/** The parameters there are (RFC 7644 §3.4.2, RFC 9865, Entra's flag); of any other, who knows what it holds. */
const SEARCH =
  /^(?:filter|(?:excluded)?attributes|sortby|sortorder|startindex|count|pagesize|cursor|aadoptscim\d*)$/i
/** A character of a name in an escape, or an escape in one; and the one parameter of those that is matched whole. */
const SPELLED = /%(?:25|4[1-9a-f]|[567][0-9a-f])|\\|(?:^|&)sig=/i
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const TOKENLIKE = /^(?!urn)(?=.*\d)(?=.*[a-z])[\w.~%-]{14,}$/i
/** What a parameter in a path has, and its escapes. */
const TELLING = /[;=%\\]/
const NOTHING: Redacted = { text: '', secrets: [] }

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
    const tells = mentions(plain) && !(lists && isBareList(plain))
    const isSecret =
      tells || mentions(plainName) || (!SEARCH.test(plainName) && PARAMETERS.test(plainName))
    if (tells && lists) secrets.push(...secretsInList(plain))
    if (isSecret) secrets.push(plain, ...quoted(plain), ...words(plain))
    else if (SEARCH.test(plainName) && !(isNobodys && withoutCredentials(part) !== part))
      return part
    if (part === '') return part
    return at < 0 || !PARAMETER.test(name) ? HIDDEN : `${name}=${HIDDEN}`
  })
  return { text: withoutKeysInUrl(parts.join('&')), secrets }
}

/** The secrets in a query of somebody with a key. Most have none, and pay for one look. */
export function secretsInQuery(query: string): readonly string[] {
  const may = MENTION.test(query) || PARAMETERS.test(query) || SPELLED.test(query)
  return may ? redactQuery(query).secrets : []
}

/**
 * A path without the values of parameters in it (RFC 3986 §3.3), and without what mentions a secret: SCIM has
 * no parameters there, and no id made here has a semicolon.
 *
 * e.g. /Users/1;password=hunter2 -> /Users/1;password=[redacted]
 */
export function redactPath(path: string): Redacted {
  if (!TELLING.test(path) && !MENTION.test(path)) return { text: path, secrets: [] }
  const secrets: string[] = []
  const text = path.split('/').map((part) => redactPart(part, secrets))
  return { text: text.join('/'), secrets: secrets.filter((secret) => secret !== '') }
}

function redactPart(part: string, secrets: string[]): string {
  const bare = part.includes(';') ? withoutParameters(part, secrets) : part
  if (!tellsSecret(bare)) return bare
  secrets.push(...new Set(spellings(bare).flatMap((one) => [one, ...wordsIn(one)])))
  return HIDDEN
}

function withoutParameters(part: string, secrets: string[]): string {
  return part.replace(/;([^;]*)/g, (_, parameter: string) => {
    const at = parameter.indexOf('=')
    const [name, value] =
      at < 0 ? ['', parameter] : [parameter.slice(0, at), parameter.slice(at + 1)]
    secrets.push(value, decodedInPath(value))
    return PARAMETER.test(name) ? `;${name}=${HIDDEN}` : `;${HIDDEN}`
  })
}

// A parameter that begins in escapes, or one without a semicolon before it.
function tellsSecret(part: string): boolean {
  const bare = part.split(';', 1)[0] as string
  if (says(bare, (left) => left.includes(';') || PARAMETERS.test(nameIn(left)))) return true
  return mentions(bare) && !isBareName(bare)
}

const nameIn = (text: string) => text.slice(0, Math.max(0, text.lastIndexOf('=')))

/** What a part of a path says, each time that its escapes are read. */
function spellings(part: string): string[] {
  const all = [part]
  for (let round = 0; round < ROUNDS; round++) {
    const next = decodedInPath(all.at(-1) as string)
    if (next === all.at(-1)) break
    all.push(next)
  }
  return all
}

/** There a plus is a plus. */
const decodedInPath = (text: string) => decoded(text.replaceAll('+', '%2B'))

/**
 * A path without what looks like a token: some have it in the base URL. No endpoint of ours is called so,
 * and no id made here.
 *
 * e.g. /Zx81kq0PflTm93/Users -> /[redacted]/Users
 */
export function withoutTokens(path: string): string {
  return path
    .split('/')
    .map((part) => (UUID.test(part) || !TOKENLIKE.test(part) ? part : HIDDEN))
    .join('/')
}
