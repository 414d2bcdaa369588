/**
 * Who is meant where an attribute refers to a resource by its id, such as a manager (RFC 7643 §4.3): which
 * attributes do is in their schemas. An id that is nobody's here, or not yet, is in no answer.
 *
 * @module
 */

import { isObject, type JsonValue } from '../../protocol/json.ts'
import { type Attribute, subAttribute } from '../../protocol/schema/attribute.ts'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { TenantStore } from '../../store/store.ts'
import { nameOf } from './names.ts'
import type { AttributeChange, Referred, UserView } from './types.ts'

/** More of one resource, or of one page of changes, are not looked up. */
const MOST = 200

const TYPES = [userType, groupType]

/** Paths as the change log has them: `urn:…:User:manager`. Edges are no part of a body. */
const PATHS: ReadonlySet<string> = new Set(
  TYPES.flatMap(({ schema, extensions, edges }) => [
    ...schema.attributes
      .filter((one) => refers(one) && edges.every(({ attribute }) => attribute !== one.name))
      .map(({ name }) => name),
    ...extensions.flatMap(({ schema: { id, attributes } }) =>
      attributes.filter(refers).map(({ name }) => `${id}:${name}`),
    ),
  ]),
)

function refers(attribute: Attribute): boolean {
  const types = subAttribute(attribute, '$ref')?.referenceTypes ?? []
  return TYPES.some(({ name }) => types.includes(name))
}

/** Who a resource refers to, and by which ids to nobody. */
export async function referredIn(
  rows: TenantStore,
  resource: Readonly<Record<string, unknown>>,
): Promise<Pick<UserView, 'referred' | 'nobodys'>> {
  const ids = [...PATHS].flatMap((path) => {
    const at = path.lastIndexOf(':')
    const holder = at < 0 ? resource : resource[path.slice(0, at)]
    return isObject(holder as JsonValue) ? idsIn((holder as Complex)[path.slice(at + 1)]) : []
  })
  const few = lookedUp(ids)
  const referred = await named(rows, few)
  return { referred, nobodys: few.filter((one) => referred.every(({ id }) => id !== one)) }
}

type Complex = Readonly<Record<string, unknown>>

/** Who each of several lists of changes refers to, before or after; everybody is looked up once. */
export async function referredInChanges(
  rows: TenantStore,
  lists: readonly (readonly AttributeChange[])[],
): Promise<readonly (readonly Referred[])[]> {
  const ids = lists.map((changes) =>
    changes
      .filter(({ path }) => PATHS.has(path))
      .flatMap(({ before, after }) => [...idsIn(before), ...idsIn(after)]),
  )
  const all = await named(rows, ids.flat())
  return ids.map((own) => all.filter(({ id }) => own.includes(id)))
}

function idsIn(value: unknown): readonly string[] {
  return [value].flat().flatMap((one) => {
    const id = isObject(one as JsonValue) ? (one as Complex).value : one
    return typeof id === 'string' && id !== '' ? id : []
  })
}

const lookedUp = (ids: readonly string[]) => [...new Set(ids)].slice(0, MOST)

async function named(rows: TenantStore, ids: readonly string[]): Promise<readonly Referred[]> {
  const found = lookedUp(ids).map(async (id) => {
    const name = await nameOf(rows, id)
    return name?.type ? { id, type: name.type, display: name.display ?? id } : []
  })
  return (await Promise.all(found)).flat()
}
