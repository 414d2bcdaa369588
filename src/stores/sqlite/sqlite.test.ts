import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { storeContract } from '../../store/contract.ts'
import { openSqlite } from './open.ts'

describe('SQLite', () => {
  storeContract({
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
      const file = join(folder, 'rollcall.db')
      let store = await openSqlite({ file })
      const opened = () => ({ store, registry: store.registry, close, reopen })
      const close = async () => {
        await store.close()
        rmSync(folder, { recursive: true })
      }
      const reopen = async () => {
        await store.close()
        store = await openSqlite({ file })
        return opened()
      }
      return opened()
    },
  })

  test('refuses a second server on the same file, and takes one when the first is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const first = await openSqlite({ file, lock: true })
    await expect(openSqlite({ file, lock: true })).rejects.toThrow('another server is running')
    const tool = await openSqlite({ file })
    await tool.ready()
    await tool.close()
    await first.close()
    await (await openSqlite({ file, lock: true })).close()
    rmSync(folder, { recursive: true })
  })
})
