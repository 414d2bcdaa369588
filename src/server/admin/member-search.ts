/**
 * Members of a group by what somebody types: the beginning of a name, a user name, an e-mail address or
 * an id.
 *
 * Users are sought by SCIM's own search, in which the database takes whoever are fewer, those of whom a
 * value begins so or those in the group, and asks each for the other. SCIM has no `groups` of a group
 * (RFC 7643 §4.2), of which there are fewer: behind the users come the groups that are called so, a
 * stretch at a time, and the edges are asked which of them are in this one.
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import { contextOf } from './as-operator.ts'
import { type ListQuery, list, noSuchPage } from './list.ts'
import { displayNameOf } from './rows.ts'
import type { MemberRow, Page } from './types.ts'

/** Groups that are looked at in one step, and steps for one page. */
const STEP = 500
const STEPS = 10

type Asked = Parameters<typeof contextOf>[0] & { readonly request: Request }

interface Sought {
  readonly q: string
  readonly count: number
  /** Where a page ended, as it said it: `users:` or `groups:` and the cursor there. */
  readonly after?: string | undefined
}

export async function foundMembers(
  call: Asked,
  group: string,
  { q, count, after }: Sought,
): Promise<Page<MemberRow>> {
  const [place, kind, cursor] = /^(users|groups):(.*)$/s.exec(after ?? 'users:') ?? []
  if (place === undefined) throw noSuchPage()
  const users =
    kind === 'users' ? await usersIn(call, group, { q, count, after: cursor }) : NO_USERS
  const groups =
    users.next === null
      ? await groupsIn(
          call,
          group,
          { q, count, after: kind === 'groups' ? cursor : '' },
          users.rows,
        )
      : { rows: users.rows, next: `users:${users.next}` }
  const isWhole = after === undefined && groups.next === null
  const total = isWhole ? groups.rows.length : Math.max(users.total, groups.rows.length)
  return { ...groups, total, isAtLeast: !isWhole }
}

const NO_USERS = { rows: [], next: null, total: 0 }

async function usersIn(call: Asked, group: string, query: ListQuery) {
  const filter = `groups.value eq ${JSON.stringify(group)}`
  const shown = ['userName', 'displayName', 'name', 'active']
  const { signal } = call.request
  const found = await list(contextOf(call), userType, { ...query, filter }, shown, signal)
  return { ...found, rows: found.resources.map(userIn) }
}

const userIn = (user: JsonObject): MemberRow => ({
  id: String(user.id),
  type: userType.name,
  display: displayNameOf(user) ?? String(user.userName),
  userName: String(user.userName),
  active: user.active !== false,
})

/** Until the page is full, or so many were looked at. */
async function groupsIn(
  call: Asked,
  group: string,
  { q, count, after }: ListQuery,
  before: readonly MemberRow[],
): Promise<Pick<Page<MemberRow>, 'rows' | 'next'>> {
  const rows = [...before]
  let next: string | null = after ?? ''
  for (let step = 0; next !== null && step < STEPS && rows.length < count; step++) {
    const query: ListQuery = { q, count: STEP, after: next }
    const found = await list(contextOf(call), groupType, query, ['id'], call.request.signal)
    const ids = found.resources.map(({ id }) => String(id))
    const members = await call.rows.membersAmong(group, ids)
    rows.push(...members.map(({ id, type, label }) => ({ id, type, display: label })))
    next = found.next
  }
  return { rows, next: next === null ? null : `groups:${next}` }
}
