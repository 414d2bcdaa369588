/**
 * Indexed attributes combined: one side of each filter matches nearly everybody, so whoever began
 * there would pay for the whole directory.
 *
 * @module
 */

import { filtered } from '../request.ts'
import { figures, type Result, type Row } from '../result.ts'
import { compare } from '../stage.ts'
import { beginnings } from './beginnings.ts'
import { type Asked, personOf, spread } from './people.ts'

const FILTERS: readonly ((person: Asked) => string)[] = [
  ({ userName }) => `active eq true and userName eq "${userName}"`,
  ({ userName, externalId }) => `userName eq "${userName}" or externalId eq "${externalId}"`,
  ({ displayName }) => `displayName sw "${displayName}" and not (active eq false)`,
  ({ userName }) => `userName eq "${userName}" and emails[type eq "work" and value co "@"]`,
  ({ userName }) =>
    `(active eq true or active eq false) and userName eq "${userName}" and title pr`,
]

export const combined: Row = {
  name: 'combined',
  title: 'indexed attributes combined with `and`, `or`, `not`',
  wanted: 'in the database; cost follows the smaller side',
  sizes: 'every',
  async run(stage) {
    const ours = await stage.rollcall()
    const whole = spread(stage.size, 1_000).map(personOf)
    const alike = await beginnings(ours, whole)
    const people = whole.map((person, at) => ({
      ...person,
      displayName: alike[at % alike.length] ?? '',
    }))
    const results: Result[] = []
    for (const filter of FILTERS) {
      const requests = people.map((person) => filtered(ours, '/Users', filter(person)))
      const measured = await compare(stage, [{ name: 'rollcall', server: ours, requests }])
      results.push(...figures(stage, 'combined', shape(filter), measured))
    }
    return results
  },
}

function shape(filter: (person: Asked) => string): string {
  const name = { familyName: '…', givenName: '…' }
  const nobody = { userName: '…', externalId: '…', displayName: '…', name, emails: [] }
  return filter(nobody)
}
