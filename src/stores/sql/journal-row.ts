/** A request as its row has it, without what is read one by one. */

import type { ListedRequest, RequestResult } from '../../store/journal.ts'
import { sql } from './sql.ts'

export interface RequestRow {
  readonly seq: number
  readonly status: number
  readonly milliseconds: number
  readonly at: number
  readonly agent: string | null
  readonly result: string
  readonly method: string
  readonly key: string | null
  readonly path: string
  readonly query: string
  readonly resource: string | null
  readonly request_id: string
  readonly address: string | null
  readonly scim_type: string | null
  readonly refused: string | null
  readonly quirks: string
}

export const requestColumns = sql`r.seq, r.status, r.milliseconds, r.at, a.agent, r.result, r.method,
  r.key, r.path, r.query, r.resource, r.request_id, r.address, r.scim_type, r.refused, r.quirks`

export function listed(row: RequestRow): ListedRequest {
  return {
    seq: String(row.seq),
    requestId: row.request_id,
    at: row.at,
    milliseconds: row.milliseconds,
    method: row.method,
    path: row.path,
    query: row.query,
    status: row.status,
    result: row.result as RequestResult,
    key: row.key,
    agent: row.agent,
    address: row.address,
    scimType: row.scim_type,
    quirks: row.quirks === '' ? [] : row.quirks.split(','),
    resource: row.resource,
    refused: row.refused,
  }
}
