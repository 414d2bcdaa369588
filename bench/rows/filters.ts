/** Filters over one indexed attribute, each beside a query of that index written by hand. */

import { fold } from '../../src/protocol/text.ts'
import { filtered, get } from '../request.ts'
import { figures, type Result, type Row } from '../result.ts'
import { compare } from '../stage.ts'
import { beginnings } from './beginnings.ts'
import { type Asked, personOf, spread } from './people.ts'

const FILTERS: readonly {
  readonly attribute: string
  readonly operator: 'eq' | 'sw'
  readonly value: (person: Asked) => string
  readonly key: (value: string) => string
}[] = [
  { attribute: 'userName', operator: 'eq', value: ({ userName }) => userName, key: fold },
  {
    attribute: 'externalId',
    operator: 'eq',
    value: ({ externalId }) => externalId,
    key: (value) => value,
  },
  {
    attribute: 'emails.value',
    operator: 'eq',
    value: ({ emails }) => emails[0]?.value ?? '',
    key: fold,
  },
  { attribute: 'displayName', operator: 'sw', value: ({ displayName }) => displayName, key: fold },
]

export const filters: Row = {
  name: 'filters',
  title: '`userName eq`, `externalId eq`, `emails.value eq`, `displayName sw`',
  wanted: '0.4 × (a); flat (within 1.5 ×) from 10,000 to 1,000,000 users',
  sizes: 'every',
  async run(stage) {
    const ours = await stage.rollcall()
    const bare = await stage.bare()
    const people = spread(stage.size).map(personOf)
    const results: Result[] = []
    const alike = await beginnings(ours, people)
    for (const { attribute, operator, value, key } of FILTERS) {
      const values = operator === 'sw' ? alike : people.map(value)
      const measured = await compare(stage, [
        {
          name: 'rollcall',
          server: ours,
          requests: values.map((one) =>
            filtered(ours, '/Users', `${attribute} ${operator} "${one}"`),
          ),
        },
        ...bare.map(({ name, server }) => ({
          name,
          server,
          requests: values.map((one) =>
            get(server, `/${operator}/${attribute}/${encodeURIComponent(key(one))}`),
          ),
        })),
      ])
      results.push(...figures(stage, 'filters', `${attribute} ${operator}`, measured))
    }
    return results
  },
}
