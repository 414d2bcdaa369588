import { describe, expect, test } from 'vitest'
import { userType } from '../../protocol/schema/core/types.ts'
import type { Change, Stored } from '../store.ts'
import { newBody, refused, type Scene } from './arena.ts'

export function changeContract(scene: () => Promise<Scene>): void {
  describe('change', () => {
    test('shows decide the current state without edges and resolves to the state afterwards', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const group = await at.group('x', user.id)
      let seen: Stored | undefined
      const after = await at.changeUser(user.id, (current) => {
        seen = current
        return newBody(userType, current, { userName: 'babs' })
      })
      expect(seen).toEqual({ ...user, edges: {} })
      expect(after?.edges.groups).toContain(group.id)
      expect(after).toMatchObject({ id: user.id, body: expect.stringContaining('"babs"') })
      expect(await at.readUser(user.id)).toEqual(after)
    })

    test('moves version by one and modified to the time of the write, not created', async () => {
      const at = await scene()
      const { id, created } = await at.user('bjensen')
      for (const version of [2, 3]) {
        const after = await at.rewriteUser(id, { userName: 'bjensen', title: `v${version}` })
        expect(after).toMatchObject({ version, created, modified: at.now })
      }
    })

    test('resolves to undefined when there is none, and asks nothing', async () => {
      const at = await scene()
      const suspended = await at.user('suspended')
      await at.suspend(suspended.id)
      const group = await at.group('x')
      const decide = () => expect.unreachable()
      for (const id of ['nobody', suspended.id, group.id]) {
        expect(await at.changeUser(id, decide)).toBeUndefined()
      }
    })

    test('that decides for nothing leaves everything', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const before = await at.everything()
      expect(await at.changeUser(user.id, () => null)).toEqual(user)
      expect(await at.everything()).toEqual(before)
    })

    test('that alters nothing leaves version and modified and logs nothing', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const before = await at.everything()
      const nothing: Change = { what: {}, edges: [], secrets: {} }
      expect(await at.changeUser(user.id, () => nothing)).toEqual(user)
      expect(await at.everything()).toEqual(before)
    })

    test('rethrows what decide throws and leaves everything', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      const thrown = new Error('precondition failed')
      const decide = () => {
        throw thrown
      }
      expect(await refused(at, () => at.changeUser(id, decide))).toBe(thrown)
      expect(await at.rewriteUser(id, { userName: 'babs' })).toMatchObject({ version: 2 })
    })

    test('of a secret alone moves the version', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      const secret = (password: string | null) =>
        at.changeUser(id, () => ({ secrets: { password }, what: { password: 'changed' } }))
      expect(await secret('hash')).toMatchObject({ version: 2, modified: at.now })
      expect(await secret(null)).toMatchObject({ version: 3, modified: at.now })
      expect(await at.told(id)).toEqual([`created ${id}`, `updated ${id}`, `updated ${id}`])
    })

    test('takes new unique values and frees the old', async () => {
      const at = await scene()
      const { id } = await at.user('old')
      await at.rewriteUser(id, { userName: 'new' })
      expect(await at.find(userType, 'userName eq "old"')).toEqual([])
      expect(await at.find(userType, 'userName eq "new"')).toEqual([id])
      await at.user('old')
      expect(await refused(at, () => at.user('new'))).toMatchObject({ attribute: 'userName' })
    })

    test('keeps its own unique values', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      expect(await at.rewriteUser(id, { userName: 'BJensen' })).toMatchObject({ version: 2 })
    })

    test('refuses a unique value that another holds', async () => {
      const at = await scene()
      await at.user('one')
      const { id } = await at.user('two')
      const error = await refused(at, () => at.rewriteUser(id, { userName: 'ONE' }))
      expect(error).toMatchObject({
        name: 'UniquenessConflict',
        attribute: 'userName',
        value: 'one',
      })
    })

    test('of body and edges is all or nothing', async () => {
      const at = await scene()
      const { id } = await at.group('x')
      const error = await refused(at, () =>
        at.rows.change(
          'Group',
          id,
          ({ body }) => ({
            body: body.replace('"x"', '"y"'),
            edges: [{ kind: 'add', members: [{ id: 'nobody' }] }],
            memberTypes: ['User'],
            what: {},
          }),
          at.write(),
        ),
      )
      expect(error).toMatchObject({ name: 'MissingMember' })
    })
  })
}
