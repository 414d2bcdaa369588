import { describe, expect, test } from 'vitest'
import { safe } from './activity-file.ts'

/** The cells of a line, as a program reads them that parts them at one character. */
function cellsOf(line: string, separator: string): string[] {
  const cells = ['']
  let isQuoted = false
  let isBegun = false
  for (let at = 0; at < line.length; at++) {
    const one = line.charAt(at)
    if (one === '"' && isQuoted && line[at + 1] === '"') at++
    else if (one === '"' && (isQuoted || !isBegun)) {
      isQuoted = !isQuoted
      isBegun = true
      continue
    } else if (!isQuoted && (one === separator || one === '\r' || one === '\n')) {
      cells.push('')
      isBegun = false
      continue
    }
    isBegun = true
    cells.push(`${cells.pop()}${one}`)
  }
  return cells
}

describe('a text in a CSV', () => {
  test.each([
    ...['=a', '+a', '-a', '@a', '\ra', ' =a', '\u00A0=a', '\u200B=a', '\u0001=a', '\uFF1Da'],
  ])('that begins as %j is a text', (text) => {
    expect(safe(text).replace(/^"|"$/g, '')).toBe(`'${text}`)
  })

  test.each([
    ['a;=b', "a;'=b"],
    ['a; \uFF1Db;-c', "a;' \uFF1Db;'-c"],
    ['a\t=b', "a\t'=b"],
    ['a\n=b', "a\n'=b"],
    ['a;"=b', 'a;\'""=b'],
    ['a,=b', 'a,=b'],
    ['a;b', 'a;b'],
    ['a;"b"', 'a;""b""'],
  ])('%j stays one cell', (text, cell) => {
    expect(safe(text)).toBe(`"${cell}"`)
  })

  const pieces = ['a', ';', '"', ',', '=', ' ', '\t', '\n']
  test.each([',', ';', '\t'])('is no formula in a program that parts cells at %j', (separator) => {
    const texts = pieces.flatMap((a) => pieces.flatMap((b) => pieces.map((c) => a + b + c)))
    const lines = texts
      .flatMap((one) => pieces.map((last) => `${one}${last}=1`))
      .map((text) => `2026-11-27,${safe(text)},"b;",c\r\n2026-11-27,d`)
    const isFormula = (cell: string) => /^[\s"]*[=+\-@]/.test(cell)
    expect(lines.filter((line) => cellsOf(line, separator).some(isFormula))).toEqual([])
  })
})
