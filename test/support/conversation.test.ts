import { describe, expect, test } from 'vitest'
import { at, differences, type Recording, runConversation, substitute } from './conversation.ts'

describe('the comparison of answers', () => {
  test('an object is contained at any depth, and may have more', () => {
    const actual = { id: '1', name: { givenName: 'Ada', familyName: 'Park' } }
    expect(differences(actual, { name: { givenName: 'Ada' } })).toEqual([])
    expect(differences(actual, { name: { givenName: 'Eve' } })).toEqual([
      '/name/givenName: "Ada" instead of "Eve"',
    ])
    expect(differences(actual, { title: 'Boss' })).toEqual(['/title: undefined instead of "Boss"'])
  })

  test('a missing key is not the same as null, nor 1 as "1"', () => {
    expect(differences({}, { active: null })).toHaveLength(1)
    expect(differences({ totalResults: '1' }, { totalResults: 1 })).toHaveLength(1)
    expect(differences({}, { constructor: {} })).toHaveLength(1)
  })

  test('an array is compared in full and in order', () => {
    expect(differences([{ value: 'a', type: 'work' }], [{ value: 'a' }])).toEqual([])
    expect(differences(['a', 'b'], ['a'])).toHaveLength(1)
    expect(differences(['b', 'a'], ['a', 'b'])).toHaveLength(2)
    expect(differences(undefined, [])).toHaveLength(1)
  })

  test('$contains finds each element once, in any order', () => {
    const actual = [{ value: 'b' }, { value: 'a' }]
    expect(differences(actual, { $contains: [{ value: 'a' }, { value: 'b' }] })).toEqual([])
    expect(differences(actual, { $contains: [{ value: 'c' }] })).toEqual([
      ': nothing like {"value":"c"}',
    ])
    expect(differences(actual, { $contains: [{ value: 'a' }, { value: 'a' }] })).toHaveLength(1)
    expect(differences('a', { $contains: [] })).toHaveLength(1)
  })

  test('a pointer reaches through keys with slashes, dots and colons', () => {
    const value = { 'urn:a/b:User': { list: [{ x: 1 }] } }
    expect(at(value, '/urn:a~1b:User/list/0/x')).toBe(1)
    expect(at(value, '/urn:a~1b:User/list/1')).toBeUndefined()
  })

  test('a name that nobody saved is an error, not an empty string', () => {
    expect(substitute('/Users/{user}', new Map([['user', '7']]))).toBe('/Users/7')
    expect(() => substitute(['/Users/{user}'], new Map())).toThrow('{user} was saved by no')
  })
})

describe('a conversation', () => {
  const recording: Recording = {
    client: 'Test',
    source: [],
    quirks: [],
    given: [{ request: { method: 'POST', path: '/Users', body: {} }, save: { user: '/id' } }],
    steps: [
      {
        note: 'reads it back',
        request: { method: 'GET', path: '/Users/{user}' },
        expect: { status: [200, 304], body: { id: '{user}' }, absent: ['/password'] },
      },
    ],
  }

  /** A server that answers all with one body and notes what it was asked. */
  function server(status: number, body: unknown, asked: string[] = []) {
    return async (path: string, { method }: { method: string }) => {
      asked.push(`${method} ${path}`)
      return Response.json(body, { status })
    }
  }

  test('saves what an answer said and sends it on', async () => {
    const asked: string[] = []
    await runConversation(recording, server(200, { id: '7' }, asked))
    expect(asked).toEqual(['POST /Users', 'GET /Users/7'])
  })

  test('fails by status, by body, by what must be absent and by what was to be saved', async () => {
    await expect(runConversation(recording, server(500, { id: '7' }))).rejects.toThrow('given')
    await expect(runConversation(recording, server(201, { id: '7' }))).rejects.toThrow(
      'status: 201 instead of 200 or 304',
    )
    await expect(
      runConversation(recording, server(200, { id: '7', password: 'x' })),
    ).rejects.toThrow('/password: "x" instead of nothing')
    await expect(runConversation(recording, server(200, {}))).rejects.toThrow('no text at /id')
    let id = 0
    const forgetful = async () => Response.json({ id: String(id++) })
    await expect(runConversation(recording, forgetful)).rejects.toThrow('/id: "1" instead of "0"')
  })

  test('fails by a header', async () => {
    const [step] = recording.steps
    const steps = [{ ...step!, expect: { status: 200, headers: { ETag: 'W/"1"' } } }]
    await expect(
      runConversation({ ...recording, steps }, server(200, { id: '7' })),
    ).rejects.toThrow('ETag: null instead of W/"1"')
  })
})
