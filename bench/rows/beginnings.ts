/**
 * Beginnings of names that about the same number of people have, whatever the size of the directory:
 * names come up again, and among a million a whole name is that of six or seven.
 *
 * @module
 */

import { inTurn } from '../load.ts'
import { filtered, type Target } from '../request.ts'
import type { Asked } from './people.ts'

/** How many people each of them finds, at least and at most. */
const ALIKE = { least: 5, most: 9 }
/** Names that are tried. */
const TRIED = 1_000

export async function beginnings(server: Target, people: readonly Asked[]): Promise<string[]> {
  const found: string[] = []
  let total = 0
  function* asking() {
    for (const { displayName } of people.slice(0, TRIED)) {
      for (let length = displayName.length; length > 0; length--) {
        const text = displayName.slice(0, length)
        yield filtered(server, '/Users', `displayName sw "${text}"`, 0)
        if (total >= ALIKE.least && total <= ALIKE.most) found.push(text)
        if (total >= ALIKE.least) break
      }
    }
  }
  await inTurn(server.port, asking(), (answer) => {
    total = (JSON.parse(answer.text()) as { readonly totalResults: number }).totalResults
  })
  if (found.length === 0) throw new Error('no beginning of a name is that of few people')
  return found
}
