import { describe, expect, test } from 'vitest'
import { EXTRA, VERSIONED, WIDGET, widgetType } from '../../../test/support/filters.ts'
import { invalidPath, ScimError } from '../errors.ts'
import { type QuirkName, strict, tolerant } from '../quirks.ts'
import { attribute } from '../schema/attribute.ts'
import { groupType, userType } from '../schema/core/types.ts'
import { ENTERPRISE_USER } from '../urn.ts'
import { bindFilter, bindPatchPath, bindTarget, bindValueFilter } from './bind.ts'
import type { BoundFilter, Target } from './bound.ts'
import { filterLimits } from './options.ts'
import { parseFilter } from './parser.ts'
import { parsePatchPath, parsePath } from './path.ts'

const options = { tolerate: strict, limits: filterLimits }
const bind = (text: string, type = widgetType) =>
  bindFilter(parseFilter(text, options), type, strict)

// A target in one line: 'edge groups.value', 'body urn:…|department'.
function shape({ place, urn, attribute, sub }: Target): string {
  const name = sub === undefined ? attribute.name : `${attribute.name}.${sub.name}`
  return `${place.kind} ${urn === undefined ? '' : `${urn}|`}${name}`
}

function target(filter: BoundFilter): string {
  if ('target' in filter) return shape(filter.target)
  throw new Error(`no target: ${filter.kind}`)
}

const refused = (scimType: string, detail = '') =>
  expect.objectContaining({
    name: 'ScimError',
    status: 400,
    scimType,
    message: expect.stringContaining(detail),
  })

describe('names in a filter are those of the schema (RFC 7643 §2.1, RFC 7644 §3.10)', () => {
  test.each([
    ['USERNAME pr', 'body userName'],
    [`${WIDGET.toUpperCase()}:username pr`, 'body userName'],
    [`${WIDGET}:id pr`, 'id id'],
    ['ID pr', 'id id'],
    ['externalid pr', 'body externalId'],
    ['schemas pr', 'body schemas'],
    ['meta pr', 'meta meta'],
    ['meta.LastModified pr', 'meta meta.lastModified'],
    ['name.FamilyName pr', 'body name.familyName'],
    ['emails pr', 'body emails'],
    ['Groups pr', 'edge groups'],
    ['groups.$REF pr', 'edge groups.$ref'],
    [`${EXTRA.toUpperCase()}:Department pr`, `body ${EXTRA}|department`],
    [`${EXTRA}:manager.displayname pr`, `body ${EXTRA}|manager.displayName`],
    [`${VERSIONED}:shared pr`, `body ${VERSIONED}|shared`],
  ])('%s', (text, wanted) => {
    expect(target(bind(text))).toBe(wanted)
  })

  test.each([
    'nothing pr',
    'toString pr',
    'constructor pr',
    'constructor.name pr',
    'userName.value pr',
    'name.nothing pr',
    'department pr',
    'urn:example:nothing:userName pr',
    `${EXTRA}:userName pr`,
    `${EXTRA}:id pr`,
    `${EXTRA} pr`,
    `${VERSIONED} pr`,
    `${EXTRA}.department pr`,
  ])('%s answers invalidFilter', (text) => {
    expect(() => bind(text)).toThrow(refused('invalidFilter', 'is not an attribute of Widget'))
  })

  test('an attribute of an extension without its URN is refused with the one it has', () => {
    const hint = `"department" is not an attribute of Widget: write "${EXTRA}:department"`
    expect(() => bind('department pr')).toThrow(refused('invalidFilter', hint))
  })

  test.each([
    'password pr',
    'password eq "x"',
    'password eq null',
    `${WIDGET}:password sw "x"`,
    'emails.secret pr',
    'emails[secret eq "x"]',
  ])('%s answers invalidFilter: it is never returned', (text) => {
    expect(() => bind(text)).toThrow(refused('invalidFilter', 'cannot be searched'))
  })

  test('a sort key that is never returned is refused as well', () => {
    const path = parsePath('password', invalidPath)
    expect(() => bindTarget(path, widgetType, invalidPath)).toThrow(refused('invalidPath'))
  })
})

