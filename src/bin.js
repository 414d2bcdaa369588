#!/usr/bin/env node
/**
 * The program. It is JavaScript, so that an older Node, which reads no TypeScript, gives a sentence and
 * not a stack, and a Node that does need not load what strips the types: twenty megabytes.
 *
 * What Node makes of two hundred files at a start it keeps beside the packages, for the next one: half
 * of the time until the service listens. Where that place cannot be written, as in an image that is
 * read-only, nothing is kept. It is not a directory for everybody's temporary files, because whoever
 * writes there writes what we run.
 *
 * @module
 */

import module from 'node:module'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(`rollcall needs Node 24.15 or newer; this is ${process.version}.\n`)
  process.exitCode = 1
} else {
  if (process.env.NODE_COMPILE_CACHE === undefined) {
    const kept = fileURLToPath(new URL('../node_modules/.cache/rollcall/', import.meta.url))
    module.enableCompileCache(kept)
    // The threads look for it here.
    process.env.NODE_COMPILE_CACHE = kept
  }
  const { main } = await import('./cli/main.ts')
  const { nodeTerminal } = await import('./cli/terminal.ts')
  process.exitCode = await main(process.argv.slice(2), process.env, nodeTerminal())
}
