/**
 * What people type: text, and names among it.
 *
 * JSON and addresses can hold what is no text: half of a surrogate pair, and NUL, which PostgreSQL has
 * no place for. Neither is ever meant, so none comes further than here, wherever it stands.
 *
 * A name is shown in one line beside others. Characters that end lines, that turn the direction of what
 * follows, or that nobody sees, would have it pass for something else. Those that join letters or keep them
 * apart (U+200C, U+200D) are left: Persian, the languages of India and emoji are written with them.
 *
 * @module
 */

import { z } from 'zod'
import { wrong } from './refusal.ts'

export const givenName = z
  .string()
  .trim()
  .min(1, 'A name has at least one character')
  .max(100, 'A name has at most 100 characters')
  .regex(
    /^[^\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]*$/u,
    'A name has no line ends, and no character that nobody sees',
  )

/** The same for a command line. @throws {Error} */
export function parseName(given: string): string {
  const { data, error } = givenName.safeParse(given)
  if (data === undefined) throw new Error(error?.issues[0]?.message)
  return data
}

/** What is typed into a search. */
export const soughtText = z.string().max(200, 'What is sought has at most 200 characters')

/** Deeper than anything that is asked for here; who walks what a stranger nests deeper runs out of stack. */
const DEEPEST = 32

/** @throws {Refusal} 400 when a string of it, wherever it is, is no text, or when it is nested too deep */
export function requireText(given: unknown, path: readonly string[] = []): void {
  if (typeof given === 'string') {
    if (given.isWellFormed() && !given.includes('\0')) return
    throw wrong(path.join('.'), 'This has a character that is none: NUL, or half of one')
  }
  if (typeof given !== 'object' || given === null) return
  if (path.length === DEEPEST) throw wrong('', `This is nested deeper than ${DEEPEST} levels`)
  for (const [name, value] of Object.entries(given)) {
    requireText(name, path)
    requireText(value, [...path, name])
  }
}

/** e.g. 1795766400000 → `2026-11-27` */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
