import { expect, test } from 'vitest'
import { piecesOf, typeable, visible } from './hidden.ts'

test.each([
  ['ann\u202Eeel', 'ann[U+202E]eel'],
  ['\u2066a\u2069\u200B\u200B\u200Fb\uFEFF', '[U+2066]a[U+2069][U+200B ×2][U+200F]b[U+FEFF]'],
  [
    'a\u0000\u0085\n\u00AD\u2028\u3164\u{E0041}',
    'a[U+0000][U+0085][U+000A][U+00AD][U+2028][U+3164][U+E0041]',
  ],
  ['half \uD83D of one', 'half [U+D83D] of one'],
])('what nobody sees in %j is shown by its number', (text, shown) => {
  expect(visible(text)).toBe(shown)
  expect(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text)
})

test.each(['Ann Lee', 'Zoë Müller-O’Neill', '李小龍', 'ตัวอย่าง', '👩‍💻 ☺️ 👨🏽‍🚒 1️⃣', 'क्षत्रिय', ''])(
  '%s stays as it is',
  (text) => {
    expect(visible(text)).toBe(text)
    expect(piecesOf(text)).toEqual([{ text }])
  },
)

test.each(['می\u200Cخواهم', 'علی\u200Cرضا', 'क\u094D\u200Dष', 'ශ\u0DCA\u200Dරී'])(
  'what joins or parts two letters of %s is how it is written',
  (text) => {
    expect(piecesOf(text)).toEqual([{ text }])
    expect(typeable(text)).toBe(text)
  },
)

test.each([
  'a\u200Cb',
  'علی\u200C',
  '\u200Cعلی',
  'می\u200Ca',
  'می\u200C\u200Cخ',
  'می\u200C خ',
  'می\u200Cक',
])('anywhere else it is shown by its number: %j', (text) => {
  expect(visible(text)).toContain('U+200C')
})

test('a name from right to left stands apart where there is only text', () => {
  expect(visible('דנה')).toBe('\u2068דנה\u2069')
})

test('ends of lines are seen in a text of lines', () => {
  expect(piecesOf('a\n\tb\u200Bc', true)).toEqual([
    { text: 'a\n\tb' },
    { text: '\u200B', code: 'U+200B' },
    { text: 'c' },
  ])
})

test('what is typed has nothing that no key has', () => {
  expect(typeable('ann\u202E.lee\u200B')).toBe('ann.lee')
  expect(typeable('\u200B\u200B')).toBe('')
})

test('a text of nothing else is no page of elements', () => {
  const pieces = piecesOf('\u200B\u200C'.repeat(100_000))
  expect(pieces.length).toBeLessThan(1_100)
  expect(pieces.at(-1)?.text.slice(0, 16)).toBe('[U+200B][U+200C]')
})
