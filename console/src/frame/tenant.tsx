/**
 * The tenant a page acts in: always from the address, always one that the person may enter.
 *
 * @module
 */

import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Role, SessionView } from '../../../src/server/admin/types.ts'
import { sessionQuery } from '../api/queries/people.ts'
import styles from './tenant.module.css'

export interface Tenant {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** May change things: is admin or owner. */
  readonly isAdmin: boolean
  readonly isOwner: boolean
}

export function useSession(): SessionView {
  return useSuspenseQuery(sessionQuery).data
}

export function useTenant(): Tenant {
  const { tenant } = useParams({ strict: false })
  const found = findTenant(useSession(), tenant ?? '')
  if (!found) throw new Error(`There is no tenant "${tenant}" that you may enter.`)
  return found
}

export function findTenant(session: SessionView, nameOrId: string): Tenant | undefined {
  const found = session.tenants.find(({ name, id }) => name === nameOrId || id === nameOrId)
  if (!found) return undefined
  const isOwner = found.role === 'owner'
  return { ...found, isOwner, isAdmin: isOwner || found.role === 'admin' }
}

/** A colour of its own for each tenant, from its name; the name always stands beside it. */
export function TenantMark({ name }: { readonly name: string }) {
  return (
    <span
      aria-hidden="true"
      className={styles.mark}
      style={{ '--hue': String(hueOf(name)) } as React.CSSProperties}
    >
      {name.slice(0, 1).toUpperCase()}
    </span>
  )
}

/** Twelve hues, far enough apart to be told from one another. */
function hueOf(name: string): number {
  let hash = 7
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return (hash % 12) * 30 + 10
}
