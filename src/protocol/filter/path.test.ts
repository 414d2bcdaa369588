import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyPatchPath } from '../../../test/support/filters.ts'
import { invalidValue } from '../errors.ts'
import { strict } from '../quirks.ts'
import { ENTERPRISE_USER } from '../urn.ts'
import { filterLimits } from './options.ts'
import { parsePatchPath, parsePath } from './path.ts'
import { printPatchPath, printPath } from './print.ts'

const patchPath = (text: string, limits = filterLimits) =>
  parsePatchPath(text, { tolerate: strict, limits })

describe('attribute notation (RFC 7644 §3.10)', () => {
  test.each([
    ['userName', { attribute: 'userName' }],
    ['name.familyName', { attribute: 'name', sub: 'familyName' }],
    [
      `${ENTERPRISE_USER}:manager.$ref`,
      { urn: ENTERPRISE_USER, attribute: 'manager', sub: '$ref' },
    ],
    ['urn:example:acme:1.0', { urn: 'urn:example:acme', attribute: '1.0' }],
  ])('%s', (text, path) => {
    expect(parsePath(text, invalidValue)).toEqual(path)
    expect(printPath(path)).toBe(text)
  })

  test.each(['', ' ', 'a.', '.a', 'a.b.c', 'a b', 'a[b pr]', '__proto__', 'x:', 'é', 'a\n', 'a"'])(
    '%j is refused in the words of whoever asks',
    (text) => {
      expect(() => parsePath(text, invalidValue)).toThrow(
        expect.objectContaining({ scimType: 'invalidValue' }),
      )
    },
  )
})

describe('the path of a PATCH operation (RFC 7644 §3.5.2)', () => {
  const filter = {
    kind: 'compare',
    path: { attribute: 'value' },
    operator: 'eq',
    value: '2819c223',
  } as const

  test.each([
    ['members', { path: { attribute: 'members' } }],
    ['name.familyName', { path: { attribute: 'name', sub: 'familyName' } }],
    ['members[value eq "2819c223"]', { path: { attribute: 'members' }, filter }],
    [
      'members[value eq "2819c223"].displayName',
      { path: { attribute: 'members' }, filter, sub: 'displayName' },
    ],
    [
      `${ENTERPRISE_USER}:a[value eq "2819c223"].b`,
      { path: { urn: ENTERPRISE_USER, attribute: 'a' }, filter, sub: 'b' },
    ],
  ])('%s', (text, path) => {
    expect(patchPath(text)).toEqual(path)
  })

  test('what is printed is read back as the same path', () => {
    fc.assert(
      fc.property(anyPatchPath, (path) => {
        const limits = { maxLength: 1e6, maxTerms: 1e4, maxDepth: 1e3 }
        expect(patchPath(printPatchPath(path), limits)).toEqual(path)
      }),
    )
  })

  test.each([
    ['', 'invalidPath'],
    ['__proto__.x', 'invalidPath'],
    ['a.b.c', 'invalidPath'],
    ['emails"x"', 'invalidPath'],
    ['"emails', 'invalidPath'],
    ['emails ', undefined],
    ['emails value', 'invalidPath'],
    ['emails[type eq "work"]value', 'invalidPath'],
    ['emails[type eq "work"] .value', 'invalidPath'],
    ['emails[type eq "work"].', 'invalidPath'],
    ['emails[type eq "work"].a.b', 'invalidPath'],
    ['emails[type eq "work"][b pr]', 'invalidPath'],
    ['emails[type eq "work"].value eq "x"', 'invalidPath'],
    ['emails[type eq "work"', 'invalidFilter'],
    ['emails[', 'invalidFilter'],
    ['emails[]', 'invalidFilter'],
    ['emails[type eq]', 'invalidFilter'],
    ['emails[type eq work]', 'invalidFilter'],
    ['emails[type xx "work"]', 'invalidFilter'],
    ['emails[type eq "work]', 'invalidFilter'],
    [`emails[${'('.repeat(10_000)}`, 'invalidFilter'],
    ['x'.repeat(20_000), 'invalidPath'],
  ])('%.40j answers %s', (text, scimType) => {
    const attempt = () => patchPath(text)
    if (scimType === undefined) expect(attempt()).toEqual({ path: { attribute: 'emails' } })
    else expect(attempt).toThrow(expect.objectContaining({ status: 400, scimType }))
  })
})
