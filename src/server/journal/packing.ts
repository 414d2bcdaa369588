/**
 * Requests on their way to the thread that keeps them: four texts for each.
 *
 * The thread that serves pays for each value it sends and for each text it makes. So a request is one line
 * of fields and its two bodies; what one request after another has in common (its client, its kind) stands
 * in a line before, and only where it is not the same as before. What is to be understood, redacted or left
 * out is the other thread's to do.
 *
 * @module
 */

import { sentSecrets } from '../../http/authenticate.ts'
import type { RequestEntry } from '../../http/handler.ts'
import { isComing } from '../../http/message.ts'
import { bytesOf } from '../../use/bytes.ts'
import { ANSWER, BREAK, type Fate, type Omitted, TRAVELS } from './packed.ts'
import { Parcel } from './parcel.ts'

/**
 * What of a parcel of reads that went well is to be looked at before it may be written down as it came: what
 * requests have in common, or the lines of each, too, where a client has a say in them.
 */
export type Looks = 'heads' | 'lines'

/** Of what is only counted, nothing that a client may make long. */
const COUNTED: typeof TRAVELS = { path: 0, query: 0, agent: 0, detail: 0, header: 0 }

/** What one request after another has in common. */
interface Head {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly tenant: string | undefined
  readonly actor: string | undefined
  readonly agent: string | undefined
  readonly address: string | undefined
  readonly omit: Omitted
  readonly fate: Fate
  readonly contentType: string | null
  readonly accept: string | null
  readonly ifMatch: string | null
  readonly ifNoneMatch: string | null
  readonly type: string | undefined
  readonly deactivates: boolean
}

export class Packing {
  readonly #parcel: Parcel
  /** When the first of them came: a small number is cheaper to write than a large one. */
  readonly #start: number
  #head: Head | undefined
  #looks: Looks | undefined = 'heads'
  #count = 0

  /**
   * @param start When the first of them came, in epoch milliseconds.
   * @param room What is given here is written over.
   */
  constructor(start: number, room?: ArrayBuffer) {
    this.#start = start
    this.#parcel = new Parcel(room)
  }

  get start(): number {
    return this.#start
  }

  get count(): number {
    return this.#count
  }

  /** Whether all of it is reads that went well, of somebody known. */
  get isPlain(): boolean {
    return this.#looks !== undefined
  }

  /** Bytes in it. */
  get size(): number {
    return this.#parcel.size
  }

