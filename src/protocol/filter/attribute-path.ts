/**
 * Attribute notation (RFC 7644 §3.10) in one word: `userName`, `name.familyName`, or either behind
 * a schema's URN and a colon.
 *
 * URNs hold colons and dots themselves (`…:enterprise:2.0:User:manager.displayName`), so the last
 * colon is the border, and only what follows it is split at a dot. A URN alone cannot be told from
 * a URN with an attribute; it is read as the latter, and whoever knows the schemas decides.
 *
 * @module
 */

import type { AttributePath } from './ast.ts'

/** `attrPath = [URI ":"] ATTRNAME *1subAttr`, or `undefined` when the word is none. */
export function attributePath(word: string): AttributePath | undefined {
  const colon = word.lastIndexOf(':')
  const names = word.slice(colon + 1)
  if (colon === -1) return split(names)
  const urn = word.slice(0, colon)
  if (!URN.test(urn)) return undefined
  // A schema's URN may end in its version: `urn:example:acme:1.0`.
  const path = VERSION.test(names) ? { attribute: names } : split(names)
  return path && { urn, ...path }
}

/** The sub-attribute of `.displayName`, as it follows a bracket. */
export function dottedName(word: string): string | undefined {
  return DOTTED.exec(word)?.[1]
}

// nameChar of RFC 7643 §2.1, which has "$" for `$ref`; RFC 7644 forgets it.
const NAMES = /^([A-Za-z$][\w$-]*)(?:\.([A-Za-z$][\w$-]*))?$/
const DOTTED = /^\.([A-Za-z$][\w$-]*)$/
const URN = /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9:/?#@!$&'*+,;=._~%-]+$/
const VERSION = /^\d[\w.-]*$/

function split(names: string): AttributePath | undefined {
  const parts = NAMES.exec(names)
  if (parts === null) return undefined
  const [, attribute = '', sub] = parts
  return sub === undefined ? { attribute } : { attribute, sub }
}
