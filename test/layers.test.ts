/**
 * The arrows of ARCHITECTURE.md: which folder may import which, and what no folder may.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** For each layer: the layers it may import besides itself, and the packages it may use. */
const LAYERS: Readonly<Record<string, { readonly sees: string[]; readonly packages: string[] }>> = {
  protocol: { sees: [], packages: [] },
  store: { sees: ['protocol'], packages: [] },
  provider: { sees: ['protocol', 'store'], packages: [] },
  http: { sees: ['protocol', 'provider'], packages: [] },
  use: { sees: ['http'], packages: ['node:*'] },
  demo: { sees: ['protocol', 'store', 'provider'], packages: [] },
  'stores/sql': { sees: ['protocol', 'store'], packages: ['node:*'] },
  'stores/sqlite': { sees: ['protocol', 'store', 'stores/sql'], packages: ['node:*'] },
  'stores/postgres': {
    sees: ['protocol', 'store', 'stores/sql'],
    packages: ['node:*', 'pg'],
  },
  server: {
    sees: ['protocol', 'store', 'provider', 'http', 'use', 'stores/sqlite', 'stores/postgres'],
    packages: [
      ...['node:*', 'hono', '@hono/node-server', 'zod', 'pino'],
      ...['rate-limiter-flexible', 'openid-client'],
    ],
  },
  cli: {
    sees: ['protocol', 'store', 'provider', 'stores/sqlite', 'demo', 'server'],
    packages: ['node:*', 'zod'],
  },
}

/** The executable contract is a test that others call, so it sees the test runner. */
const TESTING = /^store\/contract(\.ts|\/)/

interface Import {
  readonly file: string
  readonly from: string
  /** A file of ours, relative to src, or the name of a package. */
  readonly target: string
  readonly isOurs: boolean
}

const imports = sources().flatMap((file) => importsOf(file))

describe('layers', () => {
  test('every file is in a layer, or is a public face with nothing but re-exports and a start', () => {
    const strays = sources().filter((file) => layerOf(file) === undefined && file.includes('/'))
    expect(strays).toEqual([])
  })

  for (const [layer, { sees, packages }] of Object.entries(LAYERS)) {
    test(`${layer} imports only ${[...sees, ...packages].join(', ') || 'itself'}`, () => {
      const refused = imports
        .filter(({ file }) => layerOf(file) === layer)
        .filter(({ file, target, isOurs }) => {
          if (isOurs) return layerOf(target) !== layer && !sees.includes(layerOf(target) ?? '')
          if (TESTING.test(file) && (target === 'vitest' || target === 'fast-check')) return false
          return !packages.some((name) => isPackage(target, name))
        })
        .map(({ file, from }) => `${file} imports ${from}`)
      expect(refused).toEqual([])
    })
  }

  test.for(['node:sqlite', 'pg'])('one file imports %s', (driver) => {
    const files = imports.filter(({ target }) => target === driver).map(({ file }) => file)
    expect(new Set(files).size).toBe(1)
  })

  test('neutral layers read no clock and no randomness', () => {
    const neutral = ['protocol', 'store', 'provider', 'http', 'demo']
    const readers = sources()
      .filter((file) => neutral.includes(layerOf(file) ?? '') && !TESTING.test(file))
      .filter((file) => /\bDate\.now\(|\bnew Date\(\)|Math\.random|crypto\./.test(code(file)))
    expect(readers).toEqual([])
  })

  test('no file imports itself through others', () => {
    expect(cycles()).toEqual([])
  })
})

describe('the console', () => {
  const CONSOLE = resolve(import.meta.dirname, '../console')
  const files = readdirSync(resolve(CONSOLE, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join('src', file))
  const drawn = files.flatMap((file) => importsOf(file, CONSOLE))

  test('shares one file with the service: the words between them', () => {
    const ours = drawn.filter(({ isOurs, target }) => isOurs && target.startsWith('..'))
    expect(new Set(ours.map(({ target }) => target))).toEqual(
      new Set(['../src/server/admin/types.ts']),
    )
  })

  test('is made of what its package.json names', () => {
    const { devDependencies, ...rest } = JSON.parse(
      readFileSync(join(CONSOLE, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>
    expect(rest.dependencies, 'nothing of it runs in the service').toBeUndefined()
    const strays = drawn
      .filter(({ isOurs, target }) => !isOurs && target !== 'vitest' && !/^node:/.test(target))
      .filter(
        ({ target }) => !Object.keys(devDependencies ?? {}).some((at) => isPackage(target, at)),
      )
    expect(strays).toEqual([])
  })

  test('nothing of the service imports it', () => {
    expect(imports.filter(({ target }) => target.includes('console/'))).toEqual([])
  })
})

function sources(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  )
}

function code(file: string, root: string = SRC): string {
  return readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}

function importsOf(file: string, root: string = SRC): Import[] {
  const stated = /^(?:import|export)\b(?:[^'";=(]*?\bfrom)?\s*'([^']+)'/gm
  const called = /\bimport\(\s*'([^']+)'/g
  const text = code(file, root)
  const found = [...text.matchAll(stated), ...text.matchAll(called)]
  return found.map(([, from = '']) => {
    const isOurs = from.startsWith('.')
    const target = isOurs ? relative(root, resolve(root, dirname(file), from)) : from
    return { file, from, target, isOurs }
  })
}

function layerOf(file: string): string | undefined {
  return Object.keys(LAYERS).find((layer) => file.startsWith(`${layer}/`))
}

function isPackage(target: string, name: string): boolean {
  if (name.endsWith('*')) return target.startsWith(name.slice(0, -1))
  return target === name || target.startsWith(`${name}/`)
}

function cycles(): string[] {
  const graph = new Map<string, string[]>()
  for (const { file, target, isOurs } of imports) {
    if (isOurs && target !== file) graph.set(file, [...(graph.get(file) ?? []), target])
  }
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) {
      found.push([...trail.slice(trail.indexOf(file)), file].join(' -> '))
      return
    }
    if (done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return found
}
