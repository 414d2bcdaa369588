/**
 * Lists of names of attributes (RFC 7644 §3.9), which may name what is secret; and what is more than that.
 *
 * @module
 */

import { MENTION, MOST, NAMES } from './names.ts'

/** Whatever a name is made of, or a URN before it. */
const NAME = /^[\w.:$-]*$/
/** A secret attribute, and nothing beside it. */
const SECRET = new RegExp(
  `^(?:urn:ietf:params:scim:schemas:core:2\\.0:(?:User|Group):)?(?:${NAMES.join('|')})(?:\\.value)?$`,
  'i',
)
/** What stands between words that may be quoted one by one. */
const BETWEEN = /[\s()[\],:;=&."]+/

/**
 * Whether a list that mentions what is secret has only names in it.
 *
 * e.g. userName,password is; password:x and password,"x" are not
 */
export function isBareList(text: string): boolean {
  return text.split(',').every(isBareName)
}

/** What a list holds from where it is more than names, whole and word by word: any may be the secret. */
export function secretsInList(text: string): string[] {
  const items = text.split(',')
  const rest = items.slice(items.findIndex((item) => !isBareName(item)))
  return [...rest.slice(0, MOST.secrets + 1), ...wordsIn(rest.join(','))]
}

/** All words of a text but the names of secrets. */
export function wordsIn(text: string): string[] {
  const all = text.split(BETWEEN, MOST.secrets + 1)
  return all.filter((word) => word !== '' && !NAMES.includes(word.toLowerCase()))
}

/** Whether it is one name, of something secret or not; what has an escape in it is none. */
export function isBareName(item: string): boolean {
  const name = item.trim()
  return NAME.test(name) && (!MENTION.test(name) || SECRET.test(name))
}
