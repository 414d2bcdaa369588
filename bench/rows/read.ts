/** `GET /Users/{id}`: one resource, by many clients. */

import { demoId } from '../../src/demo/ids.ts'
import { get } from '../request.ts'
import { figures, type Row } from '../result.ts'
import { compare } from '../stage.ts'
import { SEED, spread } from './people.ts'

export const read: Row = {
  name: 'get',
  title: '`GET /Users/{id}`',
  wanted: '0.6 × (a); 10 × (b)',
  sizes: 'every',
  async run(stage) {
    const ours = await stage.rollcall()
    const ids = spread(stage.size).map((index) => demoId(SEED, 'person', index))
    const measured = await compare(stage, [
      { name: 'rollcall', server: ours, requests: ids.map((id) => get(ours, `/Users/${id}`)) },
      ...(await stage.bare()).map(({ name, server }) => ({
        name,
        server,
        requests: ids.map((id) => get(server, `/id/${id}`)),
      })),
    ])
    return figures(stage, 'get', 'GET /Users/{id}', measured)
  },
}
