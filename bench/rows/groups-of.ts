/** Groups of exact sizes, made once in each database. */

import { demoId } from '../../src/demo/ids.ts'
import { inTurn } from '../load.ts'
import { patchBody, send } from '../request.ts'
import type { Stage } from '../stage.ts'
import { SEED } from './people.ts'

const CHUNK = 1_000

/** 10, 100 … and everybody. */
export function groupSizes(people: number): number[] {
  const sizes: number[] = []
  for (let size = 10; size <= people; size *= 10) sizes.push(size)
  return sizes
}

/**
 * The id of a group of so many people: the last ones but one, so that those who are read and walked
 * over in other rows are in no more groups than the demo has put them in.
 */
export async function benchGroup(stage: Stage, size: number): Promise<string> {
  const ours = await stage.rollcall()
  const displayName = `Bench ${size}`
  const headers = { Authorization: `Bearer ${ours.key}` }
  const filter = encodeURIComponent(`displayName eq "${displayName}"`)
  const url = `http://127.0.0.1:${ours.port}${ours.base}/Groups`
  const found = await fetch(`${url}?filter=${filter}&attributes=id`, { headers })
  const { Resources } = (await found.json()) as { Resources?: readonly { id: string }[] }
  const there = Resources?.[0]?.id
  if (there !== undefined) return there
  stage.say(`  making a group of ${size.toLocaleString('en-US')}`)
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group']
  const made = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/scim+json' },
    body: JSON.stringify({ schemas, displayName }),
  })
  const { id } = (await made.json()) as { id: string }
  await inTurn(
    ours.port,
    additions(size, Math.max(0, stage.size - 1 - size), (value) =>
      send(ours, 'PATCH', `/Groups/${id}`, patchBody({ op: 'add', path: 'members', value })),
    ),
    (answer) => {
      if (answer.status >= 300) throw new Error(answer.text())
    },
  )
  return id
}

function* additions(
  size: number,
  first: number,
  request: (members: readonly { readonly value: string }[]) => Buffer,
): Generator<Buffer> {
  for (let from = 0; from < size; from += CHUNK) {
    const length = Math.min(CHUNK, size - from)
    const person = (at: number) => ({ value: demoId(SEED, 'person', first + from + at) })
    yield request(Array.from({ length }, (_, at) => person(at)))
  }
}
