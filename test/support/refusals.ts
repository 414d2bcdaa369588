/**
 * Every refusal of SCIM that the sources can throw, read from where it is written.
 *
 * A refusal is made by `new ScimError(…)`, or by one of the words for it in protocol/errors.ts. Of its
 * detail the parts that are computed are left out: `"…" is required`.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SRC = join(import.meta.dirname, '../../src')

/** The words for refusals, and what each of them makes. */
const WORDS: Readonly<Record<string, readonly [number, string]>> = {
  invalidSyntax: [400, 'invalidSyntax'],
  invalidValue: [400, 'invalidValue'],
  invalidPath: [400, 'invalidPath'],
  invalidFilter: [400, 'invalidFilter'],
  noTarget: [400, 'noTarget'],
  mutability: [400, 'mutability'],
  invalidCount: [400, 'invalidCount'],
}

export interface Written {
  readonly file: string
  readonly status: number
  readonly scimType: string | null
  /** `…` stands for what is computed; alone when all of it is. */
  readonly detail: string
}

export interface Sources {
  readonly refusals: readonly Written[]
  /** Files in which a refusal has a status that is not written there. */
  readonly unread: readonly string[]
}

export function writtenRefusals(): Sources {
  const refusals: Written[] = []
  const unread: string[] = []
  const words = Object.keys(WORDS).join('|')
  // Called, or handed on to whoever will call it.
  const call = new RegExp(`\\bnew ScimError\\(|\\b(${words})(?:\\(|(?=\\)| : |$))`, 'gm')
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue
    const text = readFileSync(join(SRC, file), 'utf8')
    for (const found of text.matchAll(call)) {
      const isCall = found[0].endsWith('(')
      const given = isCall ? argumentsAt(text, found.index + found[0].length) : []
      const word = found[1] && WORDS[found[1]]
      if (word) {
        const [status, scimType] = word
        refusals.push({ file, status, scimType, detail: detailOf(given[0]) })
        continue
      }
      const [status = '', scimType = '', detail] = given
      // The words themselves are seen where they are used.
      if (
        file === 'protocol/errors.ts' ||
        (/^'invalidCount'$/.test(scimType) && detail === 'detail')
      )
        continue
      if (!/^\d{3}$/.test(status)) unread.push(file)
      else {
        const type = scimType === 'undefined' ? null : scimType.slice(1, -1)
        refusals.push({ file, status: Number(status), scimType: type, detail: detailOf(detail) })
      }
    }
  }
  return { refusals, unread }
}

function detailOf(text = ''): string {
  if (!/^['`]/.test(text)) return '…'
  return text.slice(1, -1).replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…')
}

/** The arguments of a call whose bracket has just been opened, as they are written. */
function argumentsAt(text: string, start: number): string[] {
  const all: string[] = []
  let depth = 0
  let from = start
  for (let at = start; at < text.length; at++) {
    const sign = text[at] as string
    if (sign === "'" || sign === '`' || sign === '"') at = endOfString(text, at)
    else if ('([{'.includes(sign)) depth++
    else if (depth === 0 && (sign === ',' || sign === ')')) {
      all.push(text.slice(from, at).trim())
      from = at + 1
      if (sign === ')') break
    } else if (')]}'.includes(sign)) depth--
  }
  return all.filter((one) => one !== '')
}

function endOfString(text: string, start: number): number {
  const quote = text[start]
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === quote) return at
    else if (quote === '`' && text.startsWith('${', at)) {
      for (let depth = 0; at < text.length; at++) {
        if (text[at] === '{') depth++
        else if (text[at] === '}' && --depth === 0) break
      }
    }
  }
  return text.length
}
