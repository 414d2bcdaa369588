/**
 * Groups with more members than one text is made of (decisions/002): the same answer, in pieces.
 */

import { expect, test } from 'vitest'
import { onEveryStore } from '../support/suite.ts'

const LONG = 5

onEveryStore('a group with many members', (suite) => {
  const { user, group, get, read } = suite

  async function long(): Promise<string> {
    await suite.restart({ limits: { wholeMembers: LONG } })
    const ids: string[] = []
    for (let count = 0; count < LONG * 3; count++) ids.push((await user()).id)
    return `/Groups/${(await group('Everybody', ids)).id}`
  }

  test('reads as one that has few', async () => {
    const path = await long()
    const { body, headers } = await get(path)
    expect(body.members).toHaveLength(LONG * 3)
    const { members, ...rest } = body
    const { members: whole, ...same } = await read(`${path}?excludedAttributes=externalId`)
    expect(rest).toEqual(same)
    expect(members).toEqual(whole)
    expect(Object.keys(body).slice(-2)).toEqual(['members', 'meta'])
    expect(headers.get('ETag')).toBe(body.meta.version)
  })

  test('reads the same with a projection, which sees all of them', async () => {
    const path = await long()
    const { members } = await read(`${path}?attributes=members.value`)
    expect(members).toHaveLength(LONG * 3)
    expect(members[0]).toEqual({ value: expect.any(String) })
  })

  test('gives HEAD and If-None-Match nothing of them, any number of times', async () => {
    const path = await long()
    const etag = (await get(path)).headers.get('ETag') ?? ''
    // More than the store has snapshots: one that is not let go would hold up the next ones.
    for (let round = 0; round < 12; round++) {
      const head = await suite.send(path, { method: 'HEAD' })
      expect([head.status, head.text, head.headers.get('ETag')]).toEqual([200, '', etag])
      const unchanged = await get(path, { headers: { 'If-None-Match': etag } })
      expect([unchanged.status, unchanged.text]).toEqual([304, ''])
    }
  })

  test('is let go by a client that leaves in the middle', async () => {
    const path = await long()
    for (let round = 0; round < 12; round++) {
      const response = await suite.app.fetch(path)
      await response.body?.cancel()
    }
    expect((await read(path)).members).toHaveLength(LONG * 3)
  })
})
