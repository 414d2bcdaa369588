/** The log is never a reason to stand still: a full disk below it, a reader that does not read. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { freePort } from './support/postgres-server.ts'
import { workplace } from './support/service.ts'

const BIN = fileURLToPath(new URL('../src/bin.js', import.meta.url))
const place = workplace()
let child: ChildProcess | undefined

afterEach(() => {
  child?.kill('SIGKILL')
  place.remove()
})

async function started(stdout: number | 'pipe'): Promise<string> {
  const port = await freePort()
  const args = ['serve', '--port', String(port), '--database', place.database, '--quiet']
  child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', stdout, 'pipe'] })
  const origin = `http://127.0.0.1:${port}`
  while (
    !(await fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(20)
  return origin
}

async function flood(origin: string, count: number): Promise<void> {
  const path = `/scim/v2/${'x'.repeat(290)}`
  for (let sent = 0; sent < count; sent += 20) {
    const answers = Array.from({ length: 20 }, () => fetch(origin + path))
    for (const answer of await Promise.all(answers)) await answer.text()
  }
}

async function ended(): Promise<unknown> {
  child?.kill('SIGTERM')
  const gone = once(child as ChildProcess, 'exit')
  return await Promise.race([gone.then(() => 'ended'), sleep(15_000)])
}

test('on a full disk the service goes on, says on standard error what it lost, and ends', async () => {
  const full = openSync('/dev/full', 'w')
  const origin = await started(full)
  closeSync(full)
  let said = ''
  child?.stderr?.on('data', (data) => {
    said += data
  })
  await flood(origin, 20)
  await sleep(100)
  expect((await fetch(`${origin}/livez`)).status).toBe(200)
  expect(await ended()).toBe('ended')
  expect(said).toMatch(/rollcall: \d+ lines of the log were lost: ENOSPC/)
})

test('beside a reader that stands still the service goes on, and ends', async () => {
  // Nobody reads this pipe; 64 KB fit into it.
  const origin = await started('pipe')
  await flood(origin, 400)
  expect((await fetch(`${origin}/livez`)).status).toBe(200)
  expect(await ended()).toBe('ended')
})
