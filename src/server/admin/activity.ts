/**
 * Requests of the journal as the console shows them.
 *
 * @module
 */

import { type QuirkName, quirks } from '../../protocol/quirks.ts'
import type { KeptRequest, ListedRequest } from '../../store/journal.ts'
import type { ApiKey, Registry } from '../../store/registry.ts'
import type { TenantStore } from '../../store/store.ts'
import type { JournalReader } from '../journal/recorder.ts'
import { TESTING_NAME } from '../own-calls.ts'
import { adviceFor } from './advice.ts'
import { clientOf } from './clients.ts'
import { knownName } from './names.ts'
import type { AdminService } from './service.ts'
import type { ActivityDetail, ActivityRow, ExportedRow } from './types.ts'

/** What turns rows of the journal into rows of a page; keys are looked up once. */
export async function activityRows(
  registry: Registry,
  tenant: string,
): Promise<(row: ListedRequest) => ActivityRow> {
  const keys = new Map((await registry.keys(tenant)).map((key) => [key.id, key]))
  return (row) => ({
    seq: row.seq,
    requestId: row.requestId,
    at: row.at,
    milliseconds: row.milliseconds,
    method: row.method,
    path: row.path,
    query: row.query,
    status: row.status,
    result: row.result,
    key: row.key === null ? null : keyOf(row.key, keys.get(row.key)),
    agent: row.agent,
    client: clientOf(row.agent),
    address: row.address,
    scimType: row.scimType,
    quirks: row.quirks,
    resource: row.resource,
    refused: row.refused,
  })
}

/** The same rows, with what the resources are called that they are about. */
export async function withNames(
  store: TenantStore,
  rows: readonly ActivityRow[],
): Promise<readonly ActivityRow[]> {
  const ids = new Set(rows.map(({ resource }) => resource))
  const named = [...ids].map(
    async (id) => [id, id && (await knownName(store, id))?.display] as const,
  )
  const names = new Map(await Promise.all(named))
  return rows.map((row) => {
    const about = names.get(row.resource)
    return about ? { ...row, about } : row
  })
}

/** The same rows; those of creates that were refused with whom they were to make. */
export async function withWanted(
  journal: Pick<JournalReader, 'reasons'>,
  tenant: string,
  rows: readonly ActivityRow[],
): Promise<readonly ActivityRow[]> {
  const seqs = rows.filter(isRefusedCreate).map(seqOf)
  if (seqs.length === 0) return rows
  const reasons = await journal.reasons(tenant, seqs)
  const found = new Map(reasons.map(({ seq, wanted }) => [seq, wanted]))
  return rows.map((row) => {
    const about = found.get(row.seq)
    return about ? { ...row, about } : row
  })
}

const isRefusedCreate = ({ method, status, resource }: ActivityRow) =>
  method === 'POST' && status >= 400 && resource === null

/** The same rows, with what was answered to those that were refused, and what it means. */
export async function withReasons(
  journal: Pick<JournalReader, 'reasons'>,
  tenant: string,
  rows: readonly ActivityRow[],
): Promise<readonly ExportedRow[]> {
  const refused = rows.filter(({ status }) => status >= 400)
  const reasons = refused.length === 0 ? [] : await journal.reasons(tenant, refused.map(seqOf))
  const found = new Map(reasons.map((reason) => [reason.seq, reason]))
  return rows.map((row) => {
    const reason = found.get(row.seq)
    const advice = reason === undefined ? null : adviceFor({ ...row, ...reason })
    const told = { ...row, cause: advice?.cause ?? null, detail: reason?.detail ?? null }
    return reason?.wanted && isRefusedCreate(row) ? { ...told, about: reason.wanted } : told
  })
}

const seqOf = ({ seq }: ActivityRow) => seq

const keyOf = (id: string, key: ApiKey | undefined) => ({
  id,
  name: key?.name ?? null,
  last4: key?.hint ?? null,
})

/** So many tries of a key in a row are looked past. */
const TRIES = 50

/** The newest requests that a client made with a key: the console's own trying of it is none. */
export async function lastRequestsOf(
  journal: Pick<JournalReader, 'search'> | undefined,
  tenant: string,
  key: string,
): Promise<readonly ListedRequest[]> {
  const page = await journal?.search(tenant, { key, limit: TRIES })
  return page?.rows.filter(({ agent }) => agent !== TESTING_NAME) ?? []
}

/** The newest of them. */
export const lastOf = async (...asked: Parameters<typeof lastRequestsOf>) =>
  (await lastRequestsOf(...asked))[0]

/** What quirks mean, by their names. */
export function quirksOf(names: readonly string[]): { name: string; means: string }[] {
  return names.map((name) => ({ name, means: quirks[name as QuirkName]?.what ?? '' }))
}

/** What happened, step by step, up to where it ended. */
export function stepsOf(one: KeptRequest): ActivityDetail['steps'] {
  const { status, route, request, result } = one
  const isRead = one.method === 'GET' || route.endsWith('/.search')
  const isMalformed = status === 415 || status === 413 || one.scimType === 'invalidSyntax'
  const all: {
    readonly name: ActivityDetail['steps'][number]['name']
    ok: boolean
    says: string
  }[] = []
  const step = (name: (typeof all)[number]['name'], ok: boolean, good: string, bad: string) => {
    if (all.every((before) => before.ok)) all.push({ name, ok, says: ok ? good : bad })
  }
  step(
    'authenticated',
    status !== 401,
    'The API key was accepted.',
    'The API key was not accepted.',
  )
  const isRouted = route !== '*' && status !== 405 && status !== 403 && status !== 501
  step('routed', isRouted, `It is for ${route}.`, one.detail ?? 'There is no such endpoint.')
  if (request.body !== null || request.omitted !== null || isMalformed) {
    step('parsed', !isMalformed, 'The message was read.', one.detail ?? 'It could not be read.')
  }
  step(
    'decided',
    status < 400,
    'The request fits what is stored.',
    one.detail ?? `It was answered ${status}.`,
  )
  if (!isRead) {
    step(
      'stored',
      true,
      result === 'noChange' ? 'Nothing was different.' : 'The change was stored.',
      '',
    )
  }
  const took = one.milliseconds < 1 ? 'less than a millisecond' : `${one.milliseconds} ms`
  all.push({ name: 'answered', ok: status < 400, says: `${status} in ${took}.` })
  return all
}

/** What of the console's service comes from the journal. */
export function ofJournal(
  journal: JournalReader,
  registry: Registry,
): Required<Pick<AdminService, 'journal' | 'findRequests'>> {
  return {
    journal,
    findRequests: async (tenant, id) => {
      const shown = await activityRows(registry, tenant)
      const byId = await journal.search(tenant, { requestId: id, limit: 5 })
      const about = await journal.search(tenant, { resource: id, limit: 5 })
      return [...byId.rows, ...about.rows].slice(0, 5).map(shown)
    },
  }
}
