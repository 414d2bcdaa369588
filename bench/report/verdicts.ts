/**
 * Each thing that was asked of Rollcall, and what came out: computed from the figures, so that no
 * hand can be kind.
 *
 * @module
 */

import type { Result } from '../result.ts'

export interface Verdict {
  readonly row: string
  readonly asked: string
  /** Absent where nothing was measured. */
  readonly figure: string | undefined
  /** Absent where no bar was set. */
  readonly met: boolean | undefined
}

const BARE = 'bare node:http on SQLite'
const OWN_BARE = 'bare node:http on PostgreSQL'
const SCALES = ['10,000', '1,000,000'] as const
const GROWTH = `flat from ${SCALES.join(' to ')} people, within`

export function verdicts(results: readonly Result[]): Verdict[] {
  return ['sqlite', 'postgres'].flatMap((database) => {
    const here = results.filter((result) => result.database === database)
    return here.length === 0 ? [] : onOne(here, database)
  })
}

function onOne(results: readonly Result[], database: string): Verdict[] {
  const of = (row: string, what?: string) =>
    results.filter((one) => one.row === row && (what === undefined || one.what === what))
  const on = (text: string) => `${text} (${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'})`
  const bare = (row: string, subject: string, bar: number, name: string) =>
    atLeast(row, on(`${bar} × ${name}`), least(of(row), subject), bar, '×')
  const grows = (row: string, whats: readonly string[], bar: number, label = GROWTH) =>
    whats.map((what) => {
      const found = of(row, what)
      const own = atMost(row, on(`${what}: ${label} ${bar} ×`), growth(found), bar, '×')
      const processor = growth(found, ({ cpu }) => cpu)
      const more = processor === undefined ? '' : `, ${shown(processor, '×')} of the processor`
      return own.figure === undefined ? own : { ...own, figure: own.figure + more }
    })
  const whats = (row: string) => [...new Set(of(row).map(({ what }) => what))]
  const own = (row: string, bar: number) =>
    database === 'postgres' ? [bare(row, OWN_BARE, bar, 'a bare node:http on PostgreSQL')] : []
  const peer = (what: string) => least(of('peers', what))
  const [worst] = of('scans', 'p99 of GET /Users/{id}, beside scans')
  return [
    bare('get', BARE, 0.6, 'a bare node:http on SQLite'),
    ...own('get', 0.6),
    ...(database === 'sqlite'
      ? [atLeast('get', '10 × the fastest peer', peer('GET /Users/{id}'), 10, '×')]
      : []),
    bare('filters', BARE, 0.4, 'a bare node:http on SQLite'),
    ...own('filters', 0.4),
    ...grows('filters', whats('filters'), 1.5),
    ...grows('pages', whats('pages'), 1.5),
    ...(database === 'sqlite'
      ? [atLeast('pages', '20 × the fastest peer', peer('page of 100'), 20, '×')]
      : []),
    ...grows('combined', whats('combined'), 1.5),
    ...(database === 'sqlite'
      ? ['post', 'patch'].map((row) =>
          atLeast(row, '0.5 × a bare loop into SQLite', least(of(row)), 0.5, '×'),
        )
      : []),
    ...whats('journal').map((what) =>
      atLeast(
        'journal',
        on(`${what}: 0.95 × the same without a journal`),
        least(of('journal', what)),
        0.95,
        '×',
      ),
    ),
    ...grows('members', whats('members'), 1.25, 'flat from 10 members to all, within'),
    ...grows('groups', ['group without members'], 1.25, 'flat, within'),
    atLeast(
      'groups',
      on('streamed at 60 MB/s'),
      of('groups', 'group with its members')[0]?.value,
      60,
      'MB/s',
    ),
    atMost('scans', on('p99 of GET beside scans, 25 ms'), worst?.value, 25, 'ms'),
    atMost(
      'start',
      on('ready in 500 ms'),
      of('start', 'until /readyz answers 200')[0]?.value,
      500,
      'ms',
    ),
    atMost('start', on('under 150 MB'), of('start', 'memory a second later')[0]?.value, 150, 'MB'),
    told(
      'sync',
      on('requests per second'),
      of('sync').find(({ subject }) => subject === 'rollcall')?.value,
    ),
  ]
}

// The lowest ratio to a subject, or to any.
function least(results: readonly Result[], subject?: string): number | undefined {
  const ratios = results
    .filter((one) => one.ratio !== undefined && (subject === undefined || one.subject === subject))
    .map(({ ratio }) => ratio ?? 0)
  return ratios.length === 0 ? undefined : Math.min(...ratios)
}

/**
 * How much dearer the dearest size is than the smallest; undefined with a single one. By what a
 * client waits for unless `cost` says otherwise.
 */
export function growth(
  results: readonly Result[],
  cost: (result: Result) => number | undefined = ({ value }) => 1 / value,
): number | undefined {
  const costs = results
    .filter(({ subject }) => subject === 'rollcall')
    .toSorted((a, b) => a.size - b.size)
    .map(cost)
    .filter((one) => one !== undefined)
  const [first] = costs
  if (first === undefined || costs.length < 2) return undefined
  return Math.max(...costs.map((one) => one / first))
}

function atLeast(
  row: string,
  asked: string,
  value: number | undefined,
  bar: number,
  unit: string,
): Verdict {
  return {
    row,
    asked,
    figure: shown(value, unit),
    met: value === undefined ? undefined : value >= bar,
  }
}

function atMost(
  row: string,
  asked: string,
  value: number | undefined,
  bar: number,
  unit: string,
): Verdict {
  return {
    row,
    asked,
    figure: shown(value, unit),
    met: value === undefined ? undefined : value <= bar,
  }
}

function told(row: string, asked: string, value: number | undefined): Verdict {
  return { row, asked, figure: shown(value, '/s'), met: undefined }
}

function shown(value: number | undefined, unit: string): string | undefined {
  if (value === undefined) return undefined
  const text = value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(2)
  return `${text} ${unit}`
}
