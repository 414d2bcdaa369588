/** Accounts that were suspended before a migration noted by what they are found. */

import { expect } from 'vitest'
import type { JsonObject } from '../../src/protocol/json.ts'
import { Scene } from '../../src/store/contract/arena.ts'
import type { Store } from '../../src/store/store.ts'

const LEFT: JsonObject = {
  displayName: 'ŁUKASZ',
  externalId: 'E-1',
  name: { givenName: 'Straße', familyName: 'Żółć', formatted: 'Pan Łukasz' },
  emails: [{ value: 'Lukasz@example.com' }, { value: 'l@home.example', display: 'nothing' }],
  phoneNumbers: [{ value: '+48 1' }],
  title: 'nothing',
}

/** Suspends somebody with every value, and somebody with none but a name. */
export async function suspendTwo(store: Store): Promise<readonly string[]> {
  const at = new Scene(store.tenant('t'))
  const ids = [(await at.user('left', LEFT)).id, (await at.user('lone')).id]
  for (const id of ids) await at.suspend(id)
  return ids
}

/** @param ids What `suspendTwo` resolved to. */
export async function expectFound(store: Store, [left, lone]: readonly string[]): Promise<void> {
  const find = async (begins: string) => {
    const { records } = await store.tenant('t').suspended({ offset: 0, limit: 9, begins })
    return records.map(({ id }) => id)
  }
  for (const begins of [
    ...['left', 'łukasz', 'e-1', 'strasse', 'żółć', 'pan ł', 'lukasz@ex', 'l@home', '+48'],
    left ?? '',
  ]) {
    expect(await find(begins), begins).toEqual([left])
  }
  expect(await find('l')).toEqual([lone, left])
  expect(await find('nothing')).toEqual([])
}
