import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logOutput } from './log-output.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('lines are written in their order, whatever their length', async () => {
  const file = join(folder, 'log')
  const descriptor = openSync(file, 'a')
  const output = logOutput({ descriptor })
  const lines = Array.from({ length: 3_000 }, (_, at) => `${at} ${'ä'.repeat(at % 100)}\n`)
  lines.splice(1_500, 0, `${'long '.repeat(50_000)}\n`)
  for (const line of lines) output.write(line)
  expect(await output.settled(5_000)).toBe(true)
  output.write('last\n')
  output.flushSync()
  expect(readFileSync(file, 'utf8')).toBe(`${lines.join('')}last\n`)
  closeSync(descriptor)
})

test('what a full disk refuses is lost, counted and told, now and then', async () => {
  const said: string[] = []
  let at = 0
  const descriptor = openSync('/dev/full', 'w')
  const complain = (sentence: string) => said.push(sentence)
  const output = logOutput({ descriptor, complain, now: () => at })
  output.write('one\ntwo\n')
  expect(await output.settled(5_000)).toBe(true)
  output.write('three\n')
  output.flushSync()
  expect(said).toEqual([expect.stringMatching(/^rollcall: 2 lines of the log were lost: ENOSPC/)])
  at += 60_000
  output.write('four\n')
  output.flushSync()
  expect(said[1]).toMatch(/^rollcall: 2 lines/)
  closeSync(descriptor)
})
