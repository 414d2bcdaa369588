import { describe, expect, test } from 'vitest'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { Restorable } from '../store.ts'
import { elements, newResource, refused, type Scene, viewOf } from './arena.ts'

/** A create that may restore, as a POST of a tenant that restores. */
function recreate(at: Scene, userName: string, externalId: string | null, name = userName) {
  const given = { userName, ...(externalId === null ? {} : { externalId }), title: 'again' }
  return at.create(userType, given, { restore: { name, externalId, what: () => ({}) } })
}

export function suspendedContract(scene: () => Promise<Scene>): void {
  describe('suspended', () => {
    test('records are kept as they were, with who suspended them and when', async () => {
      const at = await scene()
      const user = await at.user('bjensen', { displayName: 'Babs' })
      await at.suspend(user.id)
      const { version, ...page } = (await at.rows.suspended({ offset: 0, limit: 10 })).records[0]!
      expect(version).toBeGreaterThanOrEqual(user.version)
      expect(await at.rows.suspendedOne(user.id)).toEqual({ version, ...page })
      expect(await at.rows.suspendedOne('nobody')).toBeUndefined()
      expect(page).toEqual({
        type: 'User',
        id: user.id,
        created: user.created,
        modified: user.modified,
        body: user.body,
        label: 'Babs',
        suspendedAt: at.now,
        suspendedBy: 'key:1',
      })
    })

    test('are as many as have come and not gone, by whichever way', async () => {
      const at = await scene()
      const total = async () => (await at.rows.suspended({ offset: 0, limit: 0 })).total
      const ids: string[] = []
      for (const name of ['a', 'b', 'c', 'd']) ids.push((await at.user(name)).id)
      expect(await total()).toBe(0)
      for (const id of ids) await at.suspend(id)
      await at.suspend(ids[0]!)
      await at.delete(userType, (await at.user('deleted')).id)
      expect(await total()).toBe(4)
      await at.restore(ids[0]!)
      expect((await recreate(at, 'b', null)).id).toBe(ids[1])
      expect(await total()).toBe(2)
      await at.rows.erase(ids[2]!, at.write())
      await at.rows.erase(ids[2]!, at.write())
      await at.user('D')
      expect(await refused(at, () => at.restore(ids[3]!))).toBeInstanceOf(Error)
      expect(await total()).toBe(1)
    })

    test('come newest first, in pages, with the exact number of all', async () => {
      const at = await scene()
      const ids: string[] = []
      for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push((await at.user(name)).id)
      for (const index of [3, 0, 4, 1, 2]) await at.suspend(ids[index]!)
      const newestFirst = [2, 1, 4, 0, 3].map((index) => ids[index]!)
      const page = async (offset: number, limit: number) => {
        const { total, records } = await at.rows.suspended({ offset, limit })
        expect(total).toBe(5)
        return records.map(({ id }) => id)
      }
      expect(await page(0, 10)).toEqual(newestFirst)
      expect(await page(0, 2)).toEqual(newestFirst.slice(0, 2))
      expect(await page(2, 2)).toEqual(newestFirst.slice(2, 4))
      expect(await page(4, 2)).toEqual(newestFirst.slice(4))
      expect(await page(5, 2)).toEqual([])
      expect(await page(0, 0)).toEqual([])
    })

    /** Ids of all that begin so, read page by page. */
    const walk = async (
      at: Scene,
      begins: string | undefined,
      limit: number,
      between: () => Promise<unknown> = async () => undefined,
    ) => {
      const query = { offset: 0, limit, ...(begins === undefined ? {} : { begins }) }
      let page = await at.rows.suspended(query)
      const ids = page.records.map(({ id }) => id)
      while (page.next !== undefined) {
        await between()
        page = await at.rows.suspended({ ...query, behind: page.next })
        ids.push(...page.records.map(({ id }) => id))
      }
      return { ids, total: page.total }
    }

    test('are walked from place to place, whoever is restored meanwhile', async () => {
      const at = await scene()
      const ids: string[] = []
      for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push((await at.user(name)).id)
      for (const id of ids) await at.suspend(id)
      const newestFirst = ids.toReversed()
      expect(await walk(at, undefined, 2)).toEqual({ ids: newestFirst, total: 5 })
      const gone = [newestFirst[1]!, newestFirst[3]!]
      const walked = await walk(at, undefined, 2, async () => at.restore(gone.shift() ?? ''))
      expect(walked.ids).toEqual(newestFirst)
    })

    test('are found by the beginning of a name, an address or an id, folded, each once', async () => {
      const at = await scene()
      const emails = [{ value: 'Babs@example.com' }, { value: 'babs@home.example' }]
      const name = { familyName: 'Jensen', formatted: 'Miß Barbara' }
      const babs = await at.user('bjensen', { displayName: 'BABS', emails, name, externalId: 'E1' })
      const other = await at.user('babette', { active: true })
      const live = await at.user('babylon')
      await at.suspend(babs.id)
      await at.suspend(other.id)
      const named = async (name: string, type = 'User') =>
        (await at.rows.suspendedNamed(type, name))?.id
      expect(await named('bjensen')).toBe(babs.id)
      expect(await named('babette')).toBe(other.id)
      expect(await named('bjensen', 'Group')).toBeUndefined()
      for (const none of ['bjense', 'babs', 'babylon']) expect(await named(none)).toBeUndefined()
      for (const begins of ['bjen', 'babs@h', 'jensen', 'miss b', 'e1', babs.id]) {
        expect(await walk(at, begins, 10)).toEqual({ ids: [babs.id], total: 1 })
      }
      expect(await walk(at, 'bab', 10)).toEqual({ ids: [other.id, babs.id], total: 2 })
      expect(await walk(at, 'bab', 1)).toEqual({ ids: [other.id, babs.id], total: 2 })
      for (const begins of ['true', 'ensen', 'x', live.id, '%', '_']) {
        expect(await walk(at, begins, 10)).toEqual({ ids: [], total: 0 })
      }
    })

    test('are not found any more once they are restored, created again or erased', async () => {
      const at = await scene()
      const ids: string[] = []
      for (const name of ['a1', 'a2', 'a3']) ids.push((await at.user(name)).id)
      for (const id of ids) await at.suspend(id)
      await at.restore(ids[0]!)
      await recreate(at, 'a2', null)
      await at.rows.erase(ids[2]!, at.write())
      expect(await walk(at, 'a', 10)).toEqual({ ids: [], total: 0 })
      await at.suspend(ids[0]!)
      expect(await walk(at, 'a1', 10)).toEqual({ ids: [ids[0]], total: 1 })
    })

    test('are not left behind by a plain delete', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      await at.delete(userType, id)
      expect(await at.rows.suspended({ offset: 0, limit: 10 })).toEqual({ total: 0, records: [] })
    })
  })

  describe('restore', () => {
    test('makes a record live again under its id, with a version it never had', async () => {
      const at = await scene()
      const user = await at.user('bjensen', { displayName: 'Babs' })
      await at.suspend(user.id)
      const restored = await at.restore(user.id)
      expect(restored).toEqual({
        ...user,
        version: expect.any(Number),
        modified: at.now,
        edges: {},
      })
      expect(restored?.version).toBeGreaterThan(user.version)
      expect(await at.readUser(user.id)).toEqual({ ...restored, edges: { groups: '[]' } })
      expect(await at.rows.suspended({ offset: 0, limit: 10 })).toEqual({ total: 0, records: [] })
      expect(await at.find(userType, 'displayName eq "babs"')).toEqual([user.id])
    })

    test('gives versions that no state had, however often', async () => {
      const at = await scene()
      const { id, version } = await at.user('bjensen')
      const versions = [version]
      for (let round = 0; round < 3; round++) {
        await at.suspend(id)
        versions.push((await at.restore(id))!.version)
      }
      expect(new Set(versions).size).toBe(4)
      expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    })

    test('does not bring edges back', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const group = await at.group('x', user.id)
      await at.suspend(user.id)
      await at.restore(user.id)
      expect(await at.memberIds(group.id)).toEqual([])
      expect(elements(await at.readUser(user.id), 'groups')).toEqual([])
    })

    test('holds its unique values again, and its label', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      await at.suspend(id)
      await at.restore(id)
      expect(await refused(at, () => at.user('bjensen'))).toMatchObject({ attribute: 'userName' })
      expect(elements(await at.group('x', id), 'members')[0]?.display).toBe('bjensen')
    })

    test('is refused when somebody holds its name by now', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      await at.suspend(id)
      await at.user('BJENSEN')
      expect(await refused(at, () => at.restore(id))).toMatchObject({
        name: 'UniquenessConflict',
        attribute: 'userName',
      })
    })

    test('resolves to undefined when there is no such record', async () => {
      const at = await scene()
      const live = await at.user('live')
      const deleted = await at.user('deleted')
      await at.delete(userType, deleted.id)
      const before = await at.everything()
      for (const id of [live.id, deleted.id, 'nobody']) {
        expect(await at.restore(id)).toBeUndefined()
      }
      expect(await at.everything()).toEqual(before)
    })
  })

  describe('create that may restore', () => {
    test('takes id and created from the record and all else from the new resource', async () => {
      const at = await scene()
      const old = await at.user('bjensen', { displayName: 'Babs', externalId: 'e1' })
      await at.suspend(old.id)
      const back = await recreate(at, 'bjensen', 'e1')
      expect(back).toMatchObject({ id: old.id, created: old.created, modified: at.now })
      expect(back.version).toBeGreaterThan(old.version)
      expect(back.body).not.toContain('Babs')
      expect(await at.readUser(old.id)).toEqual(back)
      expect(await at.find(userType, 'displayName pr')).toEqual([])
      expect(elements(await at.group('x', old.id), 'members')[0]?.display).toBe('bjensen')
      expect(await at.rows.suspended({ offset: 0, limit: 10 })).toEqual({ total: 0, records: [] })
    })

    const pairs: [string | null, string | null, boolean][] = [
      ['e1', 'e1', true],
      [null, 'e1', true],
      ['e1', null, true],
      [null, null, true],
      ['e1', 'e2', false],
      ['e1', 'E1', false],
    ]
    for (const [held, given, restores] of pairs) {
      const title = restores ? 'restores' : 'does not restore'
      test(`${title} when externalId was ${held} and is ${given}`, async () => {
        const at = await scene()
        const old = await at.user('bjensen', held === null ? {} : { externalId: held })
        await at.suspend(old.id)
        const { id, version } = await recreate(at, 'bjensen', given)
        expect(id === old.id).toBe(restores)
        expect(version === 1).toBe(!restores)
        const { total } = await at.rows.suspended({ offset: 0, limit: 0 })
        expect(total).toBe(restores ? 0 : 1)
      })
    }

    test('restores by name and type only, and only when it is asked to', async () => {
      const at = await scene()
      const old = await at.user('bjensen')
      await at.suspend(old.id)
      expect((await recreate(at, 'other', null)).id).not.toBe(old.id)
      const restore = { name: 'bjensen', externalId: null, what: () => ({}) }
      const group = await at.create(groupType, { displayName: 'bjensen' }, { restore })
      expect(group.id).not.toBe(old.id)
      expect((await at.user('bjensen')).id).not.toBe(old.id)
      expect((await at.rows.suspended({ offset: 0, limit: 0 })).total).toBe(1)
    })

    test('is told what was kept, and says for the log what became of it', async () => {
      const at = await scene()
      const old = await at.user('bjensen', {}, { secrets: { password: 'a hash' } })
      await at.suspend(old.id)
      const { body } = (await at.rows.suspendedOne(old.id))!
      const restore = {
        ...{ name: 'bjensen', externalId: null },
        what: (kept: Restorable) => ({ kept: { ...kept } }),
      }
      await at.user('bjensen', { title: 'again' }, { restore, what: { given: 'new' } })
      const { kind, what } = (await at.log()).at(-1)!
      expect([kind, what]).toEqual(['restored', { kept: { body, secrets: ['password'] } }])
      await at.user('other', {}, { restore: { ...restore, name: 'other' }, what: { given: 'new' } })
      expect((await at.log()).at(-1)).toMatchObject({ kind: 'created', what: { given: 'new' } })
    })

    test('restores the most recently suspended of several', async () => {
      const at = await scene()
      const ids: string[] = []
      for (let round = 0; round < 3; round++) ids.push((await at.user(`name-${round}`)).id)
      for (const index of [1, 2, 0]) {
        await at.rewriteUser(ids[index]!, { userName: 'bjensen' })
        await at.suspend(ids[index]!)
      }
      expect((await recreate(at, 'bjensen', null)).id).toBe(ids[0])
    })

    test('is refused, and the record stays, when a value is taken or a member missing', async () => {
      const at = await scene()
      const old = await at.user('bjensen')
      await at.suspend(old.id)
      await at.user('taken')
      const error = await refused(at, () => recreate(at, 'taken', null, 'bjensen'))
      expect(error).toMatchObject({ name: 'UniquenessConflict', attribute: 'userName' })
      const resource = newResource(
        userType,
        at.newId(),
        { userName: 'bjensen' },
        {
          restore: { name: 'bjensen', externalId: null, what: () => ({}) },
          members: [{ id: 'nobody' }],
          memberTypes: ['User'],
        },
      )
      const attempt = () => at.rows.create(resource, at.write(viewOf(userType)))
      expect(await refused(at, attempt)).toMatchObject({ name: 'MissingMember' })
    })
  })

  describe('erase', () => {
    test('removes a suspended record for good', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      const other = await at.user('other')
      await at.suspend(id)
      await at.suspend(other.id)
      const { version } = (await at.rows.suspendedOne(id))!
      expect(await at.rows.erase(id, at.write(), version - 1)).toBe(false)
      expect(await at.rows.erase(id, at.write(), version)).toBe(true)
      const { records } = await at.rows.suspended({ offset: 0, limit: 10 })
      expect(records.map((record) => record.id)).toEqual([other.id])
      expect(await at.restore(id)).toBeUndefined()
      expect((await recreate(at, 'bjensen', null)).id).not.toBe(id)
    })

    test('takes what the log tells of its content, and leaves every row', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const other = await at.user('other')
      const group = await at.group('x', user.id, other.id)
      await at.rewriteUser(user.id, { userName: 'bjensen', title: 'x' })
      await at.suspend(user.id)
      const before = await at.log()
      await at.rows.erase(user.id, at.write())
      const after = await at.log()
      expect(after.slice(0, -1)).toEqual(
        before.map((row) => (row.id === user.id ? { ...row, what: null } : row)),
      )
      expect(after.at(-1)).toMatchObject({ kind: 'erased', id: user.id, what: null, at: at.now })
      expect(await at.log(group.id)).not.toContainEqual(expect.objectContaining({ what: null }))
    })

    test('resolves to false where no suspended record is, and changes nothing', async () => {
      const at = await scene()
      const live = await at.user('live')
      const gone = await at.user('gone')
      await at.suspend(gone.id)
      await at.rows.erase(gone.id, at.write())
      const before = await at.everything()
      for (const id of [live.id, gone.id, 'nobody']) {
        expect(await at.rows.erase(id, at.write())).toBe(false)
      }
      expect(await at.everything()).toEqual(before)
    })
  })
}
