/** The command on the sign-in page fits how the service was started, and tells no stranger where the data lies. */

import { expect, test } from 'vitest'
import { commandFlags } from './command-flags.ts'
import { DEFAULT_DATABASE, databaseAddress } from './config.ts'

test.each([
  [DEFAULT_DATABASE, 'http://127.0.0.1:3000', ''],
  ['sqlite:/srv/secret/a.db', 'http://127.0.0.1:8771', '--database URL --port 8771'],
  ['postgres://me:secret@db/x', 'http://127.0.0.1:3000', '--database URL'],
  [DEFAULT_DATABASE, 'https://id.example.com/x', '--public-url https://id.example.com/x'],
  [DEFAULT_DATABASE, 'http://127.0.0.1', '--public-url http://127.0.0.1'],
])('of %s at %s', (database, publicUrl, flags) => {
  expect(commandFlags(databaseAddress(database), publicUrl).join(' ')).toBe(flags)
})
