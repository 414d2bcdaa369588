/**
 * Settings as data: a flag, perhaps an environment variable, and what its text must be.
 *
 * A table of settings is read once and used three times: to parse, to validate, and to print
 * `--help`; so the three cannot disagree. Flags win over the environment, the environment over the
 * default. Every problem of a command line is collected before anything is said, because being told
 * of one mistake per start is what makes people guess.
 *
 * An environment variable that is set but empty counts as not set. A `secret` may also come from a
 * file, named by the variable with `_FILE` behind it, as container platforms hand out secrets.
 *
 * @module
 */

import { parseArgs } from 'node:util'
import { z } from 'zod'

/** One setting. Without `argument` it is a switch: present is true. */
export interface Setting<T = unknown> {
  /** Without the dashes: `public-url`. */
  readonly flag: string
  /** What stands behind the flag in the help: `PORT`. */
  readonly argument?: string
  readonly env?: string
  /** Can also be read from the file that `<env>_FILE` names. */
  readonly secret?: boolean
  /** The text that stands when nobody says otherwise. */
  readonly fallback?: string
  readonly help: string
  readonly value: z.ZodType<T>
}

export type Settings = Readonly<Record<string, Setting>>
export type Values<S extends Settings> = { readonly [K in keyof S]: z.output<S[K]['value']> }

/** Where settings come from. `readFile` throws when the file cannot be read. */
export interface Sources {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly readFile: (path: string) => string
}

/** Everything that is wrong with a command line, one sentence each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/**
 * Reads and checks a command line. `operands` names the words that must stand beside the flags.
 *
 * @throws {SettingsError} with every problem there is
 */
export function readSettings<S extends Settings>(
  settings: S,
  operands: readonly string[],
  sources: Sources,
): { readonly values: Values<S>; readonly operands: readonly string[] } {
  const line = readFlags(settings, sources.args)
  const problems = [...line.problems, ...operandProblems(operands, line.operands)]
  const raw: Record<string, string | boolean> = {}
  const origin: Record<string, string> = {}
  for (const [key, setting] of Object.entries(settings)) {
    origin[key] = `--${setting.flag}`
    const given = line.given.get(setting.flag)
    const value = given ?? fromEnvironment(setting, sources, origin, key, problems)
    const settled =
      value ?? setting.fallback ?? (setting.argument === undefined ? false : undefined)
    if (settled !== undefined) raw[key] = settled
  }
  const shape = Object.fromEntries(Object.entries(settings).map(([key, { value }]) => [key, value]))
  const checked = z.object(shape).safeParse(raw)
  for (const issue of checked.error?.issues ?? []) {
    const key = String(issue.path[0])
    // A flag that came without its value has been complained of already.
    if (line.incomplete.has(settings[key]?.flag ?? '')) continue
    problems.push(`${origin[key]}: ${issue.message}`)
  }
  if (problems.length > 0 || !checked.success) throw new SettingsError(problems)
  return { values: checked.data as Values<S>, operands: line.operands }
}

/** A setting's text, made a value by `parse`; what `parse` throws is the problem, in its words. */
export function text<T>(parse: (text: string) => T): z.ZodType<T> {
  return z.string({ error: 'is required' }).transform((given, context) => {
    try {
      return parse(given)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })
}

/** Text that may be absent. */
export function optional<T>(value: z.ZodType<T>): z.ZodType<T | undefined> {
  return value.optional()
}

/** One of a few words. */
export function oneOf<const W extends string>(words: readonly W[]): z.ZodType<W> {
  return text((given) => {
    const word = words.find((candidate) => candidate === given)
    if (word === undefined) throw new Error(`"${given}" is not one of ${words.join(', ')}`)
    return word
  })
}

/** A setting without an argument. */
export const isSwitch: z.ZodType<boolean> = z.boolean({ error: 'takes no value' })

function fromEnvironment(
  setting: Setting,
  { env, readFile }: Sources,
  origin: Record<string, string>,
  key: string,
  problems: string[],
): string | undefined {
  if (setting.env === undefined) return undefined
  const direct = env[setting.env] || undefined
  const path = setting.secret ? env[`${setting.env}_FILE`] || undefined : undefined
  if (direct !== undefined && path !== undefined) {
    problems.push(`${setting.env} and ${setting.env}_FILE are both set; keep one`)
  }
  if (direct !== undefined) {
    origin[key] = setting.env
    return direct
  }
  if (path === undefined) return undefined
  origin[key] = `${setting.env}_FILE`
  try {
    return readFile(path).trim()
  } catch {
    problems.push(`${setting.env}_FILE: cannot read ${path}`)
    return undefined
  }
}

interface Line {
  readonly given: ReadonlyMap<string, string | boolean>
  readonly incomplete: ReadonlySet<string>
  readonly operands: readonly string[]
  readonly problems: readonly string[]
}

// parseArgs stops at the first mistake when it is strict, so it only cuts the line into tokens.
function readFlags(settings: Settings, args: readonly string[]): Line {
  const known = new Map(Object.values(settings).map((setting) => [setting.flag, setting]))
  const options = Object.fromEntries(
    [...known].map(([flag, { argument }]) => [
      flag,
      { type: argument === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  const given = new Map<string, string | boolean>()
  const incomplete = new Set<string>()
  const operands: string[] = []
  const problems: string[] = []
  let unknownAt = -2
  for (const token of tokens) {
    // What stands behind an unknown flag was meant as its value.
    if (token.kind === 'positional' && token.index !== unknownAt + 1) operands.push(token.value)
    if (token.kind !== 'option') continue
    const setting = known.get(token.name)
    if (setting === undefined || !token.rawName.startsWith('--')) {
      problems.push(`${token.rawName}: unknown flag`)
      unknownAt = token.index
    } else if (given.has(setting.flag) || incomplete.has(setting.flag)) {
      problems.push(`${token.rawName}: given twice`)
    } else if (setting.argument === undefined) {
      if (token.value !== undefined) problems.push(`${token.rawName}: takes no value`)
      given.set(setting.flag, true)
    } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
      problems.push(`${token.rawName}: needs a value, ${setting.argument}`)
      incomplete.add(setting.flag)
    } else {
      given.set(setting.flag, token.value)
    }
  }
  return { given, incomplete, operands, problems }
}

function operandProblems(wanted: readonly string[], given: readonly string[]): string[] {
  return [
    ...wanted.slice(given.length).map((name) => `${name} is missing`),
    ...given.slice(wanted.length).map((word) => `"${word}" is not expected here`),
  ]
}
