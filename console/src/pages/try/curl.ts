/**
 * A curl command as the request that it would send.
 *
 * @module
 */

import { headerOf } from './draft.ts'
import { commandLine, shellOf } from './shell.ts'

export interface Message {
  readonly method: string
  readonly address: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly body: string
  /** What it says beside that and cannot be taken over, each a sentence. */
  readonly remarks: readonly string[]
}

const FORM = 'application/x-www-form-urlencoded'

/** Options that are followed by something, beside those that are understood. */
const WITH_VALUE = new Set(
  `-A -b -c -C -D -e -E -F -K -m -o -P -Q -r -t -T -u -U -w -x -y -Y -z --aws-sigv4 --cacert --capath
  --cert --cert-type --ciphers --config --connect-timeout --connect-to --cookie --cookie-jar --dns-servers
  --dump-header --form --form-string --interface --key --key-type --limit-rate --max-redirs --max-time
  --noproxy --oauth2-bearer --output --output-dir --pass --proxy --proxy-header --proxy-user --range
  --referer --resolve --retry --retry-delay --retry-max-time --stderr --tls-max --trace --unix-socket
  --upload-file --user --user-agent --write-out`.split(/\s+/),
)

const LONG: Readonly<Record<string, string>> = {
  '-X': '--request',
  '-H': '--header',
  '-d': '--data',
  '-G': '--get',
  '-I': '--head',
  '-u': '--user',
  '-F': '--form',
  '-T': '--upload-file',
}

const CREDENTIALS = ['--user', '--oauth2-bearer', '--aws-sigv4']
/** In place of one, which goes no further than this. */
const CREDENTIAL = { name: 'Authorization', value: '…' }

const START = /^(?:\w+=\S*\s+)*(?:\S*[/\\])?curl(?:\.exe)?\s/i

/** The command as it stands behind a prompt and comments; `undefined` when it is another one. */
export function curlIn(text: string): string | undefined {
  const command = text
    .replace(/^(?:\s*(?:#[^\n]*)?\n)+/, '')
    .trimStart()
    .replace(/^(?:[$%>]|(?:PS )?[A-Z]:\\[^>\n]*>)\s*/i, '')
  return START.test(command) ? command : undefined
}

export function curlMessage(command: string): Message {
  const shell = shellOf(command)
  const { words, input, isOpen } = commandLine(command, shell)
  const remarks: string[] = []
  if (isOpen) remarks.push('A quote in it has no end, so what follows was not read.')
  const asked = read(words.slice(words.findIndex((word) => /curl(?:\.exe)?$/i.test(word)) + 1))
  const from = (file: string): string => {
    if (file === '-' && input !== null) return input
    remarks.push(
      `The body is in ${file === '-' ? 'its input' : `the file ${file}`}: paste it here.`,
    )
    return ''
  }
  const parts = asked.data.map(({ kind, value }) => dataOf(kind, value, from))
  const headers = [...asked.headers]
  const isJson = asked.data.some(({ kind }) => kind === '--json')
  const has = (name: string) => headers.some((one) => one.name.toLowerCase() === name)
  const hasData = asked.data.length > 0 && !asked.isGet
  if (isJson && !has('accept')) headers.push({ name: 'Accept', value: 'application/json' })
  if (hasData && !has('content-type')) {
    headers.push({ name: 'Content-Type', value: isJson ? 'application/json' : FORM })
    if (!isJson) remarks.push(`Without -H or --json, curl says Content-Type: ${FORM}.`)
  }
  if (asked.isForm) remarks.push('Forms and uploads are no SCIM, and were left out.')
  if (asked.more > 0) remarks.push('It has several addresses; this is the first.')
  const body = hasData ? parts.join(isJson ? '' : '&') : ''
  const query = asked.isGet ? [...asked.query, ...parts] : asked.query
  return {
    method: asked.method ?? (asked.isHead ? 'HEAD' : hasData ? 'POST' : 'GET'),
    address: withQuery(asked.address, query),
    headers: headers.filter(({ value }) => value !== ''),
    // Older PowerShells want quotes escaped even in quotes.
    body: shell === 'powershell' && !isJsonText(body) ? body.replaceAll('\\"', '"') : body,
    remarks,
  }
}

interface Asked {
  method?: string
  address: string
  more: number
  isGet: boolean
  isHead: boolean
  isForm: boolean
  readonly headers: { name: string; value: string }[]
  readonly data: { kind: string; value: string }[]
  readonly query: string[]
}

function read(words: readonly string[]): Asked {
  const asked: Asked = {
    ...{ address: '', more: 0, isGet: false, isHead: false, isForm: false },
    ...{ headers: [], data: [], query: [] },
  }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [short, others] = apart(word)
    if (others !== undefined) rest.unshift(others)
    const option = LONG[short] ?? short
    if (option === '--get') asked.isGet = true
    else if (option === '--head') asked.isHead = true
    else if (option === '--request') asked.method = rest.shift()?.toUpperCase() ?? 'GET'
    else if (option === '--header') take(rest.shift(), asked)
    else if (option === '--url-query') asked.query.push(encoded(rest.shift() ?? ''))
    else if (/^--(?:data(?:-ascii|-binary|-raw|-urlencode)?|json)$/.test(option)) {
      asked.data.push({ kind: option, value: rest.shift() ?? '' })
    } else if (option === '--url' || !option.startsWith('-')) {
      const address = option === '--url' ? (rest.shift() ?? '') : option
      if (asked.address === '') asked.address = address
      else asked.more += 1
    } else if (WITH_VALUE.has(short)) {
      rest.shift()
      if (CREDENTIALS.includes(option)) asked.headers.push(CREDENTIAL)
      if (/^--(?:form|form-string|upload-file)$/.test(option)) asked.isForm = true
    }
  }
  return asked
}

function take(line: string | undefined, { headers }: Asked): void {
  // `Name:` takes a header of curl's own away, `Name;` sends it empty: neither says anything.
  const header = headerOf(line ?? '')
  if (header) headers.push(header)
}

/** `-sSXPATCH` → `-s` and `-SXPATCH`, later `-X` and `PATCH`. */
function apart(word: string): readonly [string, string?] {
  if (!/^-[A-Za-z#]./.test(word)) return [word]
  const option = word.slice(0, 2)
  const hasValue = WITH_VALUE.has(option) || ['-X', '-H', '-d'].includes(option)
  return [option, hasValue ? word.slice(2) : `-${word.slice(2)}`]
}

function dataOf(kind: string, value: string, from: (file: string) => string): string {
  if (kind === '--data-urlencode') return encoded(value)
  return value.startsWith('@') && kind !== '--data-raw' ? from(value.slice(1)) : value
}

/** `filter=userName eq "a&b"`: what is behind the first sign of equality is encoded, as far as it must. */
function encoded(value: string): string {
  const at = value.indexOf('=')
  const name = at > 0 ? value.slice(0, at + 1) : ''
  return name + value.slice(at + 1).replaceAll(/[%&#+]/g, encodeURIComponent)
}

function withQuery(address: string, query: readonly string[]): string {
  if (query.length === 0) return address
  return `${address}${address.includes('?') ? '&' : '?'}${query.join('&')}`
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
