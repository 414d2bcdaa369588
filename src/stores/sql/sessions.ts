/**
 * Sessions of the console in rows. What every request of it asks is one statement: the session, whose
 * it is, and one row for each tenant they belong to.
 *
 * @module
 */

import type { Membership, Operators, Session } from '../../store/operators.ts'
import { type OperatorRow, operatorColumns, operatorOf } from './operator-row.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Sql, slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { rows, run } from './work.ts'

interface SessionRow extends Omit<Session, 'lastSeen' | 'confirmedAt'> {
  readonly last_seen: number
  readonly confirmed_at: number
}

type FoundRow = OperatorRow & {
  readonly session_id: string
  readonly session_created: number
} & Omit<SessionRow, 'id' | 'created' | 'operator'> & {
    readonly tenant: string | null
    readonly role: Membership['role'] | null
  }

type Part =
  | 'addSession'
  | 'session'
  | 'sessions'
  | 'changeSession'
  | 'endSession'
  | 'endSessions'
  | 'sweep'

export function sessions(spelling: Spelling, { read, write }: Executor): Pick<Operators, Part> {
  const [id, operator] = [slot('id'), slot('operator')]
  // Whoever takes the password away waits for this, and ends the session with the others.
  const insert = (where: Sql) =>
    spelling.compile(sql`
      insert into sessions (id, operator, hash, created, expires, last_seen, confirmed_at, address, agent)
      select ${id}, o.id, ${slot('hash')}, ${slot('created')}, ${slot('expires')},
        ${slot('lastSeen')}, ${slot('confirmedAt')}, ${slot('address')}, ${slot('agent')}
      from operators o where o.id = ${operator} ${where} ${spelling.shared('o')}`)
  const begin = insert(sql``)
  const beginWith = insert(sql`and o.password = ${slot('password')}`)
  const byHash = spelling.compile<FoundRow>(sql`
    select s.id as session_id, s.created as session_created, s.hash, s.expires, s.last_seen,
      s.confirmed_at, s.address, s.agent, ${operatorColumns}, m.tenant, m.role
    from sessions s
    join operators o on o.id = s.operator
    left join memberships m on m.operator = o.id
    where s.hash = ${slot('hash')} order by m.tenant`)
  const ofOne = spelling.compile<SessionRow>(sql`
    select id, operator, hash, created, expires, last_seen, confirmed_at, address, agent
    from sessions where operator = ${operator} order by created desc, id`)
  const touch = spelling.compile(sql`
    update sessions set last_seen = ${slot('lastSeen')} where id = ${id}`)
  const confirm = spelling.compile(sql`
    update sessions set confirmed_at = ${slot('confirmedAt')} where id = ${id}`)
  const end = spelling.compile(sql`
    delete from sessions where operator = ${operator} and id = ${id}`)
  const endOthers = spelling.compile(sql`
    delete from sessions where operator = ${operator} and id <> ${id}`)
  const expired = ['sessions', 'links', 'setup_links'].map((table) =>
    spelling.compile(sql`delete from ${sql.ref(table)} where expires <= ${slot('at')}`),
  )

  return {
    addSession: (session, password) =>
      write(function* () {
        const begun =
          password === undefined
            ? yield* run(begin, { ...session })
            : yield* run(beginWith, { ...session, password })
        return begun > 0
      }),

    session: (hash) =>
      read(function* () {
        const found = yield* rows(byHash, { hash })
        const [first] = found
        if (first === undefined) return undefined
        const { session_id, session_created, tenant: _, role: __, ...row } = first
        const { expires, last_seen, confirmed_at, address, agent, hash: kept, ...owner } = row
        const session = { id: session_id, operator: owner.id, created: session_created, hash: kept }
        return {
          session: sessionOf({ ...session, expires, last_seen, confirmed_at, address, agent }),
          operator: operatorOf(owner),
          memberships: found.flatMap(({ id, tenant, role }) =>
            tenant === null || role === null ? [] : [{ operator: id, tenant, role }],
          ),
        }
      }),

    sessions: (operator) =>
      read(function* () {
        return (yield* rows(ofOne, { operator })).map(sessionOf)
      }),

    changeSession: (id, { lastSeen, confirmedAt }) =>
      write(function* () {
        if (lastSeen !== undefined) yield* run(touch, { id, lastSeen })
        if (confirmedAt !== undefined) yield* run(confirm, { id, confirmedAt })
      }),

    endSession: (operator, id) =>
      write(function* () {
        return (yield* run(end, { operator, id })) > 0
      }),

    endSessions: (operator, except) =>
      write(function* () {
        yield* run(endOthers, { operator, id: except ?? '' })
      }),

    sweep: (at) =>
      write(function* () {
        for (const statement of expired) yield* run(statement, { at })
      }),
  }
}

function sessionOf({ last_seen, confirmed_at, ...same }: SessionRow): Session {
  return { ...same, lastSeen: last_seen, confirmedAt: confirmed_at }
}
