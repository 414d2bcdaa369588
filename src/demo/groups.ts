/**
 * The groups of the company: everybody, its departments, divisions of departments, offices, and
 * projects of very different sizes, some of which hold others.
 *
 * @module
 */

import { adjectives, departments, divisions, nouns } from './company.ts'
import { demoId } from './ids.ts'
import { cultures } from './names.ts'
import { person } from './person.ts'
import { dice } from './random.ts'

export interface DemoGroup {
  readonly index: number
  readonly id: string
  readonly displayName: string
  /** Ids of its members, in an order that is the same every time. */
  members(): Iterable<string>
}

/** How many groups there are at least: those that are no projects. */
export const FIXED_GROUPS = 1 + departments.length + divisions.length + cultures.length

/** How many groups fit a number of people when nobody says. */
export function usualGroups(users: number): number {
  return FIXED_GROUPS + Math.min(Math.ceil(users / 50), 5_000)
}

/** The groups in the order they are made: a group's members come before it. */
export function* demoGroups(seed: number, users: number, count: number): Generator<DemoGroup> {
  let index = 0
  const group = (displayName: string, members: () => Iterable<string>): DemoGroup => {
    const made = { index, id: demoId(seed, 'group', index), displayName, members }
    index++
    return made
  }
  const people = function* (belongs: (index: number) => boolean) {
    for (let at = 0; at < users; at++) if (belongs(at)) yield demoId(seed, 'person', at)
  }
  yield group('Everybody', () => people(() => true))
  const ofDepartment = new Map<string, string[]>()
  for (const department of departments) {
    const made = group(department.name, () =>
      people((at) => person(seed, at).department === department),
    )
    const { division } = department
    ofDepartment.set(division, [...(ofDepartment.get(division) ?? []), made.id])
    yield made
  }
  for (const division of divisions) {
    yield group(`${division} (division)`, () => ofDepartment.get(division) ?? [])
  }
  for (const culture of cultures) {
    yield group(`Office ${culture.city}`, () =>
      people((at) => person(seed, at).culture === culture),
    )
  }
  while (index < count) {
    const at = index
    yield group(projectName(seed, at), () => projectMembers(seed, at, users))
  }
}

function projectName(seed: number, index: number): string {
  const roll = dice(seed, 'project', index)
  return `Project ${roll.pick(adjectives)} ${roll.pick(nouns)} ${index - FIXED_GROUPS + 1}`
}

// Most projects are small and a few are large. Every twentieth holds the two before it.
function* projectMembers(seed: number, index: number, users: number): Generator<string> {
  const roll = dice(seed, 'members', index)
  const size = Math.min(users, Math.ceil(4 / ((roll.below(1000) + 1) / 1000)))
  const first = roll.below(users)
  const stride = 1 + roll.below(Math.max(1, Math.floor(users / size)))
  for (let at = 0; at < size; at++) yield demoId(seed, 'person', (first + at * stride) % users)
  if (index % 20 === 0 && index >= FIXED_GROUPS + 2) {
    yield demoId(seed, 'group', index - 1)
    yield demoId(seed, 'group', index - 2)
  }
}
