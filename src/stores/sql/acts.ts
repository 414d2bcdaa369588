/**
 * What people did in the console, a row each. Their ids ascend in time, so no counter is needed that
 * would hold others up.
 *
 * @module
 */

import type { Act, Operators } from '../../store/operators.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { rows, run } from './work.ts'

export function acts(
  spelling: Spelling,
  { read, write }: Executor,
): Pick<Operators, 'note' | 'acts'> {
  const columns = sql`id, tenant, at, operator, action, subject, address`
  const insert = spelling.compile(sql`
    insert into acts (${columns})
    values (${slot('id')}, ${slot('tenant')}, ${slot('at')}, ${slot('operator')}, ${slot('action')},
      ${slot('subject')}, ${slot('address')})`)
  const page = (before: ReturnType<typeof sql>) =>
    spelling.compile<Act>(sql`
      select ${columns} from acts where tenant = ${slot('tenant')} ${before}
      order by id desc ${spelling.limit(slot('limit'))}`)
  const newest = page(sql``)
  const older = page(sql`and id < ${slot('before')}`)

  return {
    note: (act) =>
      write(function* () {
        yield* run(insert, { ...act })
      }),
    acts: (tenant, { before, limit }) =>
      read(() =>
        before === null ? rows(newest, { tenant, limit }) : rows(older, { tenant, limit, before }),
      ),
  }
}
