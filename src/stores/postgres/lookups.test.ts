import { expect, test } from 'vitest'
import { administer, freshDatabase } from '../../../test/support/postgres.ts'
import type { Lookup } from '../../store/store.ts'
import { lookups } from '../sql/lookups.ts'
import { Connection } from './connection.ts'
import { spelling } from './spelling.ts'

const PATIENCE = 30_000

test('a unique value whose holder lets go of it while we ask for the holder is ours', async () => {
  const { url, drop } = await freshDatabase()
  const connection = await Connection.open({ url, patience: PATIENCE, settings: {} })
  const list: Lookup[] = [{ attribute: 'userName', value: 'ada', unique: true }]
  const [first, second] = ['a', 'b'].map((id) => ({ type: 'User', id })) as [Ref, Ref]
  const { adding, requireAll } = lookups(spelling)

  await connection.send(adding('t', first, list), PATIENCE)
  await connection.script('begin', PATIENCE)
  const answers = await connection.send(adding('t', second, list), PATIENCE)
  await administer({ url }, `delete from lookups where id = 'a'`)
  const work = requireAll('t', second, list, answers)
  let step = work.next()
  while (!step.done) step = work.next(await connection.send(step.value, PATIENCE))
  await connection.script('commit', PATIENCE)

  expect(await administer({ url }, 'select id, value from lookups')).toEqual([
    { id: 'b', value: 'ada' },
  ])
  await connection.close()
  await drop()
})

interface Ref {
  readonly type: string
  readonly id: string
}
