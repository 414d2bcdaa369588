/**
 * The journal, on any database that can carry out {@link Work}.
 *
 * A request is given its place when it is appended, one transaction of a tenant after the other, so that
 * nothing ever appears below what somebody has seen already.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import {
  type First,
  type Journal,
  type JournalBatch,
  type KeptRequest,
  type ListedRequest,
  type MinuteCounts,
  type NewRequest,
  noCounts,
  type RequestContent,
  type RequestReason,
  type Unkept,
} from '../../store/journal.ts'
import { inserter, type Row } from './inserter.ts'
import { newestPlace, PLACES, type TakePlaces, takingPlaces } from './journal-place.ts'
import { listed, type RequestRow, requestColumns } from './journal-row.ts'
import { journalSearch, type SearchLimits } from './journal-search.ts'
import { journalSweep } from './journal-sweep.ts'
import { Lru } from './lru.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { call, one, rows, type Work } from './work.ts'

export interface JournalOptions {
  readonly now: () => number
  readonly limits?: SearchLimits
  readonly take?: TakePlaces
  /** Where requests can be put aside, in a table `request_parcels`. */
  readonly hasParcels?: boolean
}

const MINUTE = 60_000
/** So many characters of a content have its reason, which stands before the messages. */
const HEAD = 10_000
const COUNTS = Object.keys(noCounts) as (keyof typeof noCounts)[]

const COLUMNS = {
  tenant: 'text',
  seq: 'integer',
  status: 'integer',
  milliseconds: 'integer',
  at: 'integer',
  agent: 'integer',
  result: 'text',
  method: 'text',
  key: 'text',
  path: 'text',
  query: 'text',
  resource: 'text',
  request_id: 'text',
  address: 'text',
  scim_type: 'text',
  refused: 'text',
  quirks: 'text',
  bytes: 'integer',
} as const

const CONTENTS = {
  tenant: 'text',
  seq: 'integer',
  data: 'text',
  request_body: 'text',
  response_body: 'text',
} as const

export function journal(
  spelling: Spelling,
  { read, write }: Pick<Executor, 'read' | 'write'>,
  { now, limits, take = takingPlaces(now), hasParcels = false }: JournalOptions,
): Omit<Journal, 'close' | 'aside'> {
  const tenant = slot('tenant')
  const guard = spelling.guard?.(sql`'journal of ' || ${tenant}`)
  const alone = guard && spelling.compile(guard)
  const newest = newestPlace(spelling)
  const insert = inserter(spelling, 'requests', COLUMNS)
  const insertContents = inserter(spelling, 'request_contents', CONTENTS)
  const meet = spelling.compile(sql`
    insert into request_agents (tenant, id, agent) values (${tenant}, ${slot('id')}, ${slot('agent')})
    on conflict do nothing`)
  const counts = sql.join(COUNTS.map((name) => sql.ref(name)))
  const count = spelling.compile(sql`
    insert into request_minutes (tenant, minute, key, ${counts})
    values (${tenant}, ${slot('minute')}, ${slot('key')}, ${sql.join(COUNTS.map((name) => slot(name)))})
    on conflict (tenant, minute, key) do update set ${sql.join(
      COUNTS.map((name) => {
        const column = sql.ref(name)
        return sql`${column} = request_minutes.${column} + excluded.${column}`
      }),
    )}`)
  const happened = spelling.compile(sql`
    insert into request_firsts (tenant, key, what, at)
    values (${tenant}, ${slot('key')}, ${slot('what')}, ${slot('at')})
    on conflict do nothing`)
  const single = spelling.compile<RequestRow & ContentRow>(sql`
    select ${requestColumns}, c.data, c.request_body, c.response_body from requests r
    join request_contents c on c.tenant = r.tenant and c.seq = r.seq
    left join request_agents a on a.tenant = r.tenant and a.id = r.agent
    where r.tenant = ${tenant} and r.seq = ${slot('seq')}`)
  const reasons = spelling.compile<{ readonly seq: number; readonly head: string }>(sql`
    select c.seq, substr(c.data, 1, ${sql.raw(String(HEAD))}) as head
    from ${spelling.list(slot('seqs'))} l
    join request_contents c on c.tenant = ${tenant} and c.seq = cast(l.value as bigint)`)
  const minutes = spelling.compile<MinuteCounts>(sql`
    select tenant, minute, key, ${counts} from request_minutes
    where tenant = ${tenant} and minute >= ${slot('from')} order by minute, key`)
  const firsts = spelling.compile<First>(
    sql`select tenant, key, what, at from request_firsts where tenant = ${tenant}
      order by at, key, what`,
  )
  const unkept = spelling.compile<{
    readonly count: number | null
    readonly first: number
    readonly last: number
  }>(sql`
    select cast(sum(unkept) as bigint) as count, min(minute) as first, max(minute) as last
    from request_minutes
    where tenant = ${tenant} and unkept > 0 and minute > ${slot('from')} and minute < ${slot('to')}`)
  const keptSince = spelling.compile<{ readonly below: number; readonly at: number | null }>(sql`
    select f.below, r.at from request_forgotten f
    left join requests r on r.tenant = f.tenant
      and r.seq = (select min(o.seq) from requests o where o.tenant = ${tenant})
    where f.tenant = ${tenant}`)
  const search = journalSearch(spelling, limits, hasParcels)
  const done = spelling.compile(sql`delete from request_parcels where place <= ${slot('through')}`)
  const agents = new Lru<number>(1_000)

  function* append(batch: JournalBatch): Work<void> {
    for (const [owner, requests] of byTenant(batch.requests)) {
      if (alone !== undefined) yield* one(alone, { tenant: owner })
      const { seq } = (yield* one(newest, { tenant: owner })) ?? { seq: null }
      const first = requests[0]?.place ?? take(requests.length, seq ?? 0)
      const placed = requests.map((request, index) => ({
        ...request,
        seq: request.place ?? first + index,
      }))
      const met = new Map<number, string>()
      const contents = placed.map((request) => contentOf(request))
      const values = placed.map((request, index) => {
        const id = agentId(request.agent, agents)
        if (id !== null) met.set(id, request.agent ?? '')
        return rowOf(request, id, sizeOf(contents[index]))
      })
      yield [
        ...Array.from(met, ([id, agent]) => call(meet, { tenant: owner, id, agent })),
        ...insert(values),
        ...insertContents(contents),
      ]
    }
    yield [
      ...batch.counts.map((minute) => call(count, { ...minute })),
      ...batch.firsts.map((first) => call(happened, { ...first })),
      ...(batch.through === undefined ? [] : [call(done, { through: batch.through })]),
    ]
  }

  return {
    append: (batch) => write(() => append(batch)),
    search: (tenant, query) => read(() => search(tenant, query)),
    request: (tenant, seq) =>
      read(function* (): Work<KeptRequest | undefined> {
        if (!/^\d{1,16}$/.test(seq)) return undefined
        const row = yield* one(single, { tenant, seq: Number(seq) })
        // Of a request that was kept before there was such a column, the content has the query.
        return row && { ...listed(row), ...content(row) }
      }),
    reasons: (tenant, seqs) =>
      read(function* (): Work<RequestReason[]> {
        const found = yield* rows(reasons, { tenant, seqs: JSON.stringify(seqs) })
        return found.map(({ seq, head }) => ({ seq: String(seq), ...reasonIn(head) }))
      }),
    minutes: (tenant, from) => read(() => rows(minutes, { tenant, from })),
    firsts: (tenant) => read(() => rows(firsts, { tenant })),
    unkept: (tenant, { from = 0, to = Number.MAX_SAFE_INTEGER }) =>
      read(function* (): Work<Unkept | undefined> {
        const found = yield* one(unkept, { tenant, from: from - MINUTE, to })
        if (found === undefined || found.count === null) return undefined
        return { count: found.count, from: found.first, to: found.last + MINUTE }
      }),
    keptSince: (tenant) =>
      read(function* (): Work<number | undefined> {
        const found = yield* one(keptSince, { tenant })
        return found && (found.at ?? Math.ceil(found.below / PLACES))
      }),
    sweep: journalSweep(spelling, { read, write }),
  }
}

