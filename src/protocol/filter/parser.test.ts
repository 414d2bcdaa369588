import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyFilter } from '../../../test/support/filters.ts'
import { ScimError } from '../errors.ts'
import { type QuirkName, strict, tolerant } from '../quirks.ts'
import { ENTERPRISE_USER } from '../urn.ts'
import type { Filter } from './ast.ts'
import { filterLimits } from './options.ts'
import { parseFilter } from './parser.ts'
import { print } from './print.ts'

const parse = (text: string) => parseFilter(text, { tolerate: strict, limits: filterLimits })

function refusal(text: string, limits = filterLimits): ScimError {
  try {
    parseFilter(text, { tolerate: strict, limits })
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
  throw new Error(`accepted: ${text}`)
}

const eq = (attribute: string, value: string): Filter => ({
  kind: 'compare',
  path: { attribute },
  operator: 'eq',
  value,
})
const pr = (attribute: string): Filter => ({ kind: 'present', path: { attribute } })

describe('the filter grammar (RFC 7644 §3.4.2.2)', () => {
  test.each(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])('operator %s', (operator) => {
    const wanted = { kind: 'compare', path: { attribute: 'userName' }, operator, value: 'x' }
    expect(parse(`userName ${operator} "x"`)).toEqual(wanted)
    expect(parse(`userName ${operator.toUpperCase()} "x"`)).toEqual(wanted)
  })

  test('pr takes no value, in any letter case', () => {
    expect(parse('title pr')).toEqual(pr('title'))
    expect(parse('title Pr')).toEqual(pr('title'))
  })

  test('not binds more than and, and more than or', () => {
    expect(parse('a pr or b pr and not (c pr)')).toEqual({
      kind: 'or',
      filters: [pr('a'), { kind: 'and', filters: [pr('b'), { kind: 'not', filter: pr('c') }] }],
    })
  })

  test('brackets evaluate or before and, and a run of one operator is one node', () => {
    expect(parse('(a pr or b pr OR c pr) AND d pr')).toEqual({
      kind: 'and',
      filters: [{ kind: 'or', filters: [pr('a'), pr('b'), pr('c')] }, pr('d')],
    })
  })

  test('not may touch its bracket', () => {
    expect(parse('NOT(a pr)')).toEqual(parse('not (a pr)'))
  })

  test.each([
    ['manager.displayName', { attribute: 'manager', sub: 'displayName' }],
    ['members.$ref', { attribute: 'members', sub: '$ref' }],
    [
      `${ENTERPRISE_USER}:manager.displayName`,
      { urn: ENTERPRISE_USER, attribute: 'manager', sub: 'displayName' },
    ],
    [`${ENTERPRISE_USER}:department`, { urn: ENTERPRISE_USER, attribute: 'department' }],
    ['urn:x:1.0:a-b_c', { urn: 'urn:x:1.0', attribute: 'a-b_c' }],
  ])('path %s', (text, path) => {
    expect(parse(`${text} pr`)).toEqual({ kind: 'present', path })
  })

  test.each([
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00"', '"\\/\b\f\n\r\té😀'],
    ['"x\' OR 1=1 --"', "x' OR 1=1 --"],
    ['"(] and"', '(] and'],
    ['""', ''],
    ['true', true],
    ['false', false],
    ['null', null],
    ['0', 0],
    ['-0', 0],
    ['-1.5e+2', -150],
    ['12', 12],
  ])('JSON literal %s', (text, value) => {
    expect(parse(`a eq ${text}`)).toEqual({
      kind: 'compare',
      path: { attribute: 'a' },
      operator: 'eq',
      value,
    })
  })

  test('a value path holds a filter of its own', () => {
    expect(parse('emails[type eq "work" and not (value pr)] or title pr')).toEqual({
      kind: 'or',
      filters: [
        {
          kind: 'value',
          path: { attribute: 'emails' },
          filter: {
            kind: 'and',
            filters: [eq('type', 'work'), { kind: 'not', filter: pr('value') }],
          },
        },
        pr('title'),
      ],
    })
  })

  test('what is printed is read back as the same tree', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const limits = { maxLength: 1e6, maxTerms: 1e4, maxDepth: 1e3 }
        expect(parseFilter(print(filter), { tolerate: strict, limits })).toEqual(filter)
      }),
    )
  })
})

