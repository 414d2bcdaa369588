import { expect, test } from 'vitest'
import { groupOf, userOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

const WRITERS = 32
const PATCHES = 10_000
const USERS = 2_000

onEveryStore('writes in parallel', (suite) => {
  const log = (after = 0) => suite.app.store.tenant('main').changes({ after, limit: 20_000 })

  test('50 POSTs of one userName give one 201 and 49 × 409, one row and one change', async () => {
    const spellings = Array.from({ length: 50 }, (_, index) => (index % 2 ? 'BJensen' : 'bjensen'))
    const replies = await Promise.all(spellings.map((name) => suite.post('/Users', userOf(name))))
    const created = replies.filter(({ status }) => status === 201)
    expect(created).toHaveLength(1)
    const refused = replies.filter(
      ({ status, body }) => status === 409 && body.scimType === 'uniqueness',
    )
    expect(refused).toHaveLength(49)
    expect((await suite.get('/Users')).body.Resources).toEqual([created[0]?.body])
    expect((await log()).map(({ kind }) => kind)).toEqual(['created'])
  })

  test('50 PUTs of different users to one userName: one has it', async () => {
    const users = await Promise.all(Array.from({ length: 50 }, () => suite.user()))
    const sent = users.map(({ id }) => suite.put(`/Users/${id}`, userOf('wanted')))
    const statuses = (await Promise.all(sent)).map(({ status }) => status).sort()
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)])
    expect(await suite.find('/Users', 'userName eq "wanted"')).toHaveLength(1)
  })

  test('DELETE and POST of one user, many times at once, leave one account', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 ? suite.post('/Users', userOf('bjensen')) : suite.del(`/Users/${id}`),
      ),
    )
    const live = (await suite.get('/Users')).body.totalResults
    const { total } = await suite.app.store.tenant('main').suspended({ offset: 0, limit: 10 })
    expect(live + total).toBe(1)
  })

  test(`${WRITERS} writers, ${PATCHES} PATCHes of one member each on one group: none is lost`, {
    timeout: 600_000,
  }, async () => {
    const users: string[] = []
    const fill = async () => {
      while (users.length < USERS) {
        const at = users.push('') - 1
        users[at] = (await suite.user({ userName: `m${at}` })).id
      }
    }
    await Promise.all(Array.from({ length: WRITERS }, fill))
    const [first, ...later] = users
    const { id } = await suite.group('Guides', [first ?? ''])
    const add = (value = '') => ({ op: 'add', path: 'members', value: [{ value }] })
    const remove = (value: string) => ({ op: 'remove', path: `members[value eq "${value}"]` })
    // Everybody is added; then every second is taken away, added, and so on, and the others are
    // added again and again.
    const rounds: object[][] = [[...later, first].map(add)]
    while (rounds.length < PATCHES / USERS) {
      const turn = rounds.length % 2 === 1 ? remove : add
      rounds.push(users.map((user, index) => (index % 2 === 0 ? add(user) : turn(user))))
    }
    const turns = (rounds.length - 1) * (USERS / 2)
    const work = async (queue: object[]) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const { status, text } = await suite.patch(`/Groups/${id}?attributes=id`, [next])
        expect(status, text).toBe(200)
      }
    }
    const before = (await log()).at(-1)?.seq
    const start = performance.now()
    for (const queue of rounds) {
      await Promise.all(Array.from({ length: WRITERS }, () => work(queue)))
    }
    const seconds = (performance.now() - start) / 1000
    console.log(`${suite.kind}: ${PATCHES} PATCHes in ${seconds.toFixed(1)} s`)

    const group = await suite.read(`/Groups/${id}`)
    expect(group.members.map(({ value }) => value).sort()).toEqual(users.toSorted())
    const changes = (await log(before)).map(({ kind }) => kind)
    expect(changes.filter((kind) => kind === 'memberAdded')).toHaveLength(USERS - 1 + turns / 2)
    expect(changes.filter((kind) => kind === 'memberRemoved')).toHaveLength(turns / 2)
    expect(group.meta.version, 'one version for each change').toBe(`W/"${USERS + turns}"`)
  })

  test('PATCHes of one user at once all arrive', async () => {
    const { id } = await suite.user()
    const sent = Array.from({ length: 100 }, (_, index) =>
      suite.patch(`/Users/${id}`, [
        { op: 'add', path: 'emails', value: [{ value: `${index}@x` }] },
      ]),
    )
    await Promise.all(sent)
    const { emails, meta } = await suite.read(`/Users/${id}`)
    expect(emails).toHaveLength(100)
    expect(meta.version).toBe('W/"101"')
  })

  test('two groups that would become members of each other at once: one does', async () => {
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await suite.group(`a${round}`), await suite.group(`b${round}`)]
      const put = (id: string, name: string, member: string) =>
        suite.put(`/Groups/${id}`, groupOf(name, { members: [{ value: member }] }))
      const sent = [
        put(a.id, a.displayName as string, b.id),
        put(b.id, b.displayName as string, a.id),
      ]
      const statuses = (await Promise.all(sent)).map(({ status }) => status)
      expect(statuses.sort()).toEqual([200, 400])
    }
  })
})
