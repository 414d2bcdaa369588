/** Activity: every request, one of them, and exactly the filtered ones as a file. */

import { z } from 'zod'
import type { JournalQuery, KeptRequest } from '../../../store/journal.ts'
import type { LoggedChange, TenantStore } from '../../../store/store.ts'
import { SCIM_PATH } from '../../scim.ts'
import { activityRows, quirksOf, stepsOf, withNames, withReasons, withWanted } from '../activity.ts'
import { activityFile } from '../activity-file.ts'
import { adviceFor } from '../advice.ts'
import { withClash } from '../clash.ts'
import { agentsOf } from '../clients.ts'
import { curlOf } from '../curl.ts'
import { count } from '../paging.ts'
import { nothingHere } from '../refusal.ts'
import { type AdminRoute, route } from '../route.ts'
import type { AdminService } from '../service.ts'
import { soughtText } from '../text.ts'
import { timelineEntries } from '../timeline.ts'
import type { ActivityDetail, ActivityPage, ExportedRow, Unkept } from '../types.ts'

const place = z.string().regex(/^\d{1,16}$/)
/** Epoch milliseconds, up to 2096: a place of the journal tells no later ones. */
const time = z.coerce.number().int().min(0).max(4_000_000_000_000)
const filters = {
  method: z.string().max(10).optional(),
  path: z.string().max(300).optional(),
  q: soughtText.optional(),
  key: z.string().max(50).optional(),
  agent: z.string().max(200).optional(),
  quirk: z.string().max(100).optional(),
  status: z
    .string()
    .regex(/^(?:[2-5]xx|bad|[1-5]\d\d)$/)
    .optional(),
  slower: z.coerce.number().int().min(0).max(1_000_000_000).optional(),
  request: z.string().max(128).optional(),
  resource: z.string().max(200).optional(),
  result: z.enum(['success', 'noChange', 'rejected', 'failed']).optional(),
  from: time.optional(),
  to: time.optional(),
}
const listQuery = z.object({ ...filters, before: place.optional(), after: place.optional(), count })
const exportQuery = z.object({ ...filters, format: z.enum(['csv', 'json']) })

/** Rows that are read at once for a file. */
const STEP = 1_000

export const activityRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/activity',
    access: 'viewer',
    query: listQuery,
    handle: ({ service, tenant, query }) => pageOf(service, tenant.id, query),
  }),
  // Requests whose key nobody knows are of no tenant, so only those who see every tenant see them.
  route({
    method: 'GET',
    path: '/activity/unclaimed',
    access: 'root',
    query: listQuery,
    handle: ({ service, query }) => pageOf(service, NOBODY, query),
  }),
  route({
    method: 'GET',
    path: '/activity/unclaimed/:seq',
    access: 'root',
    handle: async ({ service, param }): Promise<ActivityDetail> => {
      const one = await requestAt(service, NOBODY, param('seq'))
      return { ...(await detailOf(service, NOBODY, one)), changes: [] }
    },
  }),
  // Before the one of a place, which would take its name for one.
  route({
    method: 'GET',
    path: '/tenants/:tenant/activity/export',
    access: 'viewer',
    query: exportQuery,
    handle: async ({ service, tenant, query, now }) => {
      const { journal, database } = service
      const shown = await activityRows(database.registry, tenant.id)
      const { format } = query
      const asked = await askedFor(journal, tenant.id, query)
      const search = async (before?: string) => {
        const step = { ...asked, ...(before !== undefined && { before }), limit: STEP }
        return await journal?.search(tenant.id, step)
      }
      // Before the file has begun a search may still be refused.
      const first = await search()
      const unkept = await unkeptOf(service, tenant.id, query)
      const pages = async function* (): AsyncGenerator<readonly ExportedRow[]> {
        try {
          for (let page = first; page !== undefined; ) {
            // None may fit for long; whoever has gone away is noticed all the same.
            yield journal ? await withReasons(journal, tenant.id, page.rows.map(shown)) : []
            page = page.next === null ? undefined : await search(page.next)
          }
        } catch (error) {
          service.log.error({ err: error }, 'a file of requests broke off')
          throw error
        }
      }
      const keptSince = await keptSinceOf(service, tenant.id, query)
      const origin = { tenant: tenant.name, at: now }
      return activityFile(format, origin, { unkept, keptSince }, pages())
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/activity/:seq',
    access: 'viewer',
    handle: async (call): Promise<ActivityDetail> => {
      const { service, tenant, rows, param } = call
      const one = await requestAt(service, tenant.id, param('seq'))
      const made = await madeBy(one, rows)
      const entries = await timelineEntries(call, made)
      const detail = await detailOf(service, tenant.id, one)
      return {
        ...detail,
        advice: await withClash(detail.advice, call, one),
        changes: entries.map((entry, index) => ({
          ...entry,
          type: made[index]?.type ?? '',
          id: made[index]?.id ?? '',
        })),
      }
    },
  }),
]

