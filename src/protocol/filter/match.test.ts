import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EXTRA, widget, widgetFilter, widgetType } from '../../../test/support/filters.ts'
import type { JsonObject } from '../json.ts'
import { strict } from '../quirks.ts'
import type { Filter } from './ast.ts'
import { bindFilter } from './bind.ts'
import { match } from './match.ts'
import { filterLimits } from './options.ts'
import { parseFilter } from './parser.ts'
import { print } from './print.ts'

const bind = (filter: Filter) => bindFilter(filter, widgetType, strict)
const matches = (text: string, resource: JsonObject) =>
  match(bind(parseFilter(text, { tolerate: strict, limits: filterLimits })), resource)

const resource: JsonObject = {
  schemas: ['urn:x'],
  id: 'A1',
  userName: 'Björn@Example.com',
  code: 'AbC',
  active: false,
  size: 0,
  weight: 1.5,
  made: '2011-05-13T04:42:34Z',
  blob: 'QUJD',
  name: { familyName: 'Jensen' },
  emails: [
    { value: 'b@work.com', type: 'work', primary: true },
    { value: 'b@home.com', type: 'home', since: '2020-01-01T00:00:00Z' },
  ],
  tags: ['red', 'Green'],
  numbers: [1, 5],
  groups: [{ value: 'g1' }],
  meta: { created: '2010-01-23T04:56:22Z', lastModified: '2011-05-13T04:42:34.5Z' },
  [EXTRA]: { department: 'Tour', manager: { value: 'm1' }, skills: [{ value: 'x' }] },
}

describe('a resource matches a filter (RFC 7644 §3.4.2.2)', () => {
  test.each([
    ['userName eq "björn@example.COM"', true],
    ['userName eq "BJO\u0308RN@example.com"', true],
    ['userName eq "bjorn@example.com"', false],
    ['userName ne "x"', true],
    ['userName ne "björn@example.com"', false],
    ['userName co "EXAMPLE"', true],
    ['userName co "%"', false],
    ['userName sw "BJÖ"', true],
    ['userName ew ".COM"', true],
    ['userName sw ".com"', false],
    ['userName gt "a"', true],
    ['userName lt "a"', false],
    ['code eq "abc"', false],
    ['code eq "AbC"', true],
    ['code ge "AbC"', true],
    ['code gt "AbC"', false],
    ['code le "AbC"', true],
    ['code gt "Ab"', true],
    ['id eq "a1"', false],
    ['id eq "A1"', true],
    ['active eq false', true],
    ['active ne true', true],
    ['size eq 0', true],
    ['size lt 1', true],
    ['weight ge 1.5', true],
    ['weight gt 1.5', false],
    ['made eq "2011-05-13T06:42:34+02:00"', true],
    ['made lt "2011-05-13T04:42:34.0000001Z"', false],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', true],
    ['blob sw "QU"', true],
    ['blob eq "quJD"', false],
    ['name.familyName eq "jensen"', true],
    ['schemas eq "URN:X"', true],
    [`${EXTRA}:department eq "tour"`, true],
    [`${EXTRA}:manager.value eq "m1"`, true],
    [`${EXTRA}:skills eq "x"`, true],
    ['groups eq "g1"', true],
    ['groups.value eq "G1"', false],
  ])('%s: %s', (text, expected) => {
    expect(matches(text, resource)).toBe(expected)
  })

  test.each([
    ['emails.value eq "b@home.com"', true],
    ['emails co "work"', true],
    ['tags eq "green"', true],
    ['tags eq "blue"', false],
    ['numbers gt 4', true],
    ['numbers gt 5', false],
  ])('one of several values is enough: %s: %s', (text, expected) => {
    expect(matches(text, resource)).toBe(expected)
  })

  test.each([
    ['tags ne "red"', true],
    ['tags ne "blue"', true],
    ['groups.value ne "g1"', false],
    ['emails.primary ne true', false],
    ['emails.primary ne false', true],
  ])('ne matches where one of the values differs: %s: %s', (text, expected) => {
    expect(matches(text, resource)).toBe(expected)
  })

  test.each(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])(
    'without a value only ne matches: %s',
    (operator) => {
      const empties: JsonObject[] = [
        {},
        { userName: null },
        { tags: [], emails: [] },
        { emails: [{}] },
      ]
      for (const empty of empties) {
        for (const path of ['userName', 'tags', 'emails', `${EXTRA}:department`]) {
          expect(matches(`${path} ${operator} "x"`, empty)).toBe(operator === 'ne')
        }
      }
    },
  )

  test('one value has to satisfy all that stands in the brackets (Table 5)', () => {
    expect(matches('emails[type eq "work" and value co "work"]', resource)).toBe(true)
    expect(matches('emails[type eq "work" and value co "home"]', resource)).toBe(false)
    expect(matches('emails.type eq "work" and emails.value co "home"', resource)).toBe(true)
  })

  test('within the brackets a value that lacks the sub-attribute has none', () => {
    expect(matches('emails[type eq "home" and primary ne true]', resource)).toBe(true)
    expect(matches('emails[type eq "home" and not (primary pr)]', resource)).toBe(true)
    expect(matches('emails[type eq "work" and since pr]', resource)).toBe(false)
  })

  test('without a value nothing satisfies what stands in the brackets, whatever it is', () => {
    expect(matches('emails[type ne "work"]', {})).toBe(false)
    expect(matches('emails[not (type pr)]', { emails: [] })).toBe(false)
  })

  test('brackets over simple values and over a single complex one', () => {
    expect(matches('tags[value sw "G" and value ew "n"]', resource)).toBe(true)
    expect(matches('tags[value sw "r" and value ew "n"]', resource)).toBe(false)
    expect(matches('name[familyName eq "jensen" and not (givenName pr)]', resource)).toBe(true)
  })

  test.each<[JsonObject, string]>([
    [{ userName: null }, 'userName'],
    [{ userName: '' }, 'userName'],
    [{ tags: [] }, 'tags'],
    [{ tags: ['', null] }, 'tags'],
    [{ name: {} }, 'name'],
    [{ name: { familyName: '' } }, 'name'],
    [{ emails: [{ value: null }, {}] }, 'emails'],
    [{}, 'meta.created'],
  ])('%j has no %s: pr is false, eq null is true (Table 3, RFC 7643 §2.5)', (empty, path) => {
    expect(matches(`${path} pr`, empty)).toBe(false)
    expect(matches(`${path} eq null`, empty)).toBe(true)
    expect(matches(`${path} ne null`, empty)).toBe(false)
  })

  test.each(['active', 'size', 'name', 'emails', 'emails.since', 'tags', `${EXTRA}:manager`])(
    '%s is present, false and 0 included',
    (path) => {
      expect(matches(`${path} pr`, resource)).toBe(true)
    },
  )

  test('an empty string is not present, yet can be compared', () => {
    expect(matches('userName eq ""', { userName: '' })).toBe(true)
    expect(matches('userName ne ""', { userName: '' })).toBe(false)
    expect(matches('userName eq ""', {})).toBe(false)
  })

  test.each(['eq', 'gt', 'ge', 'lt', 'le'])('stored text that is no date is not %s', (operator) => {
    expect(matches(`made ${operator} "2011-05-13T04:42:34Z"`, { made: 'soon' })).toBe(false)
    expect(matches('made ne "2011-05-13T04:42:34Z"', { made: 'soon' })).toBe(true)
  })

  test('null among values is none of them (RFC 7643 §2.5)', () => {
    expect(matches('tags ne "red"', { tags: [null, 'red'] })).toBe(false)
    expect(matches('tags[not (value eq "red")]', { tags: [null, 'red'] })).toBe(false)
  })

  test('text is ordered by code point, as databases order it', () => {
    expect(matches('code gt "\uffee"', { code: '😀' })).toBe(true)
  })

  test('names that only the prototype has are not there', () => {
    expect(matches('userName pr', Object.create({ userName: 'x' }) as JsonObject)).toBe(false)
  })
})

