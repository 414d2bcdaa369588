/**
 * The database against `match`: what a search finds is what `match` says of the same resources, and
 * the order is that of the store in memory.
 *
 * @module
 */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Filter } from '../../protocol/filter/ast.ts'
import { bindFilter } from '../../protocol/filter/bind.ts'
import { match } from '../../protocol/filter/match.ts'
import { print } from '../../protocol/filter/print.ts'
import type { JsonObject } from '../../protocol/json.ts'
import { strict } from '../../protocol/quirks.ts'
import { represent } from '../../protocol/resource/represent.ts'
import { memoryStore } from '../memory.ts'
import { part, refs, Scene, viewOf } from './arena.ts'
import { probeType } from './probe.ts'
import { body, filters } from './random-resources.ts'

const POPULATIONS = 4
const SIZE = 40
const SORTS = [
  ...['id', '-meta.lastModified', 'text', '-exact', 'flag', '-count', 'ratio', '-when', 'link'],
  ...['foundText', '-foundExact', '-foundItems', 'foundItems.exact', '-items', 'items.count'],
  ...['tags', '-moments', 'part.when', 'externalId'],
]

export interface RandomOptions {
  /** How many filters are tried, over a few populations. */
  readonly runs: number
  /** Repeats the run that printed it. */
  readonly seed?: number
}

export function randomFilters(scene: () => Promise<Scene>, options: RandomOptions): void {
  describe('random filters', () => {
    for (let round = 1; round <= POPULATIONS; round++) {
      test(
        `find what match finds, in order, and count it: population ${round}`,
        async () => {
          const seed = options.seed ?? fc.sample(fc.nat(), 1)[0]!
          const at = await scene()
          const reference = new Scene(memoryStore().tenant('reference'))
          const resources = await populate([at, reference], seed)

          const check = async (filter: Filter, sort: string | undefined) => {
            const bound = bindFilter(filter, probeType, strict)
            const parts = [{ ...part(probeType, undefined, sort), filter: bound }]
            const page = await at.rows.search({ parts, offset: 0, limit: SIZE })
            const found = page.resources.map(({ id }) => id)
            const expected = resources.filter((one) => match(bound, one)).map(({ id }) => id)
            expect(found.toSorted()).toEqual(expected)
            expect(page.total).toBe(expected.length)
            expect(found).toEqual(await reference.ids({ parts }))
            for (const side of ['after', 'before'] as const) {
              expect(await at.walk({ parts }, side, 7)).toEqual(found)
            }
            expect(await at.leaf({ parts }, 7)).toEqual(found)
          }
          const property = fc.asyncProperty(
            filters(knownTexts(resources)),
            fc.option(fc.constantFrom(...SORTS), { nil: undefined }),
            async (filter, sort) => {
              await check(filter, sort).catch((cause: unknown) => {
                const query = `filter=${print(filter)} sortBy=${sort}`
                throw new Error(`${query} (seed ${seed})\n${cause}`, { cause })
              })
            },
          )
          await fc.assert(property, { numRuns: Math.ceil(options.runs / POPULATIONS), seed })
        },
        60_000 + 200 * options.runs,
      )
    }
  })
}

/**
 * Fills the scenes alike with random resources, some of them members of later ones, and resolves to
 * what a client reads of them.
 */
async function populate(scenes: readonly [Scene, Scene], seed: number): Promise<JsonObject[]> {
  const bodies = fc.sample(body, { numRuns: SIZE, seed })
  for (const at of scenes) {
    const ids: string[] = []
    for (const [index, given] of bodies.entries()) {
      const members = ids.filter((_, other) => (index * 7 + other * 3) % 11 === 0)
      const created = await at.create(probeType, given, { members: members.map((id) => ({ id })) })
      ids.push(created.id)
    }
    // Some are in a second version, modified later than created.
    for (const id of ids.filter((_, index) => index % 5 === 0)) {
      const change = { secrets: { password: 'x' }, what: {} }
      await at.rows.change('Probe', id, () => change, at.write())
    }
  }
  const parts = [{ ...part(probeType), view: viewOf(probeType) }]
  const { resources } = await scenes[0].rows.search({ parts, offset: 0, limit: SIZE })
  return resources.map(
    (stored) => JSON.parse(represent(stored, `${refs.Probe}${stored.id}`)) as JsonObject,
  )
}

// Texts that occur where values are not of our making, such as ids and versions.
function knownTexts(resources: readonly JsonObject[]): string[] {
  const labels = resources.map(({ foundText }) => foundText)
  const ids = resources.slice(0, 8).map(({ id }) => id as string)
  return [
    ...ids,
    ...ids.slice(0, 2).map((id) => `${refs.Probe}${id}`),
    ...labels.filter((label) => typeof label === 'string').slice(0, 5),
    ...[
      'Probe',
      'direct',
      'W/"1"',
      'W/"2"',
      ...probeType.extensions.map(({ schema }) => schema.id),
    ],
  ]
}
