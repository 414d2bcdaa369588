/** Whom the rows ask for. */

import { user } from '../../src/demo/person.ts'

/** What `rollcall demo` takes when nobody says otherwise. */
export const SEED = 1

/** Numbers of people all over a directory. */
export function spread(size: number, wanted = 5_000): number[] {
  const count = Math.min(size, wanted)
  return Array.from({ length: count }, (_, at) => Math.floor((at * size) / count))
}

/** The parts of a person that filters ask for. */
export interface Asked {
  readonly userName: string
  readonly externalId: string
  readonly displayName: string
  readonly name: { readonly familyName: string; readonly givenName: string }
  readonly emails: readonly { readonly value: string }[]
}

export function personOf(index: number): Asked {
  return user(SEED, index) as unknown as Asked
}
