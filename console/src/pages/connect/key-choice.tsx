/**
 * Which key a guide is about, and what works with it so far. The choice is in the address, so that a
 * link leads to one connection; without one it is the key that the guide's identity provider uses, or else the newest that
 * is in use, and may write if one may.
 *
 * @module
 */

import type { ConnectView } from '../../../../src/server/admin/types.ts'
import type { Tenant } from '../../frame/tenant.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Skeleton } from '../../parts/page.tsx'
import { Note } from '../../parts/problem.tsx'
import { Checklist, LINES } from './checklist.tsx'
import styles from './connect.module.css'

interface Props {
  readonly view: ConnectView | undefined
  readonly tenant: Tenant
  readonly onKey: (id: string) => void
}

export function KeyChoice({ view, tenant, onKey }: Props) {
  const chosen = view?.checklist
  const isReadOnly = view?.keys.find(({ id }) => id === chosen?.key)?.scope === 'read'
  return (
    <aside className={styles.aside} aria-labelledby="so-far">
      <h2 id="so-far">What works so far</h2>
      {view === undefined && <Skeleton lines={5} />}
      {view && chosen && (
        <>
          <SelectField
            label="With the API key"
            value={chosen.key}
            onChange={(event) => onKey(event.target.value)}
          >
            {view.keys.map(({ id, name, last4, scope, done }) => (
              <option key={id} value={id}>
                {name} …{last4}: {scope === 'read' ? 'read only' : `${done} of ${LINES.length}`}
              </option>
            ))}
          </SelectField>
          {isReadOnly && (
            <Note kind="warn">
              It may only read: nobody can be created or deactivated with it. Choose one that may
              write{tenant.isAdmin ? ', or make one.' : '; an owner or an admin makes them.'}
            </Note>
          )}
          <Checklist checklist={chosen} tenant={tenant.name} isReadOnly={isReadOnly} />
        </>
      )}
      {view && !chosen && (
        <p>
          The list ticks as requests come with an API key. There is none in {tenant.name} yet
          {tenant.isAdmin ? '.' : ': an owner or an admin makes one.'}
        </p>
      )}
    </aside>
  )
}