describe('comparisons (RFC 7644 §3.4.2.2, Table 3)', () => {
  test.each([
    ['userName eq "Straße"', 'fold', 'strasse'],
    ['code eq "Straße"', 'exact', 'Straße'],
    ['id eq "A"', 'exact', 'A'],
    ['externalId eq "A"', 'exact', 'A'],
    ['schemas eq "URN:X"', 'fold', 'urn:x'],
    ['link eq "HTTP://X"', 'exact', 'HTTP://X'],
    ['blob co "QQ=="', 'exact', 'QQ=='],
    ['size gt -1', 'number', -1],
    ['weight le 1.5', 'number', 1.5],
    ['active eq true', 'boolean', true],
    ['active ne false', 'boolean', false],
    ['made ge "1970-01-01T01:00:00.5+01:00"', 'instant', 500],
    ['meta.created lt "1970-01-01T00:00:01Z"', 'instant', 1000],
    ['tags eq "A"', 'fold', 'a'],
    ['numbers eq 1', 'number', 1],
  ])('%s', (text, comparison, value) => {
    expect(bind(text)).toMatchObject({ kind: 'compare', comparison, value })
  })

  test.each([
    ['emails co "x"', 'body emails.value'],
    ['emails.type eq "x"', 'body emails.type'],
    ['groups eq "x"', 'edge groups.value'],
    [`${EXTRA}:skills eq "x"`, `body ${EXTRA}|skills.value`],
    ['tags eq "x"', 'body tags'],
  ])('%s compares the default sub-attribute where there is one (RFC 7643 §2.4)', (text, wanted) => {
    expect(target(bind(text))).toBe(wanted)
  })

  test('null is no value (RFC 7643 §2.5): eq null is not pr, ne null is pr', () => {
    expect(bind('emails eq null')).toEqual(bind('not (emails pr)'))
    expect(bind('name.familyName ne null')).toEqual(bind('name.familyName pr'))
    expect(() => bind('userName gt null')).toThrow(refused('invalidFilter', '"gt" null'))
    expect(() => bind('userName co null')).toThrow(refused('invalidFilter'))
  })

  test.each([
    ['active gt true', 'boolean, which "gt"'],
    ['active le false', 'boolean'],
    ['active co "t"', 'boolean, which "co"'],
    ['blob ge "x"', 'binary, which "ge"'],
    ['size co 1', 'integer, which "co"'],
    ['weight sw "1"', 'decimal'],
    ['made sw "2011"', 'dateTime, which "sw"'],
    ['meta.created ew "Z"', 'dateTime'],
    ['active eq "maybe"', 'true or false'],
    ['active eq "true"', 'without quotes'],
    ['active eq 1', 'true or false, not 1'],
    ['userName eq 3', 'a string in quotes, not 3'],
    ['userName eq true', 'a string in quotes, not true'],
    ['id eq 3', 'a string'],
    ['blob eq 3', 'a string'],
    ['size eq "3"', 'a number'],
    ['made eq "yesterday"', 'a dateTime'],
    ['made gt "2024-02-30T00:00:00Z"', 'a dateTime'],
    ['made eq 3', 'a dateTime'],
    ['name eq "x"', 'no default "value"'],
    ['places eq "x"', 'no default "value"'],
    ['meta eq "x"', 'no default "value"'],
    [`${EXTRA}:manager eq "x"`, 'complex: name one of its sub-attributes'],
  ])('%s answers invalidFilter', (text, detail) => {
    expect(() => bind(text)).toThrow(refused('invalidFilter', detail))
  })
})