describe('a malformed filter answers 400 invalidFilter (RFC 7644 §3.12)', () => {
  test.each([
    ['', 'at character 1: expected an attribute path, found the end'],
    ['   ', 'at character 4: expected an attribute path, found the end'],
    ['userName', 'at character 9: expected an operator'],
    ['userName regex "x"', 'at character 10: expected an operator (eq, ne, co, sw, ew, pr'],
    ['userName eq', 'at character 12: expected a value'],
    ['userName eq bjensen', 'at character 13: expected a value: a string in double quotes'],
    ['userName eq TRUE', 'at character 13: expected a value'],
    ['userName eq 01', 'at character 13: expected a value'],
    ['userName eq 1e999', 'at character 13: expected a value'],
    ['userName eq and', 'at character 13: expected a value'],
    ['userName eq "x', 'at character 13: the string is not a complete JSON string'],
    ['userName eq "x\\"', 'at character 13: the string is not a complete JSON string'],
    ['userName eq "x\\', 'at character 13: the string is not a complete JSON string'],
    ['userName eq "\\x"', 'at character 13: the string is not a complete JSON string'],
    ['userName eq "a\nb"', 'at character 13: the string is not a complete JSON string'],
    ['userName eq "\\u0000"', 'at character 13: the string has U+0000'],
    ['userName eq "\\ud800"', 'at character 13: the string has U+0000 or half'],
    ['userName eq "x" "y"', 'at character 17: expected "and", "or" or the end, found a string'],
    ['a pr b pr', 'at character 6: expected "and", "or" or the end, found "b"'],
    ['a pr and', 'at character 9: expected an attribute path, found the end'],
    ['and a pr', 'at character 5: expected an operator'],
    ['not a pr', 'at character 5: expected "(" after "not"'],
    ['not not (a pr)', 'at character 5: expected "(" after "not"'],
    ['(a pr', 'at character 6: expected "and", "or" or ")", found the end'],
    ['a pr)', 'at character 5: expected "and", "or" or the end, found ")"'],
    ['emails[type pr', 'at character 15: expected "and", "or" or "]", found the end'],
    ['emails[]', 'at character 8: expected an attribute path, found "]"'],
    ['emails[type pr).x', 'at character 15: expected "and", "or" or "]", found ")"'],
    ['emails[type pr].', 'at character 16: expected "and", "or" or the end, found "."'],
    ['emails[type pr] .value pr', 'at character 17: expected "and"'],
    ['emails[type pr].value pr', 'at character 16: expected "and", "or" or the end'],
    ['a.b.c pr', 'at character 1: expected an attribute path'],
    ['__proto__.x pr', 'at character 1: expected an attribute path'],
    ['1a pr', 'at character 1: expected an attribute path'],
    [':a pr', 'at character 1: expected an attribute path'],
    ['a\tpr', 'at character 1: expected an attribute path'],
    ['"a" pr', 'at character 1: expected an attribute path, found a string'],
  ])('%j', (text, detail) => {
    const error = refusal(text)
    expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' })
    expect(error.message).toContain(detail)
  })

  test('a long word is shown in part', () => {
    expect(refusal(`userName ${'x'.repeat(1000)}`).message.length).toBeLessThan(200)
  })

  test('no text at all makes the parser throw anything else', () => {
    const pieces = fc.constantFrom(
      ...['a', 'not', 'and', 'or', 'eq', 'pr', '(', ')', '[', ']', '.value', 'urn:x:y:', '"', '\\'],
      ...['"x"', '1', 'true', 'null', ' ', '  ', '.', ':', '\t', '\u0000', '\ud800', '😀', '$ref'],
    )
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
      fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(text, fc.constantFrom(strict, tolerant()), (input, tolerate) => {
        try {
          parseFilter(input, { tolerate, limits: filterLimits })
        } catch (error) {
          expect(error).toMatchObject({ name: 'ScimError', scimType: 'invalidFilter' })
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a filter has bounds', () => {
  const deep = (depth: number) => `${'('.repeat(depth)}a pr${')'.repeat(depth)}`

  test('brackets within one another', () => {
    expect(parse(deep(32))).toEqual(pr('a'))
    expect(refusal(deep(33)).message).toContain('no more than 32 brackets')
    const { length } = 'not ('.repeat(33)
    expect(refusal('not ('.repeat(33)).message).toContain(`at character ${length}`)
    expect(refusal('a['.repeat(33)).message).toContain('no more than 32 brackets')
  })

  test('brackets beside one another are no depth', () => {
    const text = Array.from({ length: 100 }, () => '(a pr)').join(' and ')
    expect(parse(text)).toMatchObject({ kind: 'and' })
  })

  test('terms', () => {
    const terms = (count: number) => Array.from({ length: count }, () => 'a pr').join(' or ')
    expect(parse(terms(256))).toMatchObject({ kind: 'or' })
    expect(refusal(terms(257)).message).toBe('the filter has more than 256 terms')
  })

  test('length', () => {
    expect(parse(`a eq "${'x'.repeat(16_384 - 7)}"`)).toMatchObject({ kind: 'compare' })
    expect(refusal(`a eq "${'x'.repeat(16_384 - 6)}"`).message).toContain('16384 characters')
  })

  test.each([
    ['10 000 brackets', '('.repeat(10_000)],
    ['10 000 value paths', 'a['.repeat(8_000)],
    ['64 KB', `a eq "${'x'.repeat(65_536)}"`],
    ['5 000 terms', Array.from({ length: 5_000 }, () => 'a pr').join(' or ')],
    ['backslashes', `a eq "${'\\'.repeat(16_000)}`],
  ])('%s are refused', (_, text) => {
    expect(refusal(text).scimType).toBe('invalidFilter')
  })
})

describe('filters of real clients', () => {
  const used = new Set<QuirkName>()
  const lenient = (text: string) => {
    used.clear()
    return parseFilter(text, { tolerate: tolerant(used), limits: filterLimits })
  }

  test('a value without quotes is a string (authentik, an Entra tutorial)', () => {
    expect(lenient('userName eq bjensen@example.com and a pr')).toEqual({
      kind: 'and',
      filters: [eq('userName', 'bjensen@example.com'), pr('a')],
    })
    expect([...used]).toEqual(['unquoted-value'])
    expect(lenient('id eq 2819c223-7f76-453a-919d-413861904646')).toEqual(
      eq('id', '2819c223-7f76-453a-919d-413861904646'),
    )
    for (const text of ['a eq and', 'a eq \u0007', 'a eq \ud800', 'a eq (b)']) {
      expect(() => lenient(text), text).toThrow(ScimError)
    }
  })

  test('a comparison behind brackets belongs into them (Entra)', () => {
    expect(lenient('emails[type eq "work"].value eq "x"')).toEqual(
      parse('emails[type eq "work" and value eq "x"]'),
    )
    expect([...used]).toEqual(['value-path-compared'])
    expect(lenient('emails[type eq "work" and primary eq true].value pr')).toEqual(
      parse('emails[type eq "work" and primary eq true and value pr]'),
    )
    expect(lenient('emails[a pr or b pr].value pr and c pr')).toEqual(
      parse('emails[(a pr or b pr) and value pr] and c pr'),
    )
  })

  test('what the RFC allows uses no quirk', () => {
    lenient('username Eq "john" and emails[type EQ "work"]')
    expect(used.size).toBe(0)
  })
})
