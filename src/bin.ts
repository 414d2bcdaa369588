#!/usr/bin/env node
/**
 * The program. What it needs of Node is asked before anything is loaded that would need it, so that
 * an older Node gives a sentence and not a stack.
 *
 * @module
 */

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(`rollcall needs Node 24.15 or newer; this is ${process.version}.\n`)
  process.exitCode = 1
} else {
  const { main } = await import('./cli/main.ts')
  const { nodeTerminal } = await import('./cli/terminal.ts')
  const terminal = nodeTerminal(import.meta.filename)
  process.exitCode = await main(process.argv.slice(2), process.env, terminal)
}
