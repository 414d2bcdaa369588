/**
 * Requests as the thread that keeps them gets them, out of the texts that packing.ts makes of them.
 *
 * @module
 */

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
/** Texts of a request in a parcel: a head, unless it is the one before, a line, and two bodies. */
const TEXTS = 4

/**
 * All requests of a parcel's texts, in the order in which they came, but for those that cannot be read.
 *
 * @param failed Told of each of those.
 */
export function unpack(values: readonly unknown[], failed: (error: unknown) => void): Packed[] {
  const all: Packed[] = []
  let head: Head | undefined
  for (let at = 0; at < values.length; at += TEXTS) {
    try {
      if (values[at] !== undefined) head = headFrom(values[at] as string)
      all.push(one(head as Head, values[at + 1] as string, values[at + 2], values[at + 3]))
    } catch (error) {
      failed(error)
    }
  }
  return all
}

type Head = ReturnType<typeof headFrom>

function headFrom(line: string) {
  const fields = line.split(BREAK)
  const field = (at: number) => fields[at] as string
  return {
    start: Number(field(0)),
    method: field(1),
    route: field(2),
    status: Number(field(3)),
    tenant: field(4),
    actor: field(5),
    agent: field(6),
    address: field(7),
    omit: field(8) as Omitted,
    fate: field(9) as Fate,
    contentType: field(10),
    accept: field(11),
    ifMatch: field(12),
    ifNoneMatch: field(13),
    type: field(14),
    deactivates: field(15) !== '',
  }
}

function one(head: Head, line: string, text: unknown, answer: unknown): Packed {
  const fields = line.split(BREAK)
  const field = (at: number) => fields[at] ?? ''
  // One literal, field by field: objects spread into one another take several times as long.
  return {
    requestId: field(0),
    at: head.start + Number(field(1)),
    milliseconds: Number(field(2)),
    method: head.method,
    path: field(3),
    query: field(4),
    route: head.route,
    status: head.status,
    tenant: head.tenant,
    actor: head.actor,
    agent: head.agent,
    address: head.address,
    scimType: field(9),
    detail: field(10),
    quirks: field(11),
    resource: field(5),
    refused: field(12),
    omit: head.omit,
    fate: head.fate,
    contentType: head.contentType,
    accept: head.accept,
    ifMatch: head.ifMatch,
    ifNoneMatch: head.ifNoneMatch,
    credential: field(13),
    text: text as string | undefined,
    answer: answer as string | null | undefined,
    headers: field(14) === '' ? headersOf(head.type, fields) : JSON.parse(field(14)),
    deactivates: head.deactivates,
  }
}

// The headers of a success are these, and those that every response has.
function headersOf(type: string, fields: readonly string[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  if (type) headers['Content-Type'] = type
  if (fields[6]) headers.ETag = fields[6]
  if (fields[7]) headers.Location = fields[7]
  if (fields[8]) headers['Content-Location'] = fields[8]
  return headers
}
