import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Connection } from './connection.ts'
import { ScanPool } from './scan-pool.ts'

test('a scan that nobody waits for is given up as one, whatever the reason was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const file = join(folder, 'x.db')
  new Connection(file).close()
  const pool = new ScanPool(file, 60_000)
  const search = { tenant: 't', query: { parts: [], offset: 0, limit: 1 } }
  for (const cause of [new TypeError('foreign'), 'a word']) {
    const given = pool.scan(search, undefined, AbortSignal.abort(cause))
    await expect(given).rejects.toMatchObject({ name: 'AbortError', cause })
  }
  // Of such a file nothing can be asked: that is a fault, and no database that is away.
  const fault = await pool.scan(search, undefined, undefined).catch((error: unknown) => error)
  expect(fault).toMatchObject({ name: 'Error', message: expect.stringContaining('no such table') })
  await pool.close()
  rmSync(folder, { recursive: true })
})
