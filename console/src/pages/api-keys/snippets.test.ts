/** Commands that are pasted into a shell. */

import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlFor } from './snippets.ts'

test('a shell reads the address and the key as they are, whatever is in them', () => {
  const command = curlFor("http://x/a'b$(id)", 'rc_`id`"')
  const printed = execFileSync('sh', ['-c', command.replace(/^curl/, 'printf "%s\\n"')], {
    encoding: 'utf8',
  })
  expect(printed.split('\n').slice(0, 3)).toEqual([
    '-H',
    'Authorization: Bearer rc_`id`"',
    "http://x/a'b$(id)/Users?count=1",
  ])
})
