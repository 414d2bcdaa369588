/**
 * The people of the console in rows, and the tenants they belong to.
 *
 * @module
 */

import {
  EmailTaken,
  LastOwner,
  LastRoot,
  type Membership,
  NotTheFirst,
  type Operators,
} from '../../store/operators.ts'
import { acts } from './acts.ts'
import { links } from './links.ts'
import {
  canSignIn,
  type OperatorRow,
  operatorColumns,
  operatorOf,
  operatorValues,
} from './operator-row.ts'
import { sessions } from './sessions.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { one, rows, run } from './work.ts'

export function operators(spelling: Spelling, executor: Executor): Operators {
  return {
    ...people(spelling, executor),
    ...roles(spelling, executor),
    ...sessions(spelling, executor),
    ...links(spelling, executor),
    ...acts(spelling, executor),
  }
}

type People =
  | 'isEmpty'
  | 'add'
  | 'all'
  | 'operator'
  | 'byEmail'
  | 'bySubject'
  | 'change'
  | 'changePassword'
  | 'remove'

function people(spelling: Spelling, { read, write }: Executor): Pick<Operators, People> {
  const [id, email] = [slot('id'), slot('email')]
  const any = spelling.compile<{ id: string }>(sql`select id from operators limit 1`)
  const guard = spelling.guard?.(sql.lit('the first operator'))
  const alone = guard && spelling.compile(guard)
  const insert = spelling.compile(sql`
    insert into operators (id, email, name, is_root, password, issuer, subject, created, last_sign_in)
    values (${id}, ${email}, ${slot('name')}, ${slot('isRoot')}, ${slot('password')},
      ${slot('issuer')}, ${slot('subject')}, ${slot('created')}, ${slot('lastSignIn')})
    on conflict do nothing`)
  const enter = enterTenant(spelling)
  const select = (where: ReturnType<typeof sql>) =>
    spelling.compile<OperatorRow>(sql`select ${operatorColumns} from operators o ${where}`)
  const all = select(sql`order by o.created, o.id`)
  const byId = select(sql`where o.id = ${id}`)
  const byEmail = select(sql`where o.email = ${email}`)
  const bySubject = select(
    sql`where o.issuer = ${slot('issuer')} and o.subject = ${slot('subject')}`,
  )
  const locked = select(sql`where o.id = ${id} ${spelling.locked}`)
  const update = spelling.compile(sql`
    update operators set name = ${slot('name')}, password = ${slot('password')},
      issuer = ${slot('issuer')}, subject = ${slot('subject')}, last_sign_in = ${slot('lastSignIn')}
    where id = ${id}`)
  const exchange = spelling.compile(sql`
    update operators set password = ${slot('to')} where id = ${id} and password = ${slot('from')}`)
  const endLinks = spelling.compile(sql`delete from links where operator = ${id}`)
  const endSessions = spelling.compile(sql`
    delete from sessions where operator = ${id} and id <> ${slot('keeps')}`)
  const guardRoots = spelling.guard?.(sql.lit('the root operators'))
  const aloneWithRoots = guardRoots && spelling.compile(guardRoots)
  const leave = spelling.compile(sql`delete from operators where id = ${id}`)
  const endSetups = spelling.compile(sql`delete from setup_links where made_by = ${id}`)
  const root = spelling.compile<{ id: string }>(sql`
    select o.id from operators o where o.is_root = 1 and ${canSignIn} limit 1`)
  const found = (statement: typeof byId, values: Record<string, string>) =>
    read(function* () {
      const row = yield* one(statement, values)
      return row && operatorOf(row)
    })

  return {
    isEmpty: () =>
      read(function* () {
        return (yield* one(any, {})) === undefined
      }),

    add: (operator, memberships, options) =>
      write(function* () {
        if (options?.first) {
          if (alone !== undefined) yield* one(alone, {})
          if ((yield* one(any, {})) !== undefined)
            throw new NotTheFirst('there is somebody already')
        }
        if ((yield* run(insert, operatorValues(operator))) === 0) {
          throw new EmailTaken(`"${operator.email}" is taken`)
        }
        for (const membership of memberships) yield* run(enter, { ...membership })
      }),

    all: () =>
      read(function* () {
        return (yield* rows(all, {})).map(operatorOf)
      }),
    operator: (id) => found(byId, { id }),
    byEmail: (email) => found(byEmail, { email }),
    bySubject: (issuer, subject) => found(bySubject, { issuer, subject }),

    change: (id, change) =>
      write(function* () {
        const row = yield* one(locked, { id })
        if (row !== undefined) yield* run(update, operatorValues({ ...operatorOf(row), ...change }))
      }),

    changePassword: (id, { from, to, keeps }) =>
      write(function* () {
        if ((yield* run(exchange, { id, from, to })) === 0) return false
        yield* run(endLinks, { id })
        yield* run(endSessions, { id, keeps })
        return true
      }),

    remove: (id) =>
      write(function* () {
        if (aloneWithRoots !== undefined) yield* one(aloneWithRoots, {})
        const before = yield* one(root, {})
        if ((yield* run(leave, { id })) === 0) return false
        yield* run(endSetups, { id })
        if (before !== undefined && (yield* one(root, {})) === undefined) {
          throw new LastRoot('a root operator who can sign in has to be left')
        }
        return true
      }),
  }
}

