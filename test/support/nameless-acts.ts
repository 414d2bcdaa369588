/** Acts that name accounts, as they were noted before migration 7 of each database. */

import { expect } from 'vitest'
import { Scene } from '../../src/store/contract/arena.ts'
import type { Operators } from '../../src/store/operators.ts'
import type { Store } from '../../src/store/store.ts'

interface Database extends Store {
  readonly operators: Operators
}

/** One of who is here, one of who was suspended, one of nobody, and one that is about no account. */
export async function noteNames(database: Database): Promise<readonly string[]> {
  const at = new Scene(database.tenant('t'))
  const { id } = await at.user('Josef')
  const left = await at.user('Karla')
  await at.suspend(left.id)
  const act = { tenant: 't', at: 1, operator: 'o', address: null, action: 'user.suspend' }
  for (const [index, subject] of ['JOSEF', 'karla', 'long gone'].entries()) {
    await database.operators.note({ ...act, id: `a${index}`, subject })
  }
  await database.operators.note({ ...act, id: 'b', action: 'key.create', subject: 'Josef' })
  return ['Josef', '', left.id, id]
}

/** @param subjects What `noteNames` resolved to: newest first. */
export async function expectIds(database: Database, subjects: readonly string[]): Promise<void> {
  const acts = await database.operators.acts('t', { before: null, limit: 9 })
  expect(acts.map(({ subject }) => subject)).toEqual(subjects)
}