describe('value paths (RFC 7644 §3.4.2.2, Table 5)', () => {
  test.each([
    ['emails[TYPE eq "work"]', 'body emails', 'element type'],
    ['groups[value eq "x"]', 'edge groups', 'element value'],
    ['name[familyName eq "x"]', 'body name', 'element familyName'],
    ['tags[value eq "x"]', 'body tags', 'self tags'],
    [`${EXTRA}:skills[value eq "x"]`, `body ${EXTRA}|skills`, 'element value'],
    ['meta[created pr]', 'meta meta', 'element created'],
  ])('%s', (text, outer, inner) => {
    const bound = bind(text)
    expect(target(bound)).toBe(outer)
    if (bound.kind === 'value') expect(target(bound.filter)).toBe(inner)
    expect(bound.kind).toBe('value')
  })

  test.each([
    ['emails[nothing eq "x"]', 'is not a sub-attribute of "emails"'],
    ['emails[constructor pr]', 'is not a sub-attribute'],
    ['emails[emails.type eq "x"]', 'is not a sub-attribute'],
    ['emails[type.value eq "x"]', 'is not a sub-attribute'],
    [`emails[${WIDGET}:type eq "x"]`, 'is not a sub-attribute'],
    ['tags[type eq "x"]', 'is not a sub-attribute of "tags"'],
    ['emails[emails[type pr]]', 'inside other brackets'],
    ['emails[not (value[type pr])]', 'inside other brackets'],
    ['emails.value[type eq "x"]', 'has no values'],
    ['userName[value eq "x"]', 'has no values'],
    ['password[value eq "x"]', 'cannot be searched'],
    ['emails[primary gt true]', 'boolean, which "gt"'],
    ['emails[since eq "x"]', 'a dateTime'],
  ])('%s answers invalidFilter', (text, detail) => {
    expect(() => bind(text)).toThrow(refused('invalidFilter', detail))
  })
})

test('the values of an attribute that is never returned cannot be selected either', () => {
  const secrets = attribute({ name: 'secrets', multiValued: true, returned: 'never' })
  const filter = parseFilter('value sw "a"', options)
  expect(() => bindValueFilter(filter, secrets, strict)).toThrow(refused('invalidFilter'))
})

