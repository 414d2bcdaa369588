import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.ts'
import { parseInstant } from '../../protocol/instant.ts'
import { fold } from '../../protocol/text.ts'
import { Connection } from './connection.ts'
import { textSql } from './text-sql.ts'

const MIGRATION = new URL('./migrations/005-fold.sql', import.meta.url)

let database: TestDatabase
let connection: Connection

beforeAll(async () => {
  database = await freshDatabase()
  connection = await Connection.open({ url: database.url, patience: 60_000, settings: {} })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

/** What a function of the database makes of texts. */
async function asked<T>(name: string, texts: readonly string[]): Promise<T[]> {
  const sql = `select ${name}(value) as made
    from jsonb_array_elements_text($1::jsonb) with ordinality t (value, n) order by n`
  const [reply] = await connection.send([{ sql, values: [JSON.stringify(texts)] }], 60_000)
  return ((reply?.rows ?? []) as { readonly made: T }[]).map(({ made }) => made)
}

/** The texts of which the database makes something else. */
async function different<T>(
  name: 'fold' | 'instant',
  texts: readonly string[],
  ours: (text: string) => T,
) {
  const theirs = await asked<T>(name, texts)
  expect(theirs).toHaveLength(texts.length)
  return texts.filter((text, index) => ours(text) !== theirs[index])
}

/** The texts whose marks the server can put into order: those it has heard of. */
async function understood(texts: readonly string[]): Promise<readonly string[]> {
  const sql = `select to_regproc('unicode_assigned') is not null as there`
  const [reply] = await connection.send([{ sql, values: [] }], 60_000)
  const [row] = (reply?.rows ?? []) as { readonly there: boolean }[]
  // PostgreSQL 17 and later can tell.
  if (row?.there !== true) return texts.filter((text) => !/\p{M}/u.test(text))
  const are = await asked<boolean>('unicode_assigned', texts)
  return texts.filter((text, index) => are[index] || !/\p{M}/u.test(text))
}

test('the migration is what fold makes of every code point in this version of Unicode', () => {
  expect(readFileSync(MIGRATION, 'utf8')).toBe(textSql())
})

describe('fold in the database is fold', () => {
  // All that anything happens to, and some of those to which nothing does.
  const chars = Array.from({ length: 0x110000 }, (_, point) => point)
    .filter((point) => point > 0 && (point < 0xd800 || point > 0xdfff))
    .filter((point) => point % 50 === 0 || isMoved(String.fromCodePoint(point)))
    .map((point) => String.fromCodePoint(point))

  test('of every code point, alone and among others', { timeout: 60_000 }, async () => {
    expect(chars.length).toBeGreaterThan(20_000)
    const texts = await understood([...chars, ...chars.map((char) => `Aß${char}\u0301Σ`)])
    expect((await different('fold', texts, fold)).map(readable)).toEqual([])
  })

  test('of any text', { timeout: 60_000 }, async () => {
    const unit = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 3 }),
      fc.string({ unit: 'binary', maxLength: 3 }).filter((text) => !/[\0\ud800-\udfff]/.test(text)),
      fc.constantFrom(
        'ß',
        'ẞ',
        'İ',
        'ı',
        'I',
        'i',
        'ς',
        'Σ',
        'ǰ',
        'ŉ',
        'K',
        'ﬃ',
        'ᾳ',
        'é',
        'É',
        '\u0301',
      ),
      fc.constantFrom(
        '\u0323',
        '\u0307',
        '\u0345',
        '한',
        '\u1112',
        '\u1161',
        '\u11ab',
        'Ꭰ',
        'ꭰ',
        '𐐀',
      ),
    )
    const text = fc.array(unit, { maxLength: 8 }).map((units) => units.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 500, maxLength: 500 }), async (all) => {
        const texts = await understood(all)
        expect((await different('fold', texts, fold)).map(readable)).toEqual([])
      }),
      { numRuns: 20, endOnFailure: true },
    )
  })
})

describe('instant in the database is parseInstant', () => {
  const ours = (text: string) => parseInstant(text) ?? null

  test('of any date, time, fraction and offset', { timeout: 60_000 }, async () => {
    const digits = (count: number, most: number) =>
      fc.oneof(
        fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(count, '0')),
        fc.constantFrom('0', '1', '9').map((digit) => digit.repeat(count)),
      )
    const fraction = fc.stringMatching(/^(\.[0-9]{1,20})?$/)
    const offset = fc.oneof(
      fc.constantFrom('', 'Z', 'z', '+14:00', '-14:00', '+14:01', '+00:60'),
      fc
        .tuple(fc.constantFrom('+', '-'), digits(2, 15), digits(2, 61))
        .map(([s, h, m]) => `${s}${h}:${m}`),
    )
    const text = fc
      .tuple(
        digits(4, 9999),
        digits(2, 13),
        digits(2, 32),
        digits(2, 25),
        digits(2, 61),
        digits(2, 61),
        fraction,
        offset,
      )
      .map(([y, mo, d, h, mi, s, f, o]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${f}${o}`)
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 500, maxLength: 500 }), async (texts) => {
        expect(await different('instant', texts, ours)).toEqual([])
      }),
      { numRuns: 20, endOnFailure: true },
    )
  })

  test('of the days of four hundred years, and of what is no date', async () => {
    const days = Array.from({ length: 400 }, (_, year) => 1800 + year).flatMap((year) =>
      ['02-28', '02-29', '02-30', '04-30', '04-31', '12-31', '00-01', '13-01', '01-00'].map(
        (day) => `${year}-${day}T23:59:59.999-13:59`,
      ),
    )
    const others = ['', '2024', '2024-01-01', '2024-01-01 00:00:00Z', '2024-01-01T24:00:00Z']
    const more = ['2024-01-01T24:00:00.000Z', '2024-01-01T24:00:00.1Z', '2024-01-01T00:00:00Z\n']
    const none = [
      '٢٠٢٤-01-01T00:00:00Z',
      '2024-01-01T00:00:00.Z',
      `2024-01-01T00:00:00.${'0'.repeat(400)}1Z`,
    ]
    expect(await different('instant', [...days, ...others, ...more, ...none], ours)).toEqual([])
  })
})

const isMoved = (char: string) =>
  fold(char) !== char || char.normalize('NFD') !== char || /\p{M}/u.test(char)

const readable = (text: string) =>
  JSON.stringify(text).replace(
    /[^\x20-\x7e]/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`,
  )
