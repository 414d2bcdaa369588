/**
 * The growth curves as an SVG: what a thing costs, in parts of what it costs at its smallest. It has
 * its own colours for light and dark.
 *
 * @module
 */

import type { Result } from '../result.ts'

const WIDTH = 860
const PANEL = 300
const LEFT = 56
const TOP = 44
const PLOT = { width: 480, height: 210 }
const TOP_COST = 4

export function chart(results: readonly Result[]): string {
  const panels = [
    { title: 'SQLite, by people in the directory', curves: people(results, 'sqlite') },
    { title: 'PostgreSQL, by people in the directory', curves: people(results, 'postgres') },
    { title: 'One member added or removed, by members of the group', curves: members(results) },
  ].filter(({ curves }) => curves.length > 0)
  const height = panels.length * PANEL + 10
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" role="img" aria-label="Cost by size, in parts of the cost at the smallest size">
<style>
  svg { font: 13px system-ui, sans-serif; --ink: #1f2328; --faint: #d1d9e0; --bar: #b35900; }
  @media (prefers-color-scheme: dark) { svg { --ink: #e6edf3; --faint: #3d444d; --bar: #e0a458; } }
  text { fill: var(--ink); } .title { font-weight: 600; } .small { font-size: 11px; }
  .grid { stroke: var(--faint); } .bar { stroke: var(--bar); stroke-dasharray: 5 4; }
  .curve { fill: none; stroke-width: 2; }
${COLOURS.map(([light], at) => `  .c${at} { stroke: ${light}; fill: ${light}; }`).join('\n')}
  @media (prefers-color-scheme: dark) {
${COLOURS.map(([, dark], at) => `    .c${at} { stroke: ${dark}; fill: ${dark}; }`).join('\n')}
  }
</style>
${panels.map((panel, at) => drawn(panel.title, panel.curves, at * PANEL)).join('\n')}
</svg>
`
}

const COLOURS = [
  ['#0969da', '#4493f8'],
  ['#1a7f37', '#3fb950'],
  ['#cf222e', '#f85149'],
  ['#8250df', '#ab7df8'],
  ['#9a6700', '#d29922'],
  ['#bf3989', '#db61a2'],
  ['#0a7a7a', '#39c5cf'],
  ['#57606a', '#9198a1'],
] as const

interface Curve {
  readonly name: string
  readonly points: readonly { readonly size: number; readonly cost: number }[]
}

function people(results: readonly Result[], database: string): Curve[] {
  const own = results.filter(
    ({ row, subject, database: on }) =>
      on === database && subject === 'rollcall' && ['get', 'filters', 'pages'].includes(row),
  )
  return curves(own, ({ what }) => what)
}

function members(results: readonly Result[]): Curve[] {
  const own = results.filter(({ row, subject }) => row === 'members' && subject === 'rollcall')
  return curves(own, ({ database }) => (database === 'sqlite' ? 'SQLite' : 'PostgreSQL'))
}

function curves(results: readonly Result[], nameOf: (result: Result) => string): Curve[] {
  return [...Map.groupBy(results, nameOf)]
    .map(([name, list]) => {
      const sorted = list.toSorted((a, b) => a.size - b.size)
      const first = sorted[0]?.value ?? 1
      return { name, points: sorted.map(({ size, value }) => ({ size, cost: first / value })) }
    })
    .filter(({ points }) => points.length > 1)
}

function drawn(title: string, list: readonly Curve[], offset: number): string {
  const sizes = [...new Set(list.flatMap(({ points }) => points.map(({ size }) => size)))]
  const from = Math.log10(Math.min(...sizes))
  const to = Math.log10(Math.max(...sizes))
  const x = (size: number) => LEFT + ((Math.log10(size) - from) / (to - from)) * PLOT.width
  const y = (cost: number) => TOP + PLOT.height * (1 - Math.min(cost, TOP_COST) / TOP_COST)
  const grid = [0, 1, 2, 3, TOP_COST].map(
    (cost) =>
      `<line class="grid" x1="${LEFT}" x2="${LEFT + PLOT.width}" y1="${y(cost)}" y2="${y(cost)}"/>` +
      `<text class="small" x="${LEFT - 8}" y="${y(cost) + 4}" text-anchor="end">${cost} ×</text>`,
  )
  const scale = sizes.map(
    (size) =>
      `<text class="small" x="${x(size)}" y="${TOP + PLOT.height + 18}" text-anchor="middle">${size.toLocaleString('en-US')}</text>`,
  )
  const limit = `<line class="bar" x1="${LEFT}" x2="${LEFT + PLOT.width}" y1="${y(1.5)}" y2="${y(1.5)}"/>`
  const lines = list.map(({ points }, at) => {
    const path = points.map(({ size, cost }) => `${x(size).toFixed(1)},${y(cost).toFixed(1)}`)
    return `<polyline class="curve c${at % COLOURS.length}" style="fill:none" points="${path.join(' ')}"/>`
  })
  const legend = list.map(({ name, points }, at) => {
    const top = TOP + 14 + at * 22
    const last = points.at(-1)?.cost ?? 1
    return (
      `<line class="curve c${at % COLOURS.length}" x1="560" x2="584" y1="${top - 4}" y2="${top - 4}"/>` +
      `<text x="592" y="${top}">${name} <tspan class="small">${last.toFixed(2)} ×</tspan></text>`
    )
  })
  return `<g transform="translate(0 ${offset})">
<text class="title" x="${LEFT}" y="24">${title}</text>
${[...grid, ...scale, limit, ...lines, ...legend].join('\n')}
<text class="small" x="560" y="${TOP + PLOT.height + 18}">dashed: 1.5 ×</text>
</g>`
}
