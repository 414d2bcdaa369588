/** Users, suspended accounts and groups, as the console shows and changes them. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { userType } from '../../src/protocol/schema/core/types.ts'
import { filterOf } from '../../src/server/admin/list.ts'
import type {
  AuditPage,
  Found,
  GroupRow,
  GroupView,
  Losses,
  MemberRow,
  Page,
  SuspendedRow,
  ThroughGroup,
  Timeline,
  UserRow,
  UserView,
} from '../../src/server/admin/types.ts'
import { createKey } from '../../src/server/api-keys.ts'
import { type Person, startConsole, type TestConsole } from '../support/console.ts'

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

const found = (rows: readonly unknown[]) => ({
  rows,
  next: null,
  total: rows.length,
  isAtLeast: false,
})

describe.each(['sqlite', 'postgres'] as const)('the directory on %s', (kind) => {
  let at: TestConsole
  let key: string
  let keyId: string
  beforeEach(async () => {
    at = await startConsole(kind)
    const wanted = { tenant: at.main.id, name: 'Entra', scope: 'write', lifetime: null } as const
    const made = await createKey(at.database.registry, wanted, at.service)
    key = made.secret
    keyId = made.key.id
  })
  afterEach(() => at.close())

  const scim = async (path: string, body: object, method = 'POST') => {
    const headers = { Authorization: `Bearer ${key}` }
    const response = await at.fetch(`/scim/v2${path}`, { method, headers, body })
    return (await response.json()) as { id: string }
  }
  const user = (userName: string, more: object = {}) =>
    scim('/Users', { schemas: [USER, ENTERPRISE], userName, ...more }).then(({ id }) => id)
  const group = (displayName: string, ...ids: string[]) =>
    scim('/Groups', {
      schemas: [GROUP],
      displayName,
      members: ids.map((value) => ({ value })),
    }).then(({ id }) => id)
  const patch = (path: string, ...Operations: object[]) =>
    scim(path, { schemas: [PATCH], Operations }, 'PATCH')
  const get = async <T>(path: string, person: Person = 'viewer') => {
    const response = await at.as(person, `/tenants/main${path}`)
    expect(response.status, path).toBe(200)
    return (await response.json()) as T
  }
  const post = (path: string, body: unknown = {}, person: Person = 'admin') =>
    at.as(person, `/tenants/main${path}`, { method: 'POST', body })

  test('users are found by the beginning of a name or e-mail, and by an id', async () => {
    const barbara = await user('bjensen', {
      name: { givenName: 'Barbara', familyName: 'Quill' },
      emails: [{ value: 'old@example.com' }, { value: 'zed@example.com', primary: true }],
      externalId: 'ext-1',
      active: false,
    })
    const other = await user('quillon', { displayName: 'The Other' })
    const found = async (q: string) => {
      const page = await get<Page<UserRow>>(`/users?q=${encodeURIComponent(q)}`)
      expect(page.total).toBe(page.rows.length)
      return page.rows.map(({ id }) => id)
    }
    const begun = barbara.slice(0, -3)
    for (const q of ['BJEN', 'bj', 'zed@', 'old@example', 'ext', barbara, begun]) {
      expect(await found(q), q).toEqual([barbara])
    }
    // A name of two characters, or of one.
    const li = await user('li.ming', { displayName: '李明' })
    const wang = await user('f.w', { name: { familyName: '王', formatted: '王芳' } })
    for (const [q, id] of [
      ['李', li],
      ['李明', li],
      ['王', wang],
      ['王芳', wang],
    ] as const) {
      expect(await found(q), q).toEqual([id])
    }
    expect(await found('quil')).toEqual([barbara, other])
    expect(await found('qu')).toEqual([barbara, other])
    expect(await found(' the o ')).toEqual([other])
    expect(await found('"x\\')).toEqual([])
    const { rows } = await get<Page<UserRow>>('/users?q=bjensen')
    expect(rows).toEqual([
      {
        id: barbara,
        userName: 'bjensen',
        displayName: 'Barbara Quill',
        email: 'zed@example.com',
        externalId: 'ext-1',
        active: false,
        modified: expect.any(Number),
      },
    ])
  })

  test('users are filtered as SCIM says, and a filter that is none is said so', async () => {
    const a = await user('anna', { active: false })
    await user('annette')
    const filtered = (filter: string, q = '') =>
      at.as('viewer', `/tenants/main/users?q=${q}&filter=${encodeURIComponent(filter)}`)
    const both = (await (await filtered('active eq false', 'ann')).json()) as Page<UserRow>
    expect(both.rows.map(({ id }) => id)).toEqual([a])
    const wrong = await filtered('active eq')
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { field: 'filter' }])
    const sly = (await (await filtered('active eq false) or (id pr', 'zzz')).json()) as object
    expect(sly).toMatchObject({ status: 400 })
  })

  test('who is meant by the id of a manager is named, suspended or not, and nobody else', async () => {
    const boss = await user('boss', { name: { formatted: 'The Boss' } })
    const id = await user('bjensen', { [ENTERPRISE]: { manager: { value: boss } }, title: boss })
    const named = { id: boss, type: 'User', display: 'The Boss' }
    const known = { referred: [named], nobodys: [] }
    expect(await get<UserView>(`/users/${id}`)).toMatchObject(known)
    await post(`/users/${boss}/suspend`)
    const manager = `${ENTERPRISE}:manager`
    await patch(`/Users/${id}`, { op: 'replace', path: manager, value: { value: 'nobody' } })
    const nobody = { referred: [], nobodys: ['nobody'] }
    expect(await get<UserView>(`/users/${id}`)).toMatchObject(nobody)
    await patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Guide' })
    const { entries } = await get<Timeline>(`/users/${id}/timeline`)
    expect(entries.map(({ referred }) => referred)).toEqual([undefined, [named], [named]])
  })

  test('a walk shows everybody once, a page at a time', async () => {
    const ids: string[] = []
    for (let index = 0; index < 7; index++) ids.push(await user(`user-${index}`))
    const walked: string[] = []
    let after = ''
    do {
      const query = after === '' ? '' : `&after=${encodeURIComponent(after)}`
      const page = await get<Page<UserRow>>(`/users?q=user&count=3${query}`)
      expect(page.total).toBe(7)
      walked.push(...page.rows.map(({ id }) => id))
      after = page.next ?? ''
    } while (after !== '')
    expect(walked).toEqual(ids)
    const made = await at.as('viewer', '/tenants/main/users?after=nonsense')
    expect([made.status, await made.json()]).toMatchObject([400, { code: 'gone' }])
    expect((await at.as('viewer', '/tenants/main/users?count=101')).status).toBe(400)
  })

  test('a user has groups, and a timeline with who, what before, and what after', async () => {
    const id = await user('bjensen', { title: 'Guide' })
    const tours = await group('Tour Guides', id)
    const replaced = { op: 'replace', path: 'title', value: 'Chief' }
    await patch(`/Users/${id}`, replaced, { op: 'add', path: 'password', value: 't1meMa$heen' })
    const view = await get<UserView>(`/users/${id}`)
    expect(view).toMatchObject({
      suspended: null,
      version: 2,
      groups: [{ id: tours, display: 'Tour Guides' }],
      resource: { title: 'Chief', groups: [{ value: tours }] },
    })
    const told = await get<Timeline>(`/users/${id}/timeline`)
    expect(told.entries.map(({ kind }) => kind)).toEqual(['updated', 'memberAdded', 'created'])
    expect(told.entries[0]).toMatchObject({
      actor: { kind: 'key', id: keyId, name: 'Entra' },
      changes: [
        { path: 'title', before: 'Guide', after: 'Chief' },
        { path: 'password', secret: 'set' },
      ],
    })
    expect(told.entries[1]).toMatchObject({
      group: { id: tours, display: 'Tour Guides' },
      member: { id, display: 'bjensen' },
    })
    const first = await get<Timeline>(`/users/${id}/timeline?count=1`)
    const next = await get<Timeline>(`/users/${id}/timeline?count=5&before=${first.next}`)
    expect([...first.entries, ...next.entries]).toEqual(told.entries)
    expect(next.next).toBeNull()
  })

  test('a user is suspended, seen as such, restored, and told to have been by whom', async () => {
    const id = await user('bjensen')
    expect((await post(`/users/${id}/suspend`)).status).toBe(204)
    expect((await post(`/users/${id}/suspend`)).status).toBe(409)
    const list = await get<Page<SuspendedRow>>('/suspended')
    const by = { kind: 'operator', name: 'The admin' }
    expect(list).toMatchObject({ total: 1, rows: [{ id, name: 'bjensen', by }], next: null })
    const view = await get<UserView>(`/users/${id}`)
    expect(view).toMatchObject({ row: { id }, suspended: { by }, groups: [] })
    expect((await get<Page<UserRow>>('/users')).total).toBe(0)
    expect((await post(`/suspended/${id}/restore`)).status).toBe(204)
    expect((await post(`/suspended/${id}/restore`)).status).toBe(409)
    expect(await get<UserView>(`/users/${id}`)).toMatchObject({ suspended: null })
    const { entries } = await get<Timeline>(`/users/${id}/timeline`)
    expect(entries.map(({ kind, actor }) => `${kind} by ${actor.name}`)).toEqual([
      'restored by The admin',
      'suspended by The admin',
      'created by Entra',
    ])
  })

  test('a suspended or restored account tells of the groups that it was taken out of', async () => {
    const id = await user('bjensen')
    const [tours] = [await group('Tour Guides', id), await group('Others', id)]
    await patch(`/Groups/${tours}`, { op: 'remove', path: `members[value eq "${id}"]` })
    await patch(`/Groups/${tours}`, { op: 'add', path: 'members', value: [{ value: id }] })
    await post(`/users/${id}/suspend`)
    const left = async () => {
      const { left } = await get<UserView>(`/users/${id}`)
      return [left.count, ...left.first.map(({ display }) => display).toSorted()]
    }
    expect(await left()).toEqual([2, 'Others', 'Tour Guides'])
    await post(`/suspended/${id}/restore`)
    expect(await left()).toEqual([2, 'Others', 'Tour Guides'])
    await patch(`/Groups/${tours}`, { op: 'add', path: 'members', value: [{ value: id }] })
    expect(await left()).toEqual([1, 'Others'])
    // What is said to stay of it is what its timeline counts.
    const { changes } = await get<Losses>(`/users/${id}/losses`)
    const { entries } = await get<Timeline>(`/users/${id}/timeline`)
    expect(changes).toBe(entries.reduce((sum, { others = 0 }) => sum + 1 + others, 0))
  })

  test('a suspended account is found as users are, and pages go on from a place', async () => {
    const ids = []
    for (const name of ['left1', 'left2', 'left3']) {
      ids.push(await user(name, { name: { givenName: 'Zoë', familyName: 'Ångström' } }))
    }
    for (const id of ids) await post(`/users/${id}/suspend`)
    const page = (query: string) => get<Page<SuspendedRow>>(`/suspended?${query}`)
    expect((await page('q=LEFT2')).rows).toMatchObject([
      { id: ids[1], displayName: 'Zoë Ångström' },
    ])
    expect((await page(`q=${ids[0]}`)).rows).toMatchObject([{ id: ids[0] }])
    expect(await page('q=a%CC%8Angstr')).toMatchObject({ total: 3, isAtLeast: false })
    const first = await page('q=left&count=2')
    expect(first.rows.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    const last = await page(`q=left&count=2&after=${first.next}`)
    expect([last.rows.map(({ id }) => id), last.next]).toEqual([[ids[0]], null])
    const refused = await at.as('viewer', '/tenants/main/suspended?after=2')
    expect([refused.status, await refused.json()]).toMatchObject([400, { field: 'after' }])
  })

  test('what an identity provider did meanwhile is told, and nobody is erased unseen', async () => {
    const id = await user('bjensen')
    const refusal = async (path: string, body: unknown = {}) => {
      const response = await post(path, body)
      const { at: _, ...problem } = (await response.json()) as { at: number }
      return problem
    }
    const told = (code: string, detail: string) => ({ status: 409, code, detail })
    const losses = () => get<Losses>(`/users/${id}/losses`)
    const erase = (seen: string) => refusal(`/users/${id}/erase`, { name: 'bjensen', seen })
    const active = (await losses()).seen
    const headers = { Authorization: `Bearer ${key}` }
    await at.fetch(`/scim/v2/Users/${id}`, { method: 'DELETE', headers })
    const deleted = 'the key “Entra” suspended this account'
    expect(await refusal(`/users/${id}/suspend`)).toEqual(told('done', deleted.replace('t', 'T')))
    expect(await erase(active)).toEqual(told('meanwhile', `Nothing was erased: ${deleted}`))
    const suspended = (await losses()).seen
    expect(await user('bjensen')).toBe(id)
    const back = 'the key “Entra” brought this account back'
    expect(await refusal(`/suspended/${id}/restore`)).toEqual(told('done', back.replace('t', 'T')))
    expect(await erase(suspended)).toEqual(told('meanwhile', `Nothing was erased: ${back}`))
    // Somebody who was away and is back is not who was looked at.
    expect(await erase(active)).toEqual(told('meanwhile', `Nothing was erased: ${back}`))
    const { seen } = await losses()
    const { seen: shown } = await get<UserView>(`/users/${id}`)
    await patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Chief' })
    const changed = 'Nothing was erased: the key “Entra” changed this account'
    expect(await erase(seen)).toEqual(told('meanwhile', changed))
    // Nor does what erasing takes away begin with what a page no longer shows.
    const late = await at.as('viewer', `/tenants/main/users/${id}/losses?seen=${shown}`)
    expect([late.status, await late.json()]).toMatchObject([409, told('meanwhile', changed)])
    const { seen: now } = await get<UserView>(`/users/${id}`)
    expect(await get<Losses>(`/users/${id}/losses?seen=${now}`)).toEqual(await losses())
    // Of somebody renamed, the name that was asked for is no mistake of whoever typed it.
    const before = (await losses()).seen
    await patch(`/Users/${id}`, { op: 'replace', path: 'userName', value: 'babs' })
    expect(await erase(before)).toEqual(told('meanwhile', changed))
    const view = await get<UserView>(`/users/${id}`)
    expect(view).toMatchObject({ suspended: null, resource: { title: 'Chief' } })
    expect((await get<AuditPage>('/audit', 'admin')).rows).toEqual([])
  })

  test('an account whose name is taken by now is not restored', async () => {
    const id = await user('bjensen', { externalId: '1' })
    await post(`/users/${id}/suspend`)
    await user('bjensen', { externalId: '2' })
    const refused = await post(`/suspended/${id}/restore`)
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'held' }])
  })

  test('erasing says what is lost, asks for the name, and leaves nothing', async () => {
    const id = await user('bjensen', { title: 'Secret title', password: 't1meMa$heen' })
    await group('Tour Guides', id)
    expect(await get<Losses>(`/users/${id}/losses`)).toEqual({
      name: 'bjensen',
      seen: 'active 1',
      attributes: ['userName', 'title', 'password'],
      groups: 1,
      changes: 2,
      requestDays: 0,
    })
    await post(`/users/${id}/suspend`)
    await post(`/suspended/${id}/restore`)
    const audit = await get<AuditPage>('/audit', 'admin')
    const who = { subject: id, user: { id, name: 'bjensen' } }
    expect(audit.rows.map(({ action }) => action)).toEqual(['user.restore', 'user.suspend'])
    expect(audit.rows).toMatchObject([who, who])
    const { seen } = await get<Losses>(`/users/${id}/losses`)
    const refused = await post(`/users/${id}/erase`, { name: 'bjense', seen })
    expect([refused.status, await refused.json()]).toMatchObject([400, { field: 'name' }])
    expect(await get<UserView>(`/users/${id}`)).toMatchObject({ suspended: null })
    expect((await post(`/users/${id}/erase`, { name: ' BJensen ', seen })).status).toBe(204)
    const gone = await at.as('viewer', `/tenants/main/users/${id}`)
    const detail = 'The admin erased this account'
    expect([gone.status, await gone.json()]).toMatchObject([
      404,
      { detail, at: expect.any(Number) },
    ])
    const again = await post(`/users/${id}/erase`, { name: 'bjensen', seen })
    expect([again.status, await again.json()]).toMatchObject([404, { detail }])
    const told = await get<Timeline>(`/users/${id}/timeline`)
    expect(told.entries[0]).toMatchObject({ kind: 'erased', actor: { name: 'The admin' } })
    expect(JSON.stringify(told)).not.toContain('Secret title')
    const acts = await get<AuditPage>('/audit', 'admin')
    expect(acts.rows).toHaveLength(3)
    expect(acts.rows[0]).toMatchObject({ action: 'user.erase', subject: id, user: null })
    expect(JSON.stringify(acts)).not.toContain('bjensen')
    const stored = await at.database.operators.acts(at.main.id, { before: null, limit: 100 })
    expect(JSON.stringify(stored)).not.toContain('bjensen')
  })

  test('groups are found, with members page by page and the groups they are in', async () => {
    const ids = [await user('a', { displayName: 'Ann' }), await user('b')]
    const inner = await group('Inner')
    const id = await group('Tour Guides', ...ids, inner)
    const list = await get<Page<GroupRow>>('/groups?q=tour')
    expect(list).toMatchObject({ total: 1, rows: [{ id, displayName: 'Tour Guides', members: 3 }] })
    const view = await get<GroupView>(`/groups/${inner}`)
    expect(view.parents).toEqual([{ id, display: 'Tour Guides' }])
    const whole = await get<GroupView>(`/groups/${id}`)
    expect(whole.resource).not.toHaveProperty('members')
    const first = await get<Page<MemberRow>>(`/groups/${id}/members?count=2`)
    expect(first.rows).toEqual([
      { id: ids[0], type: 'User', display: 'Ann', userName: 'a', active: true },
      { id: ids[1], type: 'User', display: 'b', userName: 'b', active: true },
    ])
    const next = await get<Page<MemberRow>>(`/groups/${id}/members?count=2&after=${first.next}`)
    const last = { id: inner, type: 'Group', display: 'Inner' }
    expect(next).toEqual({ rows: [last], next: null, total: 3 })
    expect(await get<Page<MemberRow>>(`/groups/${inner}/members`)).toMatchObject({ total: 0 })
    // Neither are members: a user of the same name, and a group.
    await user('c', { displayName: 'Anne' })
    await group('Innermost')
    const find = (q: string, more = '') =>
      get<Page<MemberRow>>(`/groups/${id}/members?q=${q}${more}`)
    expect(await find('ann')).toEqual(found([first.rows[0]]))
    expect(await find('INN')).toEqual(found([last]))
    expect(await find(ids[1] ?? '')).toEqual(found([first.rows[1]]))
    expect(await find('in', '&count=1')).toMatchObject({ rows: [last] })
    expect(await find('nobody')).toEqual(found([]))
    expect((await at.as('viewer', '/tenants/main/groups/none/members?q=a')).status).toBe(404)
    for (const after of ['x', 'users:x', 'groups:x']) {
      const refused = await at.as('viewer', `/tenants/main/groups/${id}/members?q=a&after=${after}`)
      expect([refused.status, await refused.json()]).toMatchObject([400, { code: 'gone' }])
    }
    const told = await get<Timeline>(`/groups/${id}/timeline`)
    expect(told.entries.map(({ kind, others }) => [kind, others])).toEqual([
      ['memberAdded', 2],
      ['created', undefined],
    ])
    // What holds a group holds its members, whatever holds that, and each group is told once.
    const [all, every] = [await group('All', id, inner), await group('Everything', id)]
    await patch(`/Groups/${every}`, { op: 'add', path: 'members', value: [{ value: all }] })
    const through = (view: { through: readonly ThroughGroup[] }) =>
      view.through.map(
        ({ display, via }) => `${display} through ${via.map((one) => one.display).join(' and ')}`,
      )
    const a = await get<UserView>(`/users/${ids[0]}`)
    expect(a.groups).toEqual([{ id, display: 'Tour Guides' }])
    expect(through(a)).toEqual([
      'All through Tour Guides',
      'Everything through Tour Guides and All',
    ])
    const nested = await get<GroupView>(`/groups/${inner}`)
    expect(nested.parents.map(({ display }) => display)).toEqual(['Tour Guides', 'All'])
    expect(through(nested)).toEqual(['Everything through Tour Guides and All'])
    expect((await at.as('viewer', '/tenants/main/groups/nobody')).status).toBe(404)
  })

  test('members of one request are one entry of a timeline, and a suspension is told as why', async () => {
    const ids: string[] = []
    for (const name of 'abcdefg') ids.push(await user(name))
    const id = await group('Everybody', ...ids)
    const timeline = (more = '') => get<Timeline>(`/groups/${id}/timeline?${more}`)
    const { entries } = await timeline()
    expect(entries.map(({ kind, others }) => [kind, others])).toEqual([
      ['memberAdded', 6],
      ['created', undefined],
    ])
    const each = await timeline('each=1&count=3')
    expect(each.entries.map(({ member }) => member?.id)).toEqual(ids.toReversed().slice(0, 3))
    // A page that begins amid them tells of the others, and one entry may be all of a page.
    const rest = await timeline(`before=${each.next}&count=1`)
    expect(rest.entries).toMatchObject([{ kind: 'memberAdded', others: 3 }])
    const first = await timeline(`before=${rest.next}&count=1`)
    expect(first).toMatchObject({ entries: [{ kind: 'created' }], next: null })
    await post(`/users/${ids[0]}/suspend`)
    const value = [{ value: ids[1] }]
    await patch(`/Groups/${id}`, { op: 'remove', path: 'members', value })
    const [taken, suspended] = (await timeline()).entries
    expect([taken?.because, suspended?.because]).toEqual([undefined, 'suspended'])
    expect(suspended).toMatchObject({ member: { id: ids[0] }, actor: { kind: 'operator' } })
    const [own] = (await get<Timeline>(`/users/${ids[0]}/timeline`)).entries
    expect(own).toMatchObject({ because: 'suspended', group: { id } })
  })

  test('nobody and nothing has no timeline, no groups, no members', async () => {
    const [person, tours] = [await user('bjensen'), await group('Tour Guides')]
    await patch(`/Groups/${tours}`, { op: 'add', path: 'members', value: [{ value: person }] })
    const inner = await group('Inner')
    await patch(`/Groups/${tours}`, { op: 'add', path: 'members', value: [{ value: inner }] })
    for (const [path, detail] of [
      ['/users/nobody/timeline', 'There is no such user'],
      ['/groups/nobody/timeline', 'There is no such group'],
      [`/users/${tours}/timeline`, 'There is no such user'],
      [`/users/${inner}/timeline`, 'There is no such user'],
      [`/groups/${person}/timeline`, 'There is no such group'],
      ['/groups/nobody/members', 'There is no such group'],
      [`/groups/${person}/members`, 'There is no such group'],
      [`/users/${tours}`, 'There is no such user'],
      [`/groups/${person}`, 'There is no such group'],
      ['/users/nobody/losses', 'There is no such user'],
    ] as const) {
      const response = await at.as('viewer', `/tenants/main${path}`)
      expect([response.status, await response.json()], path).toEqual([404, { status: 404, detail }])
    }
    const headers = { Authorization: `Bearer ${key}` }
    await at.fetch(`/scim/v2/Groups/${tours}`, { method: 'DELETE', headers })
    const answer = await at.as('viewer', `/tenants/main/groups/${tours}`)
    const deleted = { detail: 'The key “Entra” deleted this group', at: expect.any(Number) }
    expect([answer.status, await answer.json()]).toMatchObject([404, deleted])
    const gone = await get<Timeline>(`/groups/${tours}/timeline`)
    const ended = { kind: 'memberRemoved', others: 1, because: 'deleted' }
    const lost = [{ path: 'displayName', before: 'Tour Guides' }]
    expect(gone).toMatchObject({ name: 'Tour Guides' })
    expect(gone.entries.slice(0, 2)).toMatchObject([ended, { kind: 'deleted', changes: lost }])
    // The two that were brought one by one are two entries.
    expect(gone.entries).toHaveLength(5)
    const [left] = (await get<Timeline>(`/users/${person}/timeline`)).entries
    expect(left).toMatchObject({ because: 'deleted', group: { display: 'Tour Guides' } })
    expect((await at.as('viewer', `/tenants/main/groups/${tours}/members`)).status).toBe(404)
  })

  test('the palette finds a few of each', async () => {
    const id = await user('tourist')
    const tours = await group('Tour Guides')
    const left = await user('tourer')
    await post(`/users/${left}/suspend`)
    const found = await get<Found>('/search?q=tour')
    const people = { users: [{ id }], suspended: [{ id: left, name: 'tourer' }] }
    expect(found).toMatchObject({ ...people, groups: [{ id: tours }], requests: [] })
  })

  test('nobody sees or changes what is in another tenant', async () => {
    const id = await user('bjensen')
    for (const path of [`/users/${id}`, `/users/${id}/losses`]) {
      expect((await at.as('stranger', `/tenants/other${path}`)).status).toBe(404)
    }
    for (const path of [`/users/${id}/suspend`, `/users/${id}/erase`, `/suspended/${id}/restore`]) {
      const body = { name: 'bjensen', seen: 'active 1' }
      const response = await at.as('stranger', `/tenants/other${path}`, { method: 'POST', body })
      expect(response.status).toBe(404)
    }
    const told = await at.as('stranger', `/tenants/other/users/${id}/timeline`)
    expect(told.status).toBe(404)
    expect(await get<UserView>(`/users/${id}`)).toMatchObject({ suspended: null, version: 1 })
  })
})

test('what is typed cannot leave its quotes', () => {
  const filter = filterOf(userType, { q: 'x" or userName pr or "' })
  expect(filter?.match(/(?<!\\)"/g)).toHaveLength(16)
})
