/**
 * What a command is: a name, its settings as data, and what it does.
 *
 * A command writes its answer to standard output and everything said to a person about it to
 * standard error, so that the answer can be piped. It returns its exit code; a {@link Failure} it
 * throws is printed as one sentence.
 *
 * @module
 */

import type { Settings, Values } from '../server/settings.ts'

/** The world around a command. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether a person is there to be asked. */
  readonly interactive: boolean
  readonly ask: (question: string) => Promise<string>
  /** How the program is called here: `rollcall`, or `npm run -s rollcall --` from source. */
  readonly program: string
  readonly now: () => number
}

export interface Command<S extends Settings = Settings> {
  /** `key create`. */
  readonly name: string
  readonly summary: string
  /** The words beside the flags, in order: `['ID']`. */
  readonly operands?: readonly string[]
  readonly settings: S
  run(input: Input<S>, terminal: Terminal): Promise<number>
}

export interface Input<S extends Settings> {
  readonly values: Values<S>
  readonly operands: readonly string[]
}

/** Keeps a command's own settings type while it is written, and forgets it for the table. */
export function command<const S extends Settings>(definition: Command<S>): Command {
  return definition as unknown as Command
}

/** The command cannot do it, and this sentence says why. */
export class Failure extends Error {
  override readonly name = 'Failure'
}

/** The command line asks for something that makes no sense; nothing was done. */
export class Misuse extends Error {
  override readonly name = 'Misuse'
}
