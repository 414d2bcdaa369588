/**
 * Who an actor of the change log is, or of an act: looked up once for all rows of a page.
 *
 * @module
 */

import type { AdminDatabase } from './service.ts'
import type { Actor } from './types.ts'

/** Those of a tenant: `key:<id>`, `operator:<id>`, `cli`. */
export async function actorsOf(
  { registry, operators }: AdminDatabase,
  tenant: string,
  actors: Iterable<string>,
): Promise<(actor: string) => Actor> {
  const wanted = new Set(actors)
  const has = (kind: string) => [...wanted].some((one) => one.startsWith(`${kind}:`))
  const keys = has('key') ? await registry.keys(tenant) : []
  const names = new Map(keys.map(({ id, name }) => [`key:${id}`, name]))
  for (const actor of wanted) {
    if (!actor.startsWith('operator:')) continue
    const operator = await operators.operator(actor.slice('operator:'.length))
    if (operator !== undefined) names.set(actor, operator.name)
  }
  return (actor) => {
    const [kind = '', id = ''] = actor.split(/:(.*)/s)
    if (kind === 'cli') return { kind, id: '', name: 'the command line' }
    if (kind !== 'key' && kind !== 'operator') return { kind: 'unknown', id: actor, name: null }
    return { kind, id, name: names.get(actor) ?? null }
  }
}