describe('the laws of logic hold (RFC 7644 Table 4)', () => {
  const not = (filter: Filter): Filter => ({ kind: 'not', filter })
  const both = (kind: 'and' | 'or', ...filters: Filter[]): Filter => ({ kind, filters })
  const law = (left: (a: Filter, b: Filter) => Filter, right: (a: Filter, b: Filter) => Filter) =>
    fc.assert(
      fc.property(widgetFilter, widgetFilter, widget, (a, b, one) => {
        expect(match(bind(left(a, b)), one)).toBe(match(bind(right(a, b)), one))
      }),
      { numRuns: 200 },
    )

  test('not not a is a', () => {
    law(
      (a) => not(not(a)),
      (a) => a,
    )
  })

  test('not (a and b) is not a or not b', () => {
    law(
      (a, b) => not(both('and', a, b)),
      (a, b) => both('or', not(a), not(b)),
    )
  })

  test('not (a or b) is not a and not b', () => {
    law(
      (a, b) => not(both('or', a, b)),
      (a, b) => both('and', not(a), not(b)),
    )
  })

  test('a or (a and b) is a', () => {
    law(
      (a, b) => both('or', a, both('and', a, b)),
      (a) => a,
    )
  })

  test('the brackets of a filter that is printed and read again mean the same', () => {
    fc.assert(
      fc.property(widgetFilter, widget, (filter, one) => {
        expect(matches(print(filter), one)).toBe(match(bind(filter), one))
      }),
    )
  })

  test('random filters match about as often as not', () => {
    const drawn = fc.sample(fc.tuple(widgetFilter, widget), { numRuns: 1000, seed: 1 })
    const hits = drawn.filter(([filter, one]) => match(bind(filter), one)).length
    expect(hits).toBeGreaterThan(200)
    expect(hits).toBeLessThan(800)
  })
})