// In the order of their tenants, so that two nodes never wait for each other.
function byTenant(requests: readonly NewRequest[]): [string, NewRequest[]][] {
  const groups = new Map<string, NewRequest[]>()
  for (const request of requests) {
    const group = groups.get(request.tenant)
    if (group === undefined) groups.set(request.tenant, [request])
    else group.push(request)
  }
  return [...groups].sort(([left], [right]) => (left < right ? -1 : 1))
}

function rowOf(
  request: Omit<ListedRequest, 'seq'> & { readonly tenant: string; readonly seq: number },
  agent: number | null,
  bytes: number,
): Row {
  const { tenant, seq, status, milliseconds, at, result, method, key, path, query } = request
  const { resource, requestId: request_id, address, scimType: scim_type, refused } = request
  return {
    ...{ tenant, seq, status, milliseconds, at, agent, result, method, key, path, query, resource },
    ...{ request_id, address, scim_type, refused, quirks: request.quirks.join() },
    // What the row itself takes, about.
    bytes: bytes + query.length + 400,
  }
}

interface ContentRow {
  readonly data: string
  readonly request_body: string | null
  readonly response_body: string | null
}

function reasonIn(head: string): Pick<RequestContent, 'route' | 'detail' | 'wanted'> {
  // Within a string its quotation marks would have a backslash before them.
  const end = head.indexOf(',"request":{')
  if (end < 0) return { route: '', detail: null }
  return JSON.parse(`${head.slice(0, end)}}`) as RequestContent
}

// The bodies apart, as they are: to write them as strings of JSON took longer than all else.
function contentOf({
  tenant,
  seq,
  route,
  detail,
  wanted,
  request,
  response,
}: RequestContent & { readonly tenant: string; readonly seq: number }): ContentRow & Row {
  const [asked, answered] = [request, response].map((message) => ({ ...message, body: null }))
  return {
    ...{ tenant, seq, request_body: request.body, response_body: response.body },
    data: JSON.stringify({ route, detail, wanted, request: asked, response: answered }),
  }
}

// Of a request that was kept before they had columns, the bodies are in the data.
function content({ data, request_body, response_body }: ContentRow): RequestContent {
  const { request, response, ...rest } = JSON.parse(data) as RequestContent
  return {
    ...rest,
    request: { ...request, body: request_body ?? request.body },
    response: { ...response, body: response_body ?? response.body },
  }
}

const sizeOf = (row: ContentRow | undefined) =>
  row === undefined
    ? 0
    : row.data.length + (row.request_body?.length ?? 0) + (row.response_body?.length ?? 0)

// The same on every node, so that nobody has to ask which number an agent has.
function agentId(agent: string | null, known: Lru<number>): number | null {
  if (agent === null) return null
  return known.get(agent, () => createHash('sha256').update(agent).digest().readUIntBE(0, 6))
}
