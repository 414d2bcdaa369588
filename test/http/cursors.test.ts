import { describe, expect, test } from 'vitest'
import { newSealSecret, sealWith } from '../../src/server/seal.ts'
import { expectError, searchOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

onEveryStore('cursors (RFC 9865)', (suite) => {
  const users = async (count: number) => {
    const ids: string[] = []
    for (let index = 0; index < count; index++) {
      ids.push((await suite.user({ userName: `user-${index}`, title: `t${index % 3}` })).id)
    }
    return ids
  }
  const page = async (query: string) => {
    const { status, body, text } = await suite.get(`/Users?${query}`)
    expect(status, text).toBe(200)
    return { ...body, ids: body.Resources.map(({ id }) => id) } as Page
  }
  interface Page {
    readonly ids: string[]
    readonly totalResults: number
    readonly startIndex?: number
    readonly nextCursor?: string
    readonly previousCursor?: string
  }

  test('lead from page to page to the end, each user once (§2)', async () => {
    const ids = await users(7)
    const first = await page('cursor&count=3')
    expect(first).toMatchObject({ totalResults: 7, itemsPerPage: 3, ids: ids.slice(0, 3) })
    expect(first.nextCursor).toMatch(/^[\w.~-]+$/)
    const second = await page(`cursor=${first.nextCursor}&count=3`)
    const third = await page(`cursor=${second.nextCursor}&count=3`)
    expect([...second.ids, ...third.ids]).toEqual(ids.slice(3))
    expect(third).not.toHaveProperty('nextCursor')
  })

  test('lead back as well; the first page has no previousCursor (§2)', async () => {
    const ids = await users(5)
    const first = await page('cursor=&count=2')
    expect(first).not.toHaveProperty('previousCursor')
    const second = await page(`cursor=${first.nextCursor}&count=2`)
    const back = await page(`cursor=${second.previousCursor}&count=2`)
    expect(back.ids).toEqual(ids.slice(0, 2))
    expect(back).not.toHaveProperty('previousCursor')
    const again = await page(`cursor=${back.nextCursor}&count=2`)
    expect(again.ids).toEqual(second.ids)
  })

  test('keep filter and order (§2.2)', async () => {
    await users(9)
    const query = 'filter=title ne "t0"&sortBy=userName&sortOrder=descending&count=2'
    const walked: string[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const { nextCursor, totalResults, ids } = await page(`${query}&cursor=${cursor}`)
      expect(totalResults).toBe(6)
      walked.push(...ids)
      cursor = nextCursor
    }
    expect(walked).toEqual((await page(query.replace('count=2', 'count=9'))).ids)
  })

  test('come only to who asks for them: without "cursor" pages go by index (§2.4)', async () => {
    await users(3)
    for (const query of ['count=2', 'startIndex=1&count=2']) {
      const found = await page(query)
      expect(found.startIndex).toBe(1)
      expect(found).not.toHaveProperty('nextCursor')
    }
    expect(await page('cursor&startIndex=3&count=2')).not.toHaveProperty('startIndex')
  })

  test('work by POST, and at the root over all types (§3)', async () => {
    const ids = await users(3)
    const { id } = await suite.group('Guides')
    for (const [path, all] of [
      ['/Users/.search', ids],
      ['/.search', [...ids, id]],
    ] as const) {
      const walked: string[] = []
      let cursor: string | undefined = ''
      while (cursor !== undefined) {
        const sent = searchOf({ cursor, count: 2, attributes: ['id'] })
        const { body } = await suite.post(path, sent)
        walked.push(...body.Resources.map((resource) => resource.id))
        cursor = (body as unknown as Page).nextCursor
      }
      expect(walked).toEqual(all)
    }
  })

  test('with count 0 or less there is only the total (§2)', async () => {
    await users(2)
    for (const count of [0, -5]) {
      const found = await page(`cursor&count=${count}`)
      expect(found).toMatchObject({ totalResults: 2, itemsPerPage: 0 })
      expect(found).not.toHaveProperty('nextCursor')
    }
  })

  test('without a count pages are as long as the service says (§4)', async () => {
    await suite.restart({ limits: { page: 3, defaultPage: 2 } })
    await users(4)
    const first = await page('cursor')
    expect(first.ids).toHaveLength(2)
    expect((await page(`cursor=${first.nextCursor}`)).ids).toHaveLength(2)
    expect((await page('cursor&count=50')).ids).toHaveLength(3)
  })

  test('tell nothing of what they hold', async () => {
    await users(3)
    const { nextCursor = '' } = await page('cursor&count=2&sortBy=userName')
    const decoded = Buffer.from(nextCursor, 'base64url').toString('latin1')
    for (const secret of ['user-', 'User', 'after']) expect(decoded).not.toContain(secret)
  })

  describe('are refused (§2.1)', () => {
    const begun = async () => {
      await users(4)
      return (await page('cursor&count=2')).nextCursor ?? ''
    }

    test('as invalidCursor when nobody here made them', async () => {
      const cursor = await begun()
      const forged = sealWith(newSealSecret()).seal('[0,2,"after","User","x"]', '')
      for (const wrong of ['x', 'A'.repeat(80), `${cursor}A`, cursor.slice(1), forged, '%00']) {
        expectError(await suite.get(`/Users?count=2&cursor=${wrong}`), 400, 'invalidCursor')
      }
    })

    test('as invalidCursor with any other query, endpoint or tenant (§5.2)', async () => {
      const cursor = await begun()
      for (const path of [
        `/Users?count=2&filter=title pr&cursor=${cursor}`,
        `/Users?count=2&sortBy=userName&cursor=${cursor}`,
        `/Users?count=2&sortOrder=descending&cursor=${cursor}`,
        `/Users?count=2&attributes=id&cursor=${cursor}`,
        `/Groups?count=2&cursor=${cursor}`,
        `/?count=2&cursor=${cursor}`,
      ]) {
        expectError(await suite.get(path), 400, 'invalidCursor')
      }
      const foreign = await suite.get(`/Users?count=2&cursor=${cursor}`, { key: 'canary' })
      expectError(foreign, 400, 'invalidCursor')
      expect((await page(`count=2&cursor=${cursor}`)).ids).toHaveLength(2)
    })

    test('as invalidCount when the count is another than at first, or no number', async () => {
      const cursor = await begun()
      for (const count of ['count=3&', '', 'count=0&']) {
        expectError(await suite.get(`/Users?${count}cursor=${cursor}`), 400, 'invalidCount')
      }
      for (const count of ['two', '1.5', '']) {
        const reply = await suite.get(`/Users?cursor&count=${count}`)
        if (count === '') expect(reply.status).toBe(200)
        else expectError(reply, 400, 'invalidCount')
      }
    })

    test('as expiredCursor after the time that discovery tells (§4)', async () => {
      await suite.restart({ limits: { cursor: -1 } })
      const cursor = await begun()
      expectError(await suite.get(`/Users?count=2&cursor=${cursor}`), 400, 'expiredCursor')
    })

    test('as invalidSyntax in a message where they are no text', async () => {
      const sent = await suite.post('/Users/.search', searchOf({ cursor: 7 }))
      expectError(sent, 400, 'invalidSyntax')
    })
  })
})
