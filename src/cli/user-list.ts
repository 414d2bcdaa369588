/**
 * `user list --suspended`: the accounts a DELETE left behind (design §6), newest first. Without the
 * flag, the live users.
 *
 * @module
 */

import { isSwitch, text } from '../server/settings.ts'
import type { TenantStore } from '../store/store.ts'
import { command } from './command.ts'
import { database, findTenant, json, moment, printList, tenant, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'

export const userList = command({
  name: 'user list',
  summary: 'list users; with --suspended, the accounts that were deleted and kept',
  settings: {
    suspended: { flag: 'suspended', help: 'only suspended accounts', value: isSwitch },
    limit: {
      flag: 'limit',
      argument: 'COUNT',
      fallback: '100',
      help: 'how many at most',
      value: text(positive),
    },
    offset: {
      flag: 'offset',
      argument: 'COUNT',
      fallback: '0',
      help: 'how many to leave out first',
      value: text(natural),
    },
    tenant,
    json,
    database,
  },
  async run({ values }, terminal) {
    const { total, rows } = await withDatabase(values.database, async (opened) => {
      const { id } = await findTenant(opened.registry, values.tenant)
      return values.suspended
        ? await suspendedUsers(opened.tenant(id), values)
        : await liveUsers(opened.tenant(id), values)
    })
    const kind = values.suspended ? 'suspended accounts' : 'users'
    printList(rows, values.json, terminal, `There are no ${kind} here.`)
    if (rows.length < total) terminal.err(`${rows.length} of ${total} ${kind}.\n`)
    return OK
  },
})

interface Page {
  readonly offset: number
  readonly limit: number
}

async function suspendedUsers(store: TenantStore, { offset, limit }: Page) {
  const { total, records } = await store.suspended({ offset, limit })
  const rows = records.map((record) => ({
    id: record.id,
    userName: userName(record.body),
    suspended: moment(record.suspendedAt),
    by: record.suspendedBy,
  }))
  return { total, rows }
}

async function liveUsers(store: TenantStore, { offset, limit }: Page) {
  const part = { type: 'User', view: { edges: [] }, lookups: [], refs: {} }
  const { total, resources } = await store.search({ parts: [part], offset, limit })
  const rows = resources.map((resource) => ({
    id: resource.id,
    userName: userName(resource.body),
    created: moment(resource.created),
    modified: moment(resource.modified),
  }))
  return { total, rows }
}

function userName(body: string): string | null {
  const { userName } = JSON.parse(body) as { userName?: unknown }
  return typeof userName === 'string' ? userName : null
}

function positive(given: string): number {
  if (natural(given) === 0) throw new Error('is at least 1')
  return Number(given)
}

function natural(given: string): number {
  if (!/^\d{1,9}$/.test(given)) throw new Error(`"${given}" is not a number`)
  return Number(given)
}
