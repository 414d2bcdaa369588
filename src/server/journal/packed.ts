/**
 * Requests on their way to the thread that keeps them: three texts for each.
 *
 * The thread that serves pays for each value it sends. A text is copied byte by byte, which is cheap;
 * an object is taken apart key by key, which is not. So a request is one line of fields and its two
 * bodies, and what is to be understood, redacted or left out is the other thread's to do.
 *
 * @module
 */

import { sentSecrets } from '../../http/authenticate.ts'
import type { RequestEntry } from '../../http/handler.ts'
import { isComing } from '../../http/message.ts'
import type { Parcel } from './parcel.ts'

/** A request as the thread gets it. Secrets are still in it; what is empty was not there. */
export interface Packed {
  readonly requestId: string
  readonly at: number
  readonly milliseconds: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly route: string
  readonly status: number
  readonly tenant: string
  readonly actor: string
  readonly agent: string
  readonly address: string
  readonly scimType: string
  readonly detail: string
  /** Joined by commas. */
  readonly quirks: string
  readonly resource: string
  readonly refused: string
  readonly omit: Omitted
  readonly fate: Fate
  readonly contentType: string
  readonly accept: string
  readonly ifMatch: string
  readonly ifNoneMatch: string
  /** Words of whatever came as a credential, of a request of nobody. */
  readonly credential: string
  readonly text: string | undefined
  /** `null` when it was sent in pieces. */
  readonly answer: string | null | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly deactivates: boolean
}

/**
 * What becomes of a request: a row; or it is only counted, as its tenant wants it (`count`), or because
 * too many wait (`unkept`). The console's own trying of a key is a row, and counted nowhere (`own`): it says
 * nothing of an identity provider.
 */
export type Fate = 'row' | 'count' | 'unkept' | 'own'

/** Why bodies are left out, if they are. */
export type Omitted = 'setting' | 'load' | ''

/** How much of an answer travels: what is kept of it at most, and one more to see that it was cut. */
export const ANSWER = 64 * 1024 + 1

/** Between two fields of a line; no header and no URL has one. */
export const BREAK = '\n'

/**
 * How much of what a client may make as long as it likes travels. By {@link MARGIN} less is kept, since
 * half a secret at the end of it is none that could be found.
 */
export const TRAVELS = { path: 1_300, query: 5_000, agent: 1_200, detail: 4_000, header: 2_000 }
export const MARGIN = 1_000
/** Of what is only counted, none of that. */
const COUNTED = { path: 0, query: 0, agent: 0, detail: 0, header: 0 }

/** Puts a request into a parcel: a line of fields, the text that came, and the answer. */
export function pack(into: Parcel, entry: RequestEntry, omit: Omitted, fate: Fate): void {
  const { request, response, text, status } = entry
  const { headers, body } = response
  const keep = fate === 'row' || fate === 'own'
  const most = keep ? TRAVELS : COUNTED
  const whole = omit === '' && keep
  // A template, because nothing that is made of parts one by one is nearly as cheap.
  const fields = `${entry.requestId}\n${entry.at}\n${entry.durationMs}\n${entry.method}\n${line(entry.path, most.path)}\n${line(entry.query, most.query)}\n${entry.route}\n${status}\n${entry.tenant ?? ''}\n${entry.actor ?? ''}\n${line(entry.agent, most.agent)}\n${entry.address ?? ''}\n${entry.scimType ?? ''}\n${line(entry.detail, most.detail)}\n${entry.quirks.length === 0 ? '' : entry.quirks.join()}\n${line(entry.resource, most.header)}\n${entry.refused ?? ''}\n${omit}\n${fate}\n${line(request.header('content-type'), most.header)}\n${line(request.header('accept'), most.header)}\n${line(request.header('if-match'), most.header)}\n${line(request.header('if-none-match'), most.header)}\n${entry.tenant === undefined ? line(sentSecrets(request).join(' '), most.header) : ''}\n${status < 400 ? usual(headers) : JSON.stringify(headers)}${entry.deactivates ? '\n1' : ''}`
  // What a request did is read from its text, also where that is not kept.
  const came = omit === 'load' ? undefined : text
  into.add(fields)
  into.add(came)
  if (isComing(body)) into.add(null)
  else if (body === undefined || !(whole || (omit !== 'load' && isChange(entry))))
    into.add(undefined)
  else into.addParts(typeof body === 'string' ? [body] : body, ANSWER)
}

function line(text: string | null | undefined, most: number): string {
  if (text === null || text === undefined) return ''
  const beginning = text.length > most ? text.slice(0, most) : text
  return beginning.includes(BREAK) ? beginning.replaceAll(BREAK, ' ') : beginning
}

// The headers of a success are these, and those that every response has.
const USUAL = ['Content-Type', 'ETag', 'Location', 'Content-Location'] as const
const usual = ({
  'Content-Type': type = '',
  ETag = '',
  Location = '',
  'Content-Location': content = '',
}: Readonly<Record<string, string>>) => `${type}\n${ETag}\n${Location}\n${content}`

// Whether anything became different is read from the answer.
const isChange = ({ method }: RequestEntry) => method === 'PUT' || method === 'PATCH'

/**
 * All requests of a parcel's texts, in the order in which they came, but for those that cannot be read.
 *
 * @param failed Told of each of those.
 */
export function unpack(values: readonly unknown[], failed: (error: unknown) => void): Packed[] {
  const all: Packed[] = []
  for (let at = 0; at < values.length; at += 3) {
    try {
      all.push(one(values[at] as string, values[at + 1], values[at + 2]))
    } catch (error) {
      failed(error)
    }
  }
  return all
}

/** The first field of the headers: four of a success, or all in one. */
const HEADERS = 24

function one(line: string, text: unknown, answer: unknown): Packed {
  const fields = line.split(BREAK)
  const field = (at: number) => fields[at] as string
  // One literal, field by field: objects spread into one another take several times as long.
  return {
    requestId: field(0),
    at: Number(field(1)),
    milliseconds: Number(field(2)),
    method: field(3),
    path: field(4),
    query: field(5),
    route: field(6),
    status: Number(field(7)),
    tenant: field(8),
    actor: field(9),
    agent: field(10),
    address: field(11),
    scimType: field(12),
    detail: field(13),
    quirks: field(14),
    resource: field(15),
    refused: field(16),
    omit: field(17) as Omitted,
    fate: field(18) as Fate,
    contentType: field(19),
    accept: field(20),
    ifMatch: field(21),
    ifNoneMatch: field(22),
    credential: field(23),
    text: text as string | undefined,
    answer: answer as string | null | undefined,
    headers: headersOf(fields, HEADERS),
    deactivates: fields[HEADERS + USUAL.length] === '1',
  }
}

function headersOf(fields: readonly string[], from: number): Readonly<Record<string, string>> {
  if (fields.length === from + 1) {
    return JSON.parse(fields[from] as string) as Record<string, string>
  }
  const headers: Record<string, string> = {}
  for (const [index, name] of USUAL.entries()) {
    const value = fields[from + index]
    if (value) headers[name] = value
  }
  return headers
}
