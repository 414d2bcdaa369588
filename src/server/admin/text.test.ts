import { expect, test } from 'vitest'
import { givenName, requireText } from './text.ts'

const deep = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)

test('half a character is refused wherever it stands, with the name of its place', () => {
  expect(() => requireText({ a: [{ b: 'x\ud800' }] })).toThrow('This has a character that is none')
  expect(() => requireText({ 'a\0': 1 })).toThrow('This has a character that is none')
  expect(requireText({ a: ['x', null, 1] })).toBeUndefined()
})

test('what is nested deeper than anything of ours is refused, and is no fault', () => {
  expect(requireText(deep(20))).toBeUndefined()
  const refusal = expect.objectContaining({ problem: expect.objectContaining({ status: 400 }) })
  expect(() => requireText(deep(40))).toThrow(refusal)
  expect(() => requireText(deep(200_000))).toThrow(refusal)
})

test.each(['a\nb', 'a\u202Eb', 'a\u2066b', 'a\u200Bb', 'a\uFEFFb', 'a\u3164b', 'a\u{e0041}b'])(
  'a name with %j would pass for another',
  (name) => {
    expect(givenName.safeParse(name).error?.issues).toMatchObject([
      { message: 'A name has no line ends, and no character that nobody sees' },
    ])
  },
)

test.each(['Zoë O’Neill', 'علی‌رضا', '👩‍💻 Team', '李小龍'])('%s is a name', (name) => {
  expect(givenName.parse(name)).toBe(name)
})
