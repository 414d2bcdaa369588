/**
 * The command line: finds the command, reads its settings, runs it, and turns what goes wrong into
 * a sentence and an exit code.
 *
 * @module
 */

import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { UnfinishedCopy } from '../server/copy.ts'
import { NoDatabase, SchemaMismatch, UnfitServer } from '../server/database.ts'
import { ListenError } from '../server/http-server.ts'
import { readSettings, SettingsError } from '../server/settings.ts'
import { version } from '../server/version.ts'
import { StoreUnavailable } from '../store/store.ts'
import { type Command, Failure, Misuse, type Terminal } from './command.ts'
import { commands } from './commands.ts'
import { FAILED, OK, USAGE } from './exit-codes.ts'
import { overview, usage } from './help.ts'

/** Runs one command line. Resolves to the exit code. */
export async function main(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  const { program } = terminal
  if (args[0] === '--version' || args[0] === '-V') {
    terminal.out(`${version}\n`)
    return OK
  }
  const wantsHelp = args.includes('--help') || args.includes('-h')
  const found = find(args)
  if (found === undefined) {
    const group = commands.filter(({ name }) => name.startsWith(`${args[0]} `))
    if (wantsHelp) {
      terminal.out(overview(group.length > 0 ? group : commands, program))
      return OK
    }
    if (args.length > 0) terminal.err(`${program}: there is no command "${named(args)}".\n\n`)
    terminal.err(overview(group.length > 0 ? group : commands, program))
    return USAGE
  }
  if (wantsHelp) {
    terminal.out(usage(found.command, program))
    return OK
  }
  try {
    const { settings, operands = [] } = found.command
    const sources = {
      args: found.rest,
      env,
      readFile: (path: string) => readFileSync(path, 'utf8'),
    }
    return await found.command.run(readSettings(settings, operands, sources), terminal)
  } catch (error) {
    return explain(error, found.command, terminal)
  }
}

function find(args: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  for (const command of commands) {
    const words = command.name.split(' ')
    if (words.every((word, index) => args[index] === word)) {
      return { command, rest: args.slice(words.length) }
    }
  }
  return undefined
}

// The words a person meant as a command: those before the first flag, two at most.
function named(args: readonly string[]): string {
  const flag = args.findIndex((arg) => arg.startsWith('-'))
  return (flag > 0 ? args.slice(0, flag) : args).slice(0, 2).join(' ')
}

function explain(error: unknown, { name }: Command, terminal: Terminal): number {
  const { program } = terminal
  if (error instanceof SettingsError) {
    const lines = error.problems.map((problem) => `  ${problem}\n`).join('')
    terminal.err(`${program} ${name} cannot run with this:\n\n${lines}\n`)
    terminal.err(`See ${program} ${name} --help.\n`)
    return USAGE
  }
  if (error instanceof Misuse) {
    terminal.err(`${program} ${name}: ${error.message}\n`)
    return USAGE
  }
  terminal.err(`${program} ${name}: ${isExpected(error) ? error.message : inspect(error)}\n`)
  return FAILED
}

const KNOWN = [
  ...[Failure, NoDatabase, SchemaMismatch, UnfitServer, UnfinishedCopy, ListenError],
  StoreUnavailable,
]

// What the system or the database refuses has a code and says enough; the rest is a fault of ours,
// and is shown with where it happened.
function isExpected(error: unknown): error is Error {
  return error instanceof Error && (KNOWN.some((kind) => error instanceof kind) || 'code' in error)
}
