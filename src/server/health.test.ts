import { expect, test } from 'vitest'
import { Unwritable } from '../store/store.ts'
import { health } from './health.ts'

test('ready while the database answers, and not from the moment a stop begins', async () => {
  const ready = health(async () => {})
  expect(await ready.check()).toEqual({ ready: true, checks: { database: 'ok', accepting: 'ok' } })
  ready.drain()
  expect(await ready.check()).toEqual({
    ready: false,
    checks: { database: 'ok', accepting: 'stopping' },
  })
})

test('not ready when the database rejects', async () => {
  const { ready, checks } = await health(() => Promise.reject(new Error('gone'))).check()
  expect([ready, checks.database]).toEqual([false, 'does not answer'])
})

test('not ready while nothing can be written, and why', async () => {
  const full = new Unwritable('the disk is full')
  const { ready, checks } = await health(() => Promise.reject(full)).check()
  expect([ready, checks.database]).toEqual([false, 'cannot be written: the disk is full'])
})
