import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../protocol/json.ts'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import { part, refs, type Scene } from './arena.ts'
import { EXTENSION, probeType } from './probe.ts'

/** Bodies named `a`, `b`, `c` …, and for each filter the names of those it finds. */
interface Case {
  readonly title: string
  readonly bodies: readonly JsonObject[]
  readonly finds: Readonly<Record<string, string>>
}

/** The same text in an attribute that has a lookup and in places that have none. */
function everywhere(texts: readonly (string | undefined)[], finds: Case['finds']): Case[] {
  const body = (path: string, text: string | undefined): JsonObject => {
    if (text === undefined) return {}
    if (path.startsWith(EXTENSION)) return { [EXTENSION]: { text } }
    const [name = '', sub] = path.split('.')
    return { [name]: sub === undefined ? text : { [sub]: text } }
  }
  const paths = ['foundText', 'text', 'foundPart.value', 'part.value', `${EXTENSION}:text`]
  return paths.map((path) => ({
    title: `on ${path}`,
    bodies: texts.map((text) => body(path, text)),
    finds: Object.fromEntries(
      Object.entries(finds).map(([rest, found]) => [`${path} ${rest}`, found]),
    ),
  }))
}

const operators = everywhere(['Alpha', 'beta', 'ALPHABET', undefined], {
  'eq "alpha"': 'a',
  'ne "alpha"': 'bcd',
  'co "ET"': 'bc',
  'sw "alpha"': 'ac',
  'ew "BET"': 'c',
  'gt "alpha"': 'bc',
  'ge "alpha"': 'abc',
  'lt "beta"': 'ac',
  'le "beta"': 'abc',
  pr: 'abc',
  'eq null': 'd',
  'ne null': 'abc',
  'co ""': 'abc',
})

const literals = everywhere(
  ['100%', '100_', '100x', `it's "so"`, 'back\\slash', 'straße', 'ΌΣΟΣ', 'ﬁ é', '𝒳 [a-z]*?', ''],
  {
    'sw "100%"': 'a',
    'co "_"': 'b',
    'co "%"': 'a',
    'ew "_"': 'b',
    'co "\'"': 'd',
    'co "\\""': 'd',
    'eq "it\'s \\"so\\""': 'd',
    'co "\\\\"': 'e',
    'eq "back\\\\slash"': 'e',
    'eq "STRASSE"': 'f',
    'ew "SSE"': 'f',
    'eq "όσος"': 'g',
    'co "σ"': 'g',
    'ew "É"': 'h',
    'ew "e\u0301"': 'h',
    'sw "𝒳"': 'i',
    'co "[a-z]*"': 'i',
    'co "*?"': 'i',
    'co "100?"': '',
    'eq "\' OR 1=1 --"': '',
    'eq ""': 'j',
    pr: 'abcdefghi',
    'eq null': 'j',
  },
)

const kinds: readonly Case[] = [
  {
    title: 'case-exact text with a lookup and without',
    bodies: [{ foundExact: 'Abc', exact: 'Abc' }, { foundExact: 'abc', exact: 'abc' }, {}],
    finds: {
      'foundExact eq "Abc"': 'a',
      'exact eq "Abc"': 'a',
      'foundExact co "bc"': 'ab',
      'exact sw "A"': 'a',
      'foundExact ne "abc"': 'ac',
      'exact lt "a"': 'a',
    },
  },
  {
    title: 'booleans with a lookup and without',
    bodies: [{ foundFlag: true, flag: true }, { foundFlag: false, flag: false }, {}],
    finds: {
      'foundFlag eq true': 'a',
      'foundFlag eq false': 'b',
      'foundFlag ne true': 'bc',
      'flag eq true': 'a',
      'flag ne false': 'ac',
      'flag pr': 'ab',
    },
  },
  {
    title: 'numbers by value',
    bodies: [
      { count: 9, ratio: 9.5 },
      { count: 10, ratio: 10 },
      { count: -1, ratio: 1e21 },
      { count: 9007199254740991, ratio: 0.1 },
    ],
    finds: {
      'count gt 9': 'bd',
      'count eq 10.0': 'b',
      'count lt 0': 'c',
      'count eq 9007199254740991': 'd',
      'ratio eq 10': 'b',
      'ratio eq 0.1': 'd',
      'ratio ge 9.5': 'abc',
      'ratio eq 1e21': 'c',
      'ratio ne 10': 'acd',
    },
  },
  {
    title: 'dates by instant, whatever their offset and digits',
    bodies: [
      { when: '2011-05-13T04:42:34Z' },
      { when: '2011-05-13T06:42:34+02:00' },
      { when: '2011-05-13T04:42:34.0001Z' },
      { when: '2011-05-13T04:42:33.9999Z' },
      { when: '0099-01-01T00:00:00Z' },
      {},
    ],
    finds: {
      'when eq "2011-05-13T04:42:34Z"': 'ab',
      'when eq "2011-05-12T23:42:34.000-05:00"': 'ab',
      'when gt "2011-05-13T04:42:34Z"': 'c',
      'when lt "2011-05-13T04:42:34Z"': 'de',
      'when ne "2011-05-13T04:42:34Z"': 'cdef',
      'when le "0099-01-01T00:00:00Z"': 'e',
    },
  },
  {
    title: 'references and binary values',
    bodies: [{ link: 'https://x/Y' }, { link: 'https://x/y', blob: 'QUJD' }, { blob: 'qujd' }],
    finds: {
      'link eq "https://x/Y"': 'a',
      'link sw "https://x/"': 'ab',
      'blob eq "QUJD"': 'b',
      'blob co "uj"': 'c',
    },
  },
]

