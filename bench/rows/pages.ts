/**
 * Pages of 100: the first, a walk by cursor, a walk by `startIndex`. A walk asks for the next page
 * when it has read the last, as a client does; the one by `startIndex` begins in the middle.
 *
 * @module
 */

import type { Answer } from '../answer.ts'
import { load } from '../load.ts'
import { inTurns } from '../measure.ts'
import { get } from '../request.ts'
import { figures, type Row } from '../result.ts'
import { compare, type Stage } from '../stage.ts'

const PAGE = 100

interface Page {
  readonly startIndex?: number
  readonly nextCursor?: string
  readonly Resources?: readonly unknown[]
}

export const pages: Row = {
  name: 'pages',
  title: 'a page of 100 users: first, by cursor, on a `startIndex` walk',
  wanted: 'flat from 10,000 to 1,000,000; 20 × (b)',
  sizes: 'every',
  async run(stage) {
    const ours = await stage.rollcall()
    const [bare] = await stage.bare()
    const first = await compare(
      stage,
      [
        { name: 'rollcall', server: ours, requests: [get(ours, `/Users?count=${PAGE}`)] },
        ...(bare === undefined
          ? []
          : [{ name: bare.name, server: bare.server, requests: [get(bare.server, '/page/0')] }]),
      ],
      4,
    )
    const middle = Math.floor(stage.size / 2)
    return [
      ...figures(stage, 'pages', 'first page', first),
      ...(await walk(stage, 'walk by cursor', '&cursor=', ({ nextCursor }) =>
        nextCursor === undefined ? undefined : `&cursor=${encodeURIComponent(nextCursor)}`,
      )),
      ...(await walk(stage, 'walk by startIndex', `&startIndex=${middle}`, (page) =>
        page.Resources?.length === PAGE
          ? `&startIndex=${(page.startIndex ?? 0) + PAGE}`
          : undefined,
      )),
    ]
  },
}

async function walk(
  stage: Stage,
  what: string,
  begin: string,
  nextOf: (page: Page) => string | undefined,
) {
  const ours = await stage.rollcall()
  const next = (_: number, last: Answer | undefined) => {
    if (last !== undefined && last.status !== 200) throw new Error(`${what}: ${last.text()}`)
    const to = last === undefined ? begin : (nextOf(JSON.parse(last.text()) as Page) ?? begin)
    return get(ours, `/Users?count=${PAGE}${to}`)
  }
  const run = () => load({ port: ours.port, connections: 1, seconds: stage.pace.seconds, next })
  const measured = await inTurns([{ name: 'rollcall', run, cpu: ours.cpu }], stage.pace.rounds)
  return figures(stage, 'pages', what, measured)
}
