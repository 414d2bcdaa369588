import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attribute } from '../schema/attribute.ts'
import { compareValues, comparisonOf, normalise, order } from './compare.ts'

describe('how values of an attribute compare (RFC 7643 §2.3)', () => {
  test.each([
    [{ name: 'a' }, 'fold'],
    [{ name: 'a', caseExact: true }, 'exact'],
    [{ name: 'a', type: 'reference' }, 'exact'],
    [{ name: 'a', type: 'reference', caseExact: false }, 'fold'],
    [{ name: 'a', type: 'binary' }, 'exact'],
    [{ name: 'a', type: 'integer' }, 'number'],
    [{ name: 'a', type: 'decimal' }, 'number'],
    [{ name: 'a', type: 'dateTime' }, 'instant'],
    [{ name: 'a', type: 'boolean' }, 'boolean'],
    [{ name: 'a', subAttributes: [] }, undefined],
  ] as const)('%j: %s', (input, comparison) => {
    expect(comparisonOf(attribute(input))).toBe(comparison)
  })
})

describe('a stored value against a literal (RFC 7644 §3.4.2.2, Table 3)', () => {
  test.each([
    ['fold', 1],
    ['exact', true],
    ['number', '1'],
    ['instant', 'soon'],
    ['boolean', 'true'],
    ['fold', { value: 'x' }],
  ] as const)('%s of %j is no such value: it only differs', (comparison, stored) => {
    expect(normalise(comparison, stored)).toBeUndefined()
    for (const operator of ['eq', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const) {
      expect(compareValues(operator, comparison, stored, '')).toBe(false)
    }
    expect(compareValues('ne', comparison, stored, '')).toBe(true)
  })

  test('of lt, eq and gt exactly one holds; le, ge and ne follow', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 4 })
    fc.assert(
      fc.property(text, text, (stored, literal) => {
        const holds = (operator: 'lt' | 'eq' | 'gt' | 'le' | 'ge' | 'ne') =>
          compareValues(operator, 'exact', stored, literal)
        expect([holds('lt'), holds('eq'), holds('gt')].filter(Boolean)).toHaveLength(1)
        expect(holds('le')).toBe(holds('lt') || holds('eq'))
        expect(holds('ge')).toBe(holds('gt') || holds('eq'))
        expect(holds('ne')).toBe(!holds('eq'))
      }),
    )
  })

  test('order is that of code points, of numbers and of false before true', () => {
    expect(order('\uffee', '😀')).toBeLessThan(0)
    expect(order(10, 9)).toBeGreaterThan(0)
    expect(order(false, true)).toBeLessThan(0)
    expect(order(1, 1)).toBe(0)
  })
})
