import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../protocol/json.ts'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import { ENTERPRISE_USER } from '../../protocol/urn.ts'
import { part, type Scene } from './arena.ts'
import { EXTENSION, probeType } from './probe.ts'

/** Creates a resource for each body and tells the order in which a search brings them. */
async function ordered(at: Scene, bodies: readonly JsonObject[], sort: string): Promise<string> {
  const names = new Map<string, string>()
  for (const [index, body] of bodies.entries()) {
    const { id } = await at.create(probeType, body)
    names.set(id, 'abcdefghij'[index]!)
  }
  return (await at.find(probeType, undefined, sort)).map((id) => names.get(id)).join('')
}

export function sortContract(scene: () => Promise<Scene>): void {
  describe('sort (RFC 7644 §3.4.2.3)', () => {
    const cases: [string, string, readonly JsonObject[], string, string][] = [
      [
        'case-insensitive text',
        'text',
        [{ text: 'b' }, { text: 'A' }, { text: 'C' }],
        'bac',
        'cab',
      ],
      ['case-exact text', 'exact', [{ exact: 'b' }, { exact: 'A' }, { exact: 'C' }], 'bca', 'acb'],
      [
        'text by code point, beyond the basic plane as well',
        'text',
        [{ text: '\u{1F600}' }, { text: '\uFF41' }, { text: 'é' }, { text: 'z' }],
        'dcba',
        'abcd',
      ],
      ['text with a lookup', 'foundText', [{ foundText: 'b' }, { foundText: 'A' }], 'ba', 'ab'],
      ['numbers by value', 'ratio', [{ ratio: 10 }, { ratio: 9.5 }, { ratio: -1 }], 'cba', 'abc'],
      ['integers', 'count', [{ count: 100 }, { count: 20 }, { count: 3 }], 'cba', 'abc'],
      [
        'dates by instant, whatever their offset',
        'when',
        [
          { when: '2024-01-01T01:30:00+02:00' },
          { when: '2024-01-01T00:00:00Z' },
          { when: '2023-12-31T23:45:00.5Z' },
          { when: '2023-12-31T23:45:00.1234567Z' },
        ],
        'adcb',
        'bcda',
      ],
      [
        'no value last ascending and first descending, null and none alike',
        'text',
        [{}, { text: 'b' }, { text: null }, { text: 'a' }],
        'dbac',
        'acbd',
      ],
      [
        'no value of an attribute with a lookup as well',
        'foundText',
        [{}, { foundText: 'b' }, {}, { foundText: 'a' }],
        'dbac',
        'acbd',
      ],
      [
        'ties by id, ascending either way',
        'text',
        [{ text: 'x' }, { text: 'X' }, { text: 'a' }, { text: 'x' }],
        'cabd',
        'abdc',
      ],
      [
        'sub-attributes',
        'part.value',
        [{ part: { value: 'b' } }, { part: { type: 'z' } }, { part: { value: 'a' } }],
        'cab',
        'bac',
      ],
      [
        'the primary value, or else the first',
        'items',
        [
          { items: [{ value: 'a' }, { value: 'z', primary: true }] },
          { items: [{ value: 'c' }, { value: 'a' }] },
          { items: [{ value: 'b', primary: false }, { value: 'a' }] },
          { items: [] },
        ],
        'cbad',
        'dabc',
      ],
      [
        'the primary value where there are lookups',
        'foundItems.value',
        [
          { foundItems: [{ value: 'a' }, { value: 'z', primary: true }] },
          { foundItems: [{ value: 'c' }, { value: 'a' }] },
          {},
        ],
        'bac',
        'cab',
      ],
      [
        'simple values by the first',
        'tags',
        [{ tags: ['b', 'a'] }, { tags: ['a', 'z'] }, { tags: ['c'] }],
        'bac',
        'cab',
      ],
      [
        'attributes of an extension',
        `${EXTENSION}:text`,
        [{ [EXTENSION]: { text: 'b' } }, { text: 'z' }, { [EXTENSION]: { text: 'a' } }],
        'cab',
        'bac',
      ],
      ['the id', 'id', [{}, {}, {}], 'abc', 'cba'],
      ['meta.created', 'meta.created', [{}, {}, {}], 'abc', 'cba'],
    ]
    for (const [title, by, bodies, ascending, descending] of cases) {
      test(title, async () => {
        expect(await ordered(await scene(), bodies, by)).toBe(ascending)
        expect(await ordered(await scene(), bodies, `-${by}`)).toBe(descending)
      })
    }

    test('meta.lastModified', async () => {
      const at = await scene()
      const [a, b, c] = [await at.user('a'), await at.user('b'), await at.user('c')]
      await at.rewriteUser(a.id, { userName: 'a', title: 'x' })
      expect(await at.find(userType, undefined, 'meta.lastModified')).toEqual([b.id, c.id, a.id])
      expect(await at.find(userType, undefined, '-meta.lastModified')).toEqual([a.id, c.id, b.id])
    })

    test('of what a filter found', async () => {
      const at = await scene()
      const given = (department: string) => ({ [ENTERPRISE_USER]: { department } })
      const b = await at.user('b', given('x'))
      await at.user('c', given('y'))
      const a = await at.user('a', given('X'))
      const filter = `${ENTERPRISE_USER}:department eq "x"`
      expect(await at.find(userType, filter, 'userName')).toEqual([a.id, b.id])
      expect(await at.find(userType, filter, '-userName')).toEqual([b.id, a.id])
    })

    test('over several types is one order', async () => {
      const at = await scene()
      const b = (await at.user('1', { displayName: 'b' })).id
      const c = (await at.group('C')).id
      const none = (await at.user('2')).id
      const a = (await at.group('a')).id
      const d = (await at.user('3', { displayName: 'd' })).id
      const parts = (sort: string) => [
        part(userType, undefined, sort),
        part(groupType, undefined, sort),
      ]
      const ascending = [a, b, c, d, none]
      expect(await at.ids({ parts: parts('displayName') })).toEqual(ascending)
      expect(await at.ids({ parts: parts('-displayName') })).toEqual(ascending.toReversed())
      for (let offset = 0; offset < 5; offset++) {
        const page = await at.ids({ parts: parts('displayName'), offset, limit: 2 })
        expect(page).toEqual(ascending.slice(offset, offset + 2))
      }
    })

    test('gives no value to the resources of a part without a key', async () => {
      const at = await scene()
      const group = (await at.group('a')).id
      const b = (await at.user('b')).id
      const a = (await at.user('a')).id
      const parts = (sort: string) => [part(groupType), part(userType, undefined, sort)]
      expect(await at.ids({ parts: parts('userName') })).toEqual([a, b, group])
      expect(await at.ids({ parts: parts('-userName') })).toEqual([group, b, a])
    })
  })
}