/** Changes that are read at once, and how many times at most, to find those of one request. */
const CHANGES = 1_000
const READS = 100
/** Milliseconds by which the clocks of two nodes may differ. */
const CLOCKS = 60_000

/** What a request changed, also when much has happened to the same group since. */
async function madeBy(one: KeptRequest, rows: TenantStore): Promise<readonly LoggedChange[]> {
  const made: LoggedChange[] = []
  if (one.resource === null) return made
  let before = Number.MAX_SAFE_INTEGER
  for (let read = 0; read < READS; read++) {
    const logged = await rows.changes({ before, limit: CHANGES, about: one.resource })
    // A client may choose the id of its request, and choose that of another.
    const own = logged.filter(
      ({ request, actor }) => request === one.requestId && keyOf(actor) === one.key,
    )
    made.push(...own)
    const oldest = logged.at(-1)
    if (oldest === undefined || logged.length < CHANGES || oldest.at < one.at - CLOCKS) break
    before = oldest.seq
  }
  return made
}

/** The tenant under which requests of nobody are kept. */
const NOBODY = ''

async function pageOf(
  service: AdminService,
  tenant: string,
  query: z.output<typeof listQuery>,
): Promise<ActivityPage> {
  const { journal, database } = service
  if (journal === undefined) {
    return { rows: [], next: null, searchedTo: null, newest: '0', unkept: null, keptSince: null }
  }
  const asked = { ...(await askedFor(journal, tenant, query)), limit: query.count }
  const page = await journal.search(tenant, asked)
  const shown = await activityRows(database.registry, tenant)
  const unkept = await unkeptOf(service, tenant, query)
  const named = await withNames(database.tenant(tenant), page.rows.map(shown))
  const rows = await withWanted(journal, tenant, named)
  return { ...page, rows, unkept, keptSince: await keptSinceOf(service, tenant, query) }
}

// Nobody knows more of them than when they came, so all those of that time are told, whatever else is
// asked for.
async function unkeptOf(
  { journal }: AdminService,
  tenant: string,
  { from, to }: Asked,
): Promise<Unkept | null> {
  const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  return (await journal?.unkept(tenant, range)) ?? null
}

async function keptSinceOf(
  { journal }: AdminService,
  tenant: string,
  { from = 0 }: Asked,
): Promise<number | null> {
  const since = await journal?.keptSince(tenant)
  return since !== undefined && from < since ? since : null
}

async function requestAt(
  { journal }: AdminService,
  tenant: string,
  seq: string,
): Promise<KeptRequest> {
  const one = await journal?.request(tenant, seq)
  if (one === undefined) throw nothingHere('This request is not kept, or not any more')
  return one
}

async function detailOf(
  { database, publicUrl }: AdminService,
  tenant: string,
  one: KeptRequest,
): Promise<Omit<ActivityDetail, 'changes'>> {
  const shown = await activityRows(database.registry, tenant)
  const [row = shown(one)] = await withNames(database.tenant(tenant), [shown(one)])
  return {
    row: one.wanted && !row.about ? { ...row, about: one.wanted } : row,
    request: one.request,
    response: one.response,
    quirks: quirksOf(one.quirks),
    advice: one.status >= 400 ? adviceFor(one) : null,
    steps: stepsOf(one),
    curl: curlOf(one, publicUrl + SCIM_PATH),
  }
}

type Asked = Partial<z.output<typeof listQuery>>

/** Of an id nobody can tell by looking whether a request has it or a resource. */
async function askedFor(
  journal: AdminService['journal'],
  tenant: string,
  { q, ...query }: Asked,
): Promise<Omit<JournalQuery, 'limit'>> {
  const asked = journalQuery(query)
  if (!q) return asked
  const [request] = (await journal?.search(tenant, { requestId: q, limit: 1 }))?.rows ?? []
  return { ...asked, ...(request ? { requestId: q } : { resource: q }) }
}

const keyOf = (actor: string) => (actor.startsWith('key:') ? actor.slice(4) : null)

function journalQuery(query: Asked): Omit<JournalQuery, 'limit'> {
  const {
    status,
    request,
    agent,
    count: _,
    format: __,
    ...same
  } = query as typeof query & {
    readonly format?: string
  }
  const given = Object.entries(same).filter(([, value]) => value !== undefined && value !== '')
  return {
    ...Object.fromEntries(given),
    ...(status === undefined ? {} : { status: statuses(status) }),
    ...(request ? { requestId: request } : {}),
    ...(agent ? { agent: agentsOf(agent) } : {}),
  }
}

function statuses(status: string): { from: number; to: number } {
  if (status === 'bad') return { from: 400, to: 599 }
  const first = Number(status.replace('xx', '00'))
  return { from: first, to: status.endsWith('xx') ? first + 99 : first }
}
