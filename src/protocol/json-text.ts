/**
 * JSON from a stranger (RFC 8259, RFC 7644 §3.1): text in, value out, or 400 `invalidSyntax`.
 *
 * `JSON.parse` takes what we must not: the last of two equal keys wins there, and two readers that
 * disagree on which one counts is how a check is walked around. So a second pass over the text, now
 * known to be JSON, refuses duplicate keys (letter case ignored, as attribute names are, RFC 7643
 * §2.1), names that reach into JavaScript's objects, text no database stores alike, and depth.
 *
 * @module
 */

import { invalidSyntax } from './errors.ts'
import type { JsonValue } from './json.ts'

export interface JsonLimits {
  /** Arrays and objects within each other; deeper input overflows whoever walks it recursively. */
  readonly maxDepth: number
  /** Keys in the whole text; each costs memory far beyond its bytes. */
  readonly maxKeys: number
  /** Keys in one object: no schema has so many, and each one is looked for in all of them. */
  readonly maxObjectKeys: number
}

export const jsonLimits: JsonLimits = { maxDepth: 32, maxKeys: 500_000, maxObjectKeys: 1_000 }

/**
 * @throws {ScimError} 400 `invalidSyntax`: not JSON, a duplicate or forbidden key, a lone surrogate
 * or NUL in a string, or beyond the limits.
 */
export function parseJson(text: string, limits: JsonLimits = jsonLimits): JsonValue {
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch {
    throw invalidSyntax('The body is not valid JSON')
  }
  inspect(text, limits)
  return value
}

// V8 reports syntax errors with a piece of the text; that piece may be personal, so it is dropped.
function inspect(text: string, limits: JsonLimits): void {
  // One entry for each open bracket: the keys seen so far in an object, null for an array.
  const open: (Set<string> | null)[] = []
  let keyNext = false
  let keys = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = closingQuote(text, at + 1)
        const string = readString(text, at, end)
        const seen = open.at(-1)
        if (keyNext && seen) {
          if (++keys > limits.maxKeys) throw invalidSyntax(`More than ${limits.maxKeys} keys`)
          noteKey(string, seen, limits)
        }
        keyNext = false
        at = end
        break
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        keyNext = text.charCodeAt(at) === OPEN_OBJECT
        open.push(keyNext ? new Set() : null)
        if (open.length > limits.maxDepth) {
          throw invalidSyntax(`Nested deeper than ${limits.maxDepth} levels`)
        }
        break
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop()
        keyNext = false
        break
      case COMMA:
        keyNext = open.at(-1) instanceof Set
        break
    }
  }
}

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_ARRAY = 0x5b
const BACKSLASH = 0x5c
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (isEscaped(text, at, from)) at = text.indexOf('"', at + 1)
  return at
}

// e.g. "a\\\"b"  a quote is escaped when an odd number of backslashes stands before it
//           ^
function isEscaped(text: string, at: number, from: number): boolean {
  let backslashes = 0
  for (let i = at - 1; i >= from && text.charCodeAt(i) === BACKSLASH; i--) backslashes++
  return backslashes % 2 === 1
}

function readString(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end)
  if (!raw.includes('\\')) return raw
  const string = JSON.parse(text.slice(start, end + 1)) as string
  if (!string.isWellFormed()) throw invalidSyntax('A string holds half of a surrogate pair')
  if (string.includes('\0')) throw invalidSyntax('A string holds the NUL character')
  return string
}

function noteKey(key: string, seen: Set<string>, { maxObjectKeys }: JsonLimits): void {
  const name = key.toLowerCase()
  if (FORBIDDEN.has(name)) throw invalidSyntax(`"${key}" cannot be the name of an attribute`)
  if (seen.has(name)) throw invalidSyntax(`"${key}" is given twice in one object`)
  seen.add(name)
  if (seen.size > maxObjectKeys)
    throw invalidSyntax(`More than ${maxObjectKeys} keys in one object`)
}
