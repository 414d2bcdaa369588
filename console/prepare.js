/**
 * Run by `npm ci`: builds the console. An install without development dependencies has nothing to
 * build with, and is not held up by that; the service then says at `/` what is missing.
 */

import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const { resolve } = createRequire(import.meta.url)

if (has('vite')) {
  const { status } = spawnSync('npm', ['run', '-s', 'build', '--', '--logLevel', 'warn'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exitCode = status ?? 1
} else {
  console.log('The console was not built: this install has no development dependencies.')
}

function has(name) {
  try {
    resolve(name)
    return true
  } catch {
    return false
  }
}