const several: readonly Case[] = [
  {
    title: 'several values, of which one is enough',
    bodies: [{ tags: ['x', 'Y'] }, { tags: ['y'] }, { tags: [] }, {}],
    finds: {
      'tags eq "x"': 'a',
      'tags eq "y"': 'ab',
      'tags ne "y"': 'acd',
      'not (tags eq "y")': 'cd',
      'tags pr': 'ab',
      'tags[value eq "x"]': 'a',
      'tags[value ne "x"]': 'ab',
      'tags[value gt "x" and value lt "z"]': 'ab',
    },
  },
  {
    title: 'several values with a lookup',
    bodies: [
      { foundTags: ['x', 'Y'], foundItems: [{ value: 'p' }, { value: 'Q', type: 'work' }] },
      { foundTags: ['y'], foundItems: [{ value: 'q', type: 'home' }] },
      {},
    ],
    finds: {
      'foundTags eq "x"': 'a',
      'foundTags eq "y"': 'ab',
      'foundTags ne "y"': 'ac',
      'foundItems.value eq "q"': 'ab',
      'foundItems eq "p"': 'a',
      'foundItems.value ne "q"': 'ac',
      'not (foundItems.value eq "p")': 'bc',
      'foundItems[value eq "q" and type eq "work"]': 'a',
      'foundItems[value eq "p" and type eq "work"]': '',
      'foundItems[value eq "q"]': 'ab',
      'foundItems.value sw "Q"': 'ab',
    },
  },
  {
    title: 'value paths, of which one value must satisfy all',
    bodies: [
      {
        items: [
          { value: 'x', type: 'work', primary: true },
          { value: 'y', type: 'home' },
        ],
      },
      {
        items: [
          { value: 'y', type: 'work' },
          { value: 'x', type: 'home', count: 3 },
        ],
      },
      { items: [{ type: 'work' }] },
      {},
    ],
    finds: {
      'items[type eq "work" and value eq "x"]': 'a',
      'items.type eq "work" and items.value eq "x"': 'ab',
      'items[not (value pr)]': 'c',
      'not (items[value pr])': 'cd',
      'items[type eq "home" or primary eq true]': 'ab',
      'items[value ne "x"]': 'abc',
      'items[count gt 2]': 'b',
      'items[primary ne true]': 'abc',
      'items[value eq "x" and not (type eq "work")]': 'b',
      'items pr': 'abc',
      'items.primary eq true': 'a',
    },
  },
  {
    title: 'complex attributes of one value',
    bodies: [{ part: { value: 'x', count: 1 } }, { part: { type: 'y' } }, {}],
    finds: {
      'part pr': 'ab',
      'part.value pr': 'a',
      'part.value ne "x"': 'bc',
      'part[value eq "x" and count eq 1]': 'a',
      'not (part.value eq "x")': 'bc',
    },
  },
  {
    title: 'extensions, beside core attributes of the same name',
    bodies: [
      { text: 'x', [EXTENSION]: { text: 'y', items: [{ value: 'p', type: 'work' }] } },
      { text: 'y', [EXTENSION]: { flag: true, when: '2024-01-01T00:00:00Z' } },
      { text: 'y' },
    ],
    finds: {
      [`${EXTENSION}:text eq "y"`]: 'a',
      [`${EXTENSION.toUpperCase()}:TEXT eq "y"`]: 'a',
      'text eq "y"': 'bc',
      [`${EXTENSION}:text ne "y"`]: 'bc',
      [`${EXTENSION}:flag eq true`]: 'b',
      [`${EXTENSION}:when gt "2023-12-31T23:59:59+00:00"`]: 'b',
      [`${EXTENSION}:items[value eq "P" and type eq "work"]`]: 'a',
      [`${EXTENSION}:items.value pr`]: 'a',
      [`schemas eq "${EXTENSION}"`]: 'ab',
    },
  },
  {
    title: 'and, or, not and brackets',
    bodies: [
      { text: 'x', foundText: '1' },
      { text: 'x', foundText: '2' },
      { text: 'y', foundText: '1' },
      { foundText: '2' },
    ],
    finds: {
      'text eq "x" and foundText eq "1"': 'a',
      'text eq "x" or foundText eq "1"': 'abc',
      'text eq "x" and foundText eq "1" or text eq "y"': 'ac',
      'text eq "x" and (foundText eq "1" or foundText eq "2")': 'ab',
      'not (text eq "x")': 'cd',
      'not (text eq "x" or foundText eq "2")': 'c',
      'not (not (text pr))': 'abc',
    },
  },
  {
    title: 'null and nothing alike',
    bodies: [{ text: null, tags: [] }, {}, { text: 'x', items: [{}] }],
    finds: { 'text pr': 'c', 'not (text pr)': 'ab', 'text ne "x"': 'ab', 'items pr': '' },
  },
]

