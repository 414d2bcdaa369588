/** `--help`, printed from the table of commands and the settings that are read. */

import type { Command } from './command.ts'
import { columns } from './common.ts'
import { exitCodes } from './exit-codes.ts'

/** Every command, or those of a group such as `key`. */
export function overview(commands: readonly Command[], program: string): string {
  const lines = commands.map(({ name, operands = [], summary }) => [
    `  ${[name, ...operands].join(' ')}`,
    summary,
  ])
  return (
    `Usage: ${program} COMMAND [flags]\n\n${columns(lines)}\n` +
    `${program} COMMAND --help tells the flags of one; --version the version.\n\n` +
    `Exit codes:\n${columns(exitCodes.map(([code, meaning]) => [`  ${code}`, meaning]))}`
  )
}

/** One command and its flags. */
export function usage(
  { name, operands = [], summary, settings }: Command,
  program: string,
): string {
  const flags = Object.values(settings).map(({ flag, argument, env, secret, fallback, help }) => {
    const notes = [
      ...(fallback === undefined ? [] : [`default ${fallback}`]),
      ...(env === undefined ? [] : [secret === true ? `${env}, or ${env}_FILE` : env]),
    ]
    return [
      `  --${flag}${argument === undefined ? '' : ` ${argument}`}`,
      help + (notes.length === 0 ? '' : ` (${notes.join('; ')})`),
    ]
  })
  const line = [program, name, ...operands, '[flags]'].join(' ')
  return `${summary[0]?.toUpperCase()}${summary.slice(1)}.\n\nUsage: ${line}\n\n${columns(flags)}`
}
