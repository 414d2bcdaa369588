import { expect, test } from 'vitest'
import { sql } from './sql.ts'

const numbered = (number: number) => `$${number}`

test('a piece stands as it is, and everything else is a parameter in its place', () => {
  const where = sql`name = ${'ada'} and age > ${{ slot: 'age' }}`
  const query = sql`select ${sql.ref('r.id')} from r where ${where} and x is ${null}`
  expect(query.render(numbered)).toEqual({
    sql: 'select "r"."id" from r where name = $1 and age > $2 and x is $3',
    parameters: ['ada', { slot: 'age' }, null],
  })
  expect(query.render(() => '?').sql).toContain('name = ? and age > ?')
})

test('a piece may stand in several places', () => {
  const id = sql`${{ slot: 'id' }}`
  expect(sql`${id} or ${id}`.render(numbered)).toEqual({
    sql: '$1 or $2',
    parameters: [{ slot: 'id' }, { slot: 'id' }],
  })
})

test('a list is joined by commas, or by what is given', () => {
  expect(sql.join([sql`a`, 1, 'b']).render(numbered)).toEqual({
    sql: 'a, $1, $2',
    parameters: [1, 'b'],
  })
  expect(sql.join([sql`a`, sql`b`], sql` union `).render(numbered).sql).toBe('a union b')
  expect(sql.join([]).render(numbered).sql).toBe('')
})

test('names and literals cannot end before their end', () => {
  expect(sql.ref('a"b.c').render(numbered).sql).toBe('"a""b"."c"')
  expect(sql.lit("o'brien").render(numbered)).toEqual({ sql: "'o''brien'", parameters: [] })
})