export function filterContract(scene: () => Promise<Scene>): void {
  describe('filter (RFC 7644 §3.4.2.2)', () => {
    const groups = { 'every operator': operators, 'any text': literals, kinds, several }
    for (const [group, cases] of Object.entries(groups)) {
      describe(group, () => {
        for (const { title, bodies, finds } of cases) {
          test(title, async () => {
            const at = await scene()
            const names = new Map<string, string>()
            for (const [index, body] of bodies.entries()) {
              names.set((await at.create(probeType, body)).id, 'abcdefghij'[index]!)
            }
            const found: Record<string, string> = {}
            for (const filter of Object.keys(finds)) {
              const ids = await at.find(probeType, filter)
              found[filter] = ids.map((id) => names.get(id)).join('')
            }
            expect(found).toEqual(finds)
          })
        }
      })
    }

    test('id, exactly', async () => {
      const at = await scene()
      const [a, b] = [await at.user('a'), await at.user('b')]
      const find = (filter: string) => at.find(userType, filter)
      expect(await find(`id eq "${a.id}"`)).toEqual([a.id])
      expect(await find(`id eq "${a.id.toUpperCase()}"`)).toEqual([])
      expect(await find(`id ne "${a.id}"`)).toEqual([b.id])
      expect(await find(`id gt "${a.id}"`)).toEqual([b.id])
      expect(await find(`id ew "${b.id.slice(-2)}" and id pr`)).toEqual([b.id])
      expect(await find(`id sw "${b.id}"`)).toEqual([b.id])
      expect(await find(`id sw "${a.id.slice(0, -1)}"`)).toEqual([a.id, b.id])
      expect(await find(`id sw "${a.id}x" or id sw "x"`)).toEqual([])
      expect(await find('id sw ""')).toEqual([a.id, b.id])
    })

    test('names of one character or two, by their beginning', async () => {
      const at = await scene()
      const li = await at.user('a', { displayName: '李明' })
      const wang = await at.user('b', { name: { familyName: '王', formatted: '王芳' } })
      const bo = await at.user('bo')
      const paths = ['userName', 'displayName', 'name.familyName', 'name.formatted', 'id']
      const find = (text: string) =>
        at.find(userType, paths.map((path) => `${path} sw "${text}"`).join(' or '))
      expect(await find('李')).toEqual([li.id])
      expect(await find('李明')).toEqual([li.id])
      expect(await find('王')).toEqual([wang.id])
      expect(await find('王芳')).toEqual([wang.id])
      expect(await find('芳')).toEqual([])
      expect(await find('B')).toEqual([wang.id, bo.id])
    })

    test('meta', async () => {
      const at = await scene()
      const [a, b] = [await at.user('a'), await at.user('b')]
      await at.rewriteUser(a.id, { userName: 'a', title: 'x' })
      const iso = (time: number) => new Date(time).toISOString()
      const find = (filter: string) => at.find(userType, filter)
      expect(await find(`meta.created lt "${iso(b.created)}"`)).toEqual([a.id])
      expect(await find(`meta.created eq "${iso(b.created)}"`)).toEqual([b.id])
      expect(await find(`meta.lastModified gt "${iso(b.created)}"`)).toEqual([a.id])
      expect(await find(`meta.lastModified le "${iso(b.created)}"`)).toEqual([b.id])
      expect(await find('meta.resourceType eq "User"')).toEqual([a.id, b.id])
      expect(await find('meta.resourceType eq "Group"')).toEqual([])
      expect(await find('meta.version eq "W/\\"2\\""')).toEqual([a.id])
      expect(await find(`meta.location eq "${refs.User}${b.id}"`)).toEqual([b.id])
      expect(await find('meta pr and meta.location ew "000001"')).toEqual([a.id])
    })

    test('members of groups', async () => {
      const at = await scene()
      const a = (await at.user('a', { displayName: 'Ann 100%' })).id
      const b = (await at.user('b')).id
      const x = (await at.group('x', a, b)).id
      const y = (await at.group('y', x)).id
      const z = (await at.group('z')).id
      const find = (filter: string) => at.find(groupType, filter)
      expect(await find(`members eq "${a}"`)).toEqual([x])
      expect(await find(`members.value eq "${a}"`)).toEqual([x])
      expect(await find(`members.value ne "${a}"`)).toEqual([x, y, z])
      expect(await find(`not (members.value eq "${a}")`)).toEqual([y, z])
      expect(await find(`members[value eq "${a}" and type eq "User"]`)).toEqual([x])
      expect(await find(`members[value eq "${a}" and display eq "b"]`)).toEqual([])
      expect(await find('members.type eq "Group"')).toEqual([y])
      expect(await find('members.display co "N 100%"')).toEqual([x])
      expect(await find(`members.$ref eq "${refs.User}${b}"`)).toEqual([x])
      expect(await find('members pr')).toEqual([x, y])
      expect(await find('not (members pr) and displayName pr')).toEqual([z])
    })

    test('groups of users', async () => {
      const at = await scene()
      const a = (await at.user('a')).id
      const b = (await at.user('b')).id
      const x = (await at.group('Tour Guides', a)).id
      const find = (filter: string) => at.find(userType, filter)
      expect(await find(`groups.value eq "${x}"`)).toEqual([a])
      expect(await find('groups.display eq "tour guides"')).toEqual([a])
      expect(await find(`groups[type eq "direct" and value eq "${x}"]`)).toEqual([a])
      expect(await find(`groups.$ref sw "${refs.Group}"`)).toEqual([a])
      expect(await find('not (groups pr)')).toEqual([b])
      expect(await find(`groups.value ne "${x}"`)).toEqual([b])
    })

    test('sees the state of now', async () => {
      const at = await scene()
      const { id } = await at.user('a', { emails: [{ value: 'old@x' }], nickName: 'old' })
      await at.rewriteUser(id, { userName: 'a', emails: [{ value: 'new@x' }], nickName: 'new' })
      expect(await at.find(userType, 'emails.value eq "old@x" or nickName eq "old"')).toEqual([])
      expect(await at.find(userType, 'emails.value eq "new@x" and nickName eq "new"')).toEqual([id])
    })

    test('with hundreds of terms', async () => {
      const at = await scene()
      const { id } = await at.user('a', { title: 't-199' })
      const terms = Array.from({ length: 200 }, (_, index) => `title eq "t-${index}"`).join(' or ')
      expect(await at.find(userType, terms)).toEqual([id])
      const none = Array.from({ length: 200 }, (_, index) => `title ne "t-${index}"`).join(' and ')
      expect(await at.find(userType, none)).toEqual([])
      const parts = [part(userType, terms)]
      expect((await at.rows.search({ parts, offset: 0, limit: 0 })).total).toBe(1)
    })
  })
}