describe('the path of a PATCH operation (RFC 7644 §3.5.2)', () => {
  const patch = (text: string, tolerate = strict, type = widgetType) =>
    bindPatchPath(parsePatchPath(text, { tolerate, limits: filterLimits }), type, tolerate)
  const names = (text: string, tolerate = strict, type = widgetType) => {
    const { urn, attribute, filter, sub } = patch(text, tolerate, type)
    return [urn, attribute?.name, filter && target(filter), sub?.name]
  }

  test.each([
    ['USERNAME', [undefined, 'userName', undefined, undefined]],
    ['password', [undefined, 'password', undefined, undefined]],
    ['name.givenName', [undefined, 'name', undefined, 'givenName']],
    [`${WIDGET}:name.givenName`, [undefined, 'name', undefined, 'givenName']],
    ['emails[type eq "work"]', [undefined, 'emails', 'element type', undefined]],
    ['emails[type eq "work"].Value', [undefined, 'emails', 'element type', 'value']],
    ['tags[value eq "x"]', [undefined, 'tags', 'self tags', undefined]],
    [`${EXTRA}:department`, [EXTRA, 'department', undefined, undefined]],
    [`${EXTRA.toUpperCase()}:manager.value`, [EXTRA, 'manager', undefined, 'value']],
    [`${EXTRA}:skills[type pr].value`, [EXTRA, 'skills', 'element type', 'value']],
    [EXTRA, [EXTRA, undefined, undefined, undefined]],
    [EXTRA.toLowerCase(), [EXTRA, undefined, undefined, undefined]],
    [VERSIONED, [VERSIONED, undefined, undefined, undefined]],
    [WIDGET, [WIDGET, undefined, undefined, undefined]],
  ])('%s', (text, wanted) => {
    expect(names(text)).toEqual(wanted)
  })

  test.each([
    'nothing',
    'toString.x',
    'constructor',
    'hasOwnProperty.call',
    'userName.x',
    'emails.nothing',
    'emails[type pr].nothing',
    'tags[value eq "x"].value',
    'userName[value eq "x"]',
    'emails.value[type eq "x"]',
    'urn:example:nothing:2.0:User',
    'urn:example:nothing:2.0:User:x',
    `${EXTRA}:nothing`,
    `${EXTRA}[department eq "x"]`,
    `${EXTRA}.department`,
    'department',
    'manager',
  ])('%s answers invalidPath', (text) => {
    expect(() => patch(text)).toThrow(refused('invalidPath'))
  })

  test.each([
    'emails[nothing eq "x"]',
    'emails[primary eq "True"]',
    'emails[secret pr]',
    'emails[type[value pr]]',
  ])('%s answers invalidFilter', (text) => {
    expect(() => patch(text)).toThrow(refused('invalidFilter'))
  })

  test('an extension of an Entra path may go unnamed, when only one has the attribute', () => {
    const used = new Set<QuirkName>()
    const lenient = tolerant(used)
    expect(names('manager', lenient)).toEqual([EXTRA, 'manager', undefined, undefined])
    expect(names('manager.value', lenient)).toEqual([EXTRA, 'manager', undefined, 'value'])
    expect([...used]).toEqual(['unqualified-extension-attribute'])
    expect(() => patch('shared', lenient)).toThrow(refused('invalidPath'))
    expect(() => patch('nothing', lenient)).toThrow(refused('invalidPath'))
    expect(names('manager', lenient, userType)[0]).toBe(ENTERPRISE_USER)
  })

  test('a dot may stand for the colon after the URN (Entra)', () => {
    const used = new Set<QuirkName>()
    const path = `${ENTERPRISE_USER}.manager`
    expect(names(path, tolerant(used), userType)).toEqual([
      ENTERPRISE_USER,
      'manager',
      undefined,
      undefined,
    ])
    expect([...used]).toEqual(['dot-after-urn'])
    expect(() => patch(`${ENTERPRISE_USER}.nothing`, tolerant(), userType)).toThrow(
      refused('invalidPath'),
    )
  })

  test('a quoted boolean selects as the boolean does (Entra)', () => {
    const used = new Set<QuirkName>()
    expect(patch('emails[primary eq "True"].value', tolerant(used))).toEqual(
      patch('emails[primary eq true].value'),
    )
    expect([...used]).toEqual(['quoted-boolean-in-filter'])
  })
})

describe('filters of real clients over the core types', () => {
  const used = new Set<QuirkName>()
  const lenient = (text: string, type = userType) => {
    used.clear()
    const tolerate = tolerant(used)
    return bindFilter(parseFilter(text, { tolerate, limits: filterLimits }), type, tolerate)
  }

  test('Entra asks whether a manager is set already', () => {
    const text = 'id eq 54D382A4-2050-4C03-94D1-E769F1D15682 and manager eq 2819c223-7f76-453a'
    expect(lenient(text)).toEqual(
      bind(
        `id eq "54D382A4-2050-4C03-94D1-E769F1D15682" and ${ENTERPRISE_USER}:manager.value eq "2819c223-7f76-453a"`,
        userType,
      ),
    )
    expect([...used].sort()).toEqual([
      'reference-compared',
      'unqualified-extension-attribute',
      'unquoted-value',
    ])
  })

  test.each(['active eq True', 'active eq "TRUE"'])('%s is taken for true', (text) => {
    expect(lenient(text)).toEqual(bind('active eq true', userType))
  })

  test('what is no boolean stays refused', () => {
    expect(() => lenient('active eq "maybe"')).toThrow(refused('invalidFilter'))
    expect(() => lenient('active eq maybe')).toThrow(ScimError)
  })

  test('members are found on the edges', () => {
    const bound = bind('members eq "x" or members[type eq "User"]', groupType)
    if (bound.kind !== 'or') throw new Error(bound.kind)
    expect(bound.filters.map(target)).toEqual(['edge members.value', 'edge members'])
  })
})
