/** The benchmark works: one row of it, on a directory of a few people, for a moment. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { inPlace } from '../bench/report/record.ts'
import { growth, verdicts } from '../bench/report/verdicts.ts'
import type { Result } from '../bench/result.ts'

const CLI = fileURLToPath(new URL('../bench/cli.ts', import.meta.url))

test('a quick run measures Rollcall beside a bare server and writes down both', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const out = join(folder, 'run.json')
  const args = ['--quick', '--sizes', '50', '--databases', 'sqlite', '--rows', 'get', '--out', out]
  const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ROLLCALL_BENCH_DATA: folder },
  })
  expect(stderr).toContain('GET /Users/{id}')
  expect(status).toBe(0)
  const { results } = JSON.parse(readFileSync(out, 'utf8')) as { results: Result[] }
  expect(results.map(({ subject }) => subject)).toEqual(['rollcall', 'bare node:http on SQLite'])
  for (const { value } of results) expect(value).toBeGreaterThan(0)
  rmSync(folder, { recursive: true })
})

const figure = (size: number, value: number): Result => ({
  ...{ row: 'filters', what: 'userName eq', database: 'sqlite', subject: 'rollcall' },
  ...{ size, value, unit: '/s', at: '2026-01-01T00:00:00.000Z' },
})

test('growth is what the dearest size costs in parts of the smallest', () => {
  expect(growth([figure(1_000_000, 50), figure(10_000, 100), figure(100_000, 40)])).toBe(2.5)
  expect(growth([figure(10_000, 100)])).toBeUndefined()
})

test('a bar that was not reached is not met', () => {
  const of = (results: Result[]) =>
    verdicts(results).find(({ asked }) => asked.startsWith('userName'))
  expect(of([figure(10_000, 100), figure(1_000_000, 60)])?.met).toBe(false)
  expect(of([figure(10_000, 100), figure(1_000_000, 90)])?.met).toBe(true)
})

test('of a row that is measured at one size, figures of another do not stay beside the new ones', () => {
  const rows = [
    { name: 'filters', sizes: 'every' },
    { name: 'start', sizes: 'largest' },
  ] as const
  const of = (row: string, size: number, value: number) => ({ ...figure(size, value), row })
  const before = [of('filters', 10_000, 1), of('start', 10_000, 2), of('sync', 10_000, 3)]
  const found = [of('filters', 1_000_000, 4), of('start', 1_000_000, 5)]
  expect(inPlace(before, found, rows).map(({ value }) => value)).toEqual([1, 3, 4, 5])
})
