/** WCAG 2.2, 1.4.3 and 1.4.11, of every pair of colours that meet on a page, in both themes. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
)

const GROUNDS = ['paper', 'sheet', 'sunk', 'raised', 'accent-wash']
const TEXTS = ['ink', 'ink-soft', 'accent', 'accent-hover']
const STATES = ['good', 'warn', 'bad', 'note']

const READ: readonly (readonly [string, string])[] = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...STATES.flatMap((state) =>
    ['paper', 'sheet', `${state}-wash`].map((on) => [state, on] as const),
  ),
  ...STATES.map((state) => ['ink', `${state}-wash`] as const),
  ...STATES.map((state) => ['ink-soft', `${state}-wash`] as const),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['sheet', 'ink'],
]
const SEEN: readonly (readonly [string, string])[] = [
  ['edge', 'sheet'],
  ['edge', 'paper'],
  ['focus', 'sheet'],
  ['focus', 'paper'],
  ['focus', 'accent-wash'],
]

describe.for(['light', 'dark'] as const)('%s', (theme) => {
  test.for(READ)('%s is readable on %s', ([text, ground]) => {
    expect(contrast(colour(text, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.for(SEEN)('%s is seen on %s', ([line, ground]) => {
    expect(contrast(colour(line, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3)
  })
})

function colour(name: string, theme: 'light' | 'dark'): string {
  const found = tokens.get(name)
  if (!found) throw new Error(`tokens.css has no --${name}`)
  return found[theme]
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
