import { expect, test } from 'vitest'
import { LIST_RESPONSE } from '../../src/protocol/urn.ts'
import { expectError, searchOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

onEveryStore('pages (§3.4.2, §3.4.2.4)', (suite) => {
  const users = async (count: number) => {
    for (let index = 0; index < count; index++) await suite.user({ userName: `u${index}` })
  }

  test('an empty list is a ListResponse with an empty Resources', async () => {
    for (const path of ['/Users', '/Groups', '/', '/Users?filter=userName%20eq%20%22x%22']) {
      expect((await suite.get(path)).body).toEqual({
        schemas: [LIST_RESPONSE],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      })
    }
  })

  test('of any size add up to the whole list, each resource once, in one order', async () => {
    await users(7)
    const whole = (await suite.get('/Users')).body.Resources.map(({ id }) => id)
    expect(new Set(whole).size).toBe(7)
    for (const size of [1, 2, 3, 7]) {
      const walked: string[] = []
      for (let startIndex = 1; startIndex <= 7; startIndex += size) {
        const { body } = await suite.get(`/Users?startIndex=${startIndex}&count=${size}`)
        expect(body).toMatchObject({ totalResults: 7, startIndex })
        expect(body.itemsPerPage).toBe(body.Resources.length)
        walked.push(...body.Resources.map(({ id }) => id))
      }
      expect(walked).toEqual(whole)
    }
  })

  test('of new resources come behind the others, so that a walk misses nobody', async () => {
    await users(3)
    const before = (await suite.get('/Users?count=2')).body.Resources.map(({ id }) => id)
    const { id } = await suite.user({ userName: 'late' })
    await suite.patch(`/Users/${before[0]}`, [{ op: 'add', path: 'title', value: 'x' }])
    const after = (await suite.get('/Users')).body.Resources.map((user) => user.id)
    expect(after.slice(0, 2)).toEqual(before)
    expect(after.at(-1)).toBe(id)
  })

  test.each([
    ['count=2', 1, 2],
    ['pageSize=2', 1, 2],
    ['count=2&pageSize=3', 1, 2],
    ['count=0', 1, 0],
    ['count=-1', 1, 0],
    ['count=1000000000', 1, 4],
    ['startIndex=0', 1, 4],
    ['startIndex=-5&count=1', 1, 1],
    ['startIndex=4', 4, 1],
    ['startIndex=5', 5, 0],
    ['startIndex=999999999999', 999_999_999_999, 0],
    ['startIndex=%2B2', 2, 3],
    ['STARTINDEX=3&Count=1', 3, 1],
    ['startIndex=&count=', 1, 4],
    ['unknown=1&aadOptscim062020', 1, 4],
    ['&', 1, 4],
  ])('%s begins at %d and holds %d', async (query, startIndex, itemsPerPage) => {
    await users(4)
    const { status, body } = await suite.get(`/Users?${query}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ totalResults: 4, startIndex, itemsPerPage })
    expect(body.Resources).toHaveLength(itemsPerPage)
  })

  test.each([
    'count=abc',
    'startIndex=1.5',
    'count=1e3',
    'pageSize=ten',
    'startIndex=0x1',
    'count=99999999999999999999',
  ])('%s answers 400 invalidValue', async (query) => {
    expectError(await suite.get(`/Users?${query}`), 400, 'invalidValue')
  })

  test('hold no more than the service allows, and as many as it says without a count', async () => {
    await suite.restart({ limits: { page: 3, defaultPage: 2 } })
    await users(5)
    expect((await suite.get('/Users?count=100')).body).toMatchObject({
      totalResults: 5,
      itemsPerPage: 3,
    })
    expect((await suite.get('/Users')).body).toMatchObject({ totalResults: 5, itemsPerPage: 2 })
    const config = await suite.get('/ServiceProviderConfig')
    expect(config.body).toMatchObject({
      filter: { maxResults: 3 },
      pagination: { defaultPageSize: 2, maxPageSize: 3 },
    })
  })

  test('of a filter count only what matches', async () => {
    await users(4)
    const { body } = await suite.get('/Users?filter=userName%20ge%20%22u1%22&count=1&startIndex=2')
    expect(body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 })
  })

  test('at the root go over all types', async () => {
    await users(2)
    await suite.group('Guides')
    const seen: string[] = []
    for (const startIndex of [1, 2, 3, 4]) {
      const { body } = await suite.get(`/?startIndex=${startIndex}&count=1`)
      expect(body.totalResults).toBe(3)
      seen.push(...body.Resources.map(({ meta }) => meta.resourceType))
    }
    expect(seen).toEqual(['User', 'User', 'Group'])
  })
})

onEveryStore('POST /.search (§3.4.3)', (suite) => {
  test('answers as GET does', async () => {
    for (const userName of ['a', 'b', 'c']) await suite.user({ userName })
    const parameters = { filter: 'userName ge "b"', sortBy: 'userName', sortOrder: 'descending' }
    const { status, body } = await suite.post(
      '/Users/.search',
      searchOf({ ...parameters, startIndex: 1, count: 5, attributes: ['userName'] }),
    )
    expect(status).toBe(200)
    expect(body).toMatchObject({ schemas: [LIST_RESPONSE], totalResults: 2, itemsPerPage: 2 })
    expect(body.Resources.map(({ userName }) => userName)).toEqual(['c', 'b'])
    expect(body.Resources[0]?.meta).toBeUndefined()
    const query = new URLSearchParams({ ...parameters, attributes: 'userName' })
    expect((await suite.get(`/Users?${query}`)).body).toEqual(body)
  })

  test('at the root takes an attribute that only one type has', async () => {
    await suite.user({ userName: 'anna', displayName: 'Anna' })
    await suite.group('Guides')
    const names = async (filter: string) => {
      const { body } = await suite.post('/.search', searchOf({ filter }))
      return body.Resources.map(({ displayName }) => displayName)
    }
    expect(await names('userName eq "anna"')).toEqual(['Anna'])
    expect(await names('userName ne "x"')).toEqual(['Anna', 'Guides'])
    expect(await names('not (userName pr)')).toEqual(['Guides'])
    expect(await names('emails[type eq "x"] or members pr or displayName sw "g"')).toEqual([
      'Guides',
    ])
    expect(await names('meta.resourceType eq "Group"')).toEqual(['Guides'])
    expect(await names('displayName co "n"')).toEqual(['Anna'])
  })

  test('needs only the scope to read', async () => {
    expect((await suite.post('/.search', searchOf({}), { key: 'read' })).status).toBe(200)
  })

  test.each([
    ['no object', []],
    ['a filter that is no text', searchOf({ filter: ['x'] })],
    ['a count that is no number', searchOf({ count: true })],
    ['attributes that are no text', searchOf({ attributes: [7] })],
  ])('of %s answers 400 invalidSyntax', async (_, body) => {
    expectError(await suite.post('/Users/.search', body), 400, 'invalidSyntax')
  })

  test('is only for POST, and not for one resource', async () => {
    const { id } = await suite.user()
    expectError(await suite.get('/.search'), 405)
    expectError(await suite.get('/Users/.search'), 405)
    expectError(await suite.post(`/Users/${id}/.search`, searchOf({})), 404)
  })
})