function roles(
  spelling: Spelling,
  { read, write }: Executor,
): Pick<Operators, 'memberships' | 'setRole'> {
  const [tenant, operator] = [slot('tenant'), slot('operator')]
  const ofOne = spelling.compile<Membership>(sql`
    select operator, tenant, role from memberships where operator = ${operator} order by tenant`)
  const ofTenant = spelling.compile<Membership>(sql`
    select operator, tenant, role from memberships where tenant = ${tenant} order by operator`)
  const guard = spelling.guard?.(sql`'owners of ' || ${tenant}`)
  const alone = guard && spelling.compile(guard)
  const current = spelling.compile<{ role: string }>(sql`
    select role from memberships where operator = ${operator} and tenant = ${tenant}`)
  const enter = enterTenant(spelling)
  const leave = spelling.compile(sql`
    delete from memberships where operator = ${operator} and tenant = ${tenant}`)
  const voidOwn = spelling.compile(sql`delete from links where operator = ${operator}`)
  const voidAll = spelling.compile(sql`
    delete from links where operator in (
      select m.operator from memberships m where m.tenant = ${tenant})`)
  const endSetups = spelling.compile(sql`
    delete from setup_links where made_by = ${operator} and tenant = ${tenant}`)
  const forget = spelling.compile(sql`update operators set password = null where id = ${operator}`)
  const signOut = spelling.compile(sql`delete from sessions where operator = ${operator}`)
  const owned = spelling.compile<{ id: string }>(sql`
    select o.id from operators o
    where ${canSignIn} and (o.is_root = 1 or exists (
      select 1 from memberships m
      where m.operator = o.id and m.tenant = ${tenant} and m.role = 'owner'))
    limit 1`)

  return {
    memberships: (of) =>
      read(() => ('tenant' in of ? rows(ofTenant, { ...of }) : rows(ofOne, { ...of }))),

    setRole: (tenant, operator, role) =>
      write(function* () {
        const values = { tenant, operator }
        if (alone !== undefined) yield* one(alone, { tenant })
        const before = (yield* one(current, values))?.role ?? null
        if (before === role) return false
        if (before === 'owner') yield* run(voidAll, { tenant })
        if (role === null) yield* run(leave, values)
        else yield* run(enter, { ...values, role })
        if (role === null || role === 'viewer') yield* run(endSetups, values)
        if (before === null || role === null) yield* run(voidOwn, { operator })
        if (before === null) {
          yield* run(forget, { operator })
          yield* run(signOut, { operator })
        }
        if (before === 'owner' && (yield* one(owned, { tenant })) === undefined) {
          throw new LastOwner('somebody who can sign in has to own the tenant')
        }
        return true
      }),
  }
}

const enterTenant = (spelling: Spelling) =>
  spelling.compile(sql`
    insert into memberships (operator, tenant, role)
    values (${slot('operator')}, ${slot('tenant')}, ${slot('role')})
    on conflict (operator, tenant) do update set role = excluded.role`)