  add(entry: RequestEntry, omit: Omitted, fate: Fate): void {
    const { response, text } = entry
    const { body } = response
    const parcel = this.#parcel
    const keep = fate === 'row' || fate === 'own'
    const most = keep ? TRAVELS : COUNTED
    const head = headOf(entry, omit, fate)
    const isNew = this.#head === undefined || !isSame(this.#head, head)
    parcel.add(isNew ? headLine(head, this.#start, most) : undefined)
    if (isNew) this.#head = head
    parcel.add(lineOf(entry, this.#start, most))
    // What a request did is read from its text, also where that is not kept.
    parcel.add(omit === 'load' ? undefined : text)
    if (isComing(body)) parcel.add(null)
    else if (body === undefined || !((omit === '' && keep) || (omit !== 'load' && isChange(entry))))
      parcel.add(undefined)
    else if (typeof body !== 'string') parcel.addParts(body, ANSWER)
    else if (body.length > ANSWER) parcel.addParts([body], ANSWER)
    else parcel.addBytes(bytesOf(response, body))
    this.#count += 1
    if (this.#looks === undefined) return
    // One that is only counted makes no trouble for the others.
    if (!isPlain(entry) || fate === 'own') this.#looks = undefined
    else if (!isOursAlone(entry)) this.#looks = 'lines'
  }

  /**
   * What is in it, to be sent away with its room; it is not to be used any more. `looks` where all of it
   * is reads that went well, of somebody known.
   */
  closed(): {
    readonly count: number
    readonly room: ArrayBuffer
    readonly size: number
    readonly looks: Looks | undefined
  } {
    return { count: this.#count, ...this.#parcel.closed(), looks: this.#looks }
  }
}

function headOf(entry: RequestEntry, omit: Omitted, fate: Fate): Head {
  const { request, response, method, route, status, tenant, actor, agent, address } = entry
  return {
    ...{ method, route, status, tenant, actor, agent, address, omit, fate },
    contentType: request.header('content-type'),
    accept: request.header('accept'),
    ifMatch: request.header('if-match'),
    ifNoneMatch: request.header('if-none-match'),
    type: response.headers['Content-Type'],
    deactivates: entry.deactivates === true,
  }
}

// One by one, because a loop over names takes several times as long.
const isSame = (one: Head, other: Head) =>
  one.agent === other.agent &&
  one.ifNoneMatch === other.ifNoneMatch &&
  one.ifMatch === other.ifMatch &&
  one.method === other.method &&
  one.route === other.route &&
  one.status === other.status &&
  one.actor === other.actor &&
  one.tenant === other.tenant &&
  one.address === other.address &&
  one.omit === other.omit &&
  one.fate === other.fate &&
  one.accept === other.accept &&
  one.contentType === other.contentType &&
  one.type === other.type &&
  one.deactivates === other.deactivates

const headLine = (head: Head, start: number, most: typeof TRAVELS) =>
  [
    ...[start, head.method, head.route, head.status, head.tenant ?? '', head.actor ?? ''],
    ...[line(head.agent, most.agent), head.address ?? '', head.omit, head.fate],
    ...[head.contentType, head.accept, head.ifMatch, head.ifNoneMatch].map((text) =>
      line(text, most.header),
    ),
    ...[head.type ?? '', head.deactivates ? '1' : ''],
  ].join(BREAK)

// A template, because nothing that is made of parts one by one is nearly as cheap.
function lineOf(entry: RequestEntry, start: number, most: typeof TRAVELS): string {
  const { headers } = entry.response
  const usual = `${entry.requestId}\n${entry.at - start}\n${entry.durationMs}\n${line(entry.path, most.path)}\n${line(entry.query, most.query)}\n${line(entry.resource, most.header)}\n${headers.ETag ?? ''}\n${headers.Location ?? ''}\n${headers['Content-Location'] ?? ''}`
  if (entry.status < 400 && entry.quirks.length === 0 && entry.tenant !== undefined) return usual
  const credential =
    entry.tenant === undefined ? line(sentSecrets(entry.request).join(' '), most.header) : ''
  const all = entry.status < 400 ? '' : JSON.stringify(headers)
  return `${usual}\n${entry.scimType ?? ''}\n${line(entry.detail, most.detail)}\n${entry.quirks.join()}\n${entry.refused ?? ''}\n${credential}\n${all}`
}

function line(text: string | null | undefined, most: number): string {
  if (text === null || text === undefined) return ''
  const beginning = text.length > most ? text.slice(0, most) : text
  return beginning.includes(BREAK) ? beginning.replaceAll(BREAK, ' ') : beginning
}

// Whether anything became different is read from the answer.
const isChange = ({ method }: RequestEntry) => method === 'PUT' || method === 'PATCH'

/** Whether it is a read that went well, of somebody known. */
export const isPlain = ({ method, status, tenant, text }: RequestEntry) =>
  (method === 'GET' || method === 'HEAD') &&
  status < 400 &&
  tenant !== undefined &&
  tenant !== '' &&
  text === undefined

const ID = '{id}'

// Whether a line has nothing in it but what was made here: of a resource that was found the path tells no
// more than its id.
function isOursAlone({ path, route, query, quirks, resource, request }: RequestEntry): boolean {
  if (query !== '' || quirks.length > 0 || request.header('x-request-id') !== null) return false
  if (resource === undefined) return path === route
  const prefix = route.length - ID.length
  return path.length === prefix + resource.length && path.endsWith(resource)
}
