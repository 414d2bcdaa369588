/** Somebody who may enter already gets another role, or a new link to sign in with. */

import { useQueryClient } from '@tanstack/react-query'
import type { Invitation, OperatorRow, Role } from '../../../../src/server/admin/types.ts'
import { changeRole, forget, renewInvitation } from '../../api/changes.ts'
import { ProvedDialog } from '../../frame/proved-dialog.tsx'
import { say } from '../../parts/toasts.tsx'
import { ROLES } from './invite.tsx'

interface Props {
  readonly tenant: string
  readonly row: OperatorRow
  readonly onClose: () => void
}

export function ChangeRole({ tenant, row, to, onClose }: Props & { readonly to: Role }) {
  const client = useQueryClient()
  const who = row.name || row.email
  return (
    <ProvedDialog
      title={`Make ${who} ${to}?`}
      action={`Make ${to}`}
      run={() => changeRole(tenant, row.id, to)}
      onDone={() => {
        say(`${who} is ${to} of ${tenant} now.`)
        onClose()
        return forget(client, tenant)
      }}
      onClose={onClose}
    >
      <p>
        {who} is {row.role} of {tenant} now. {mayDo(to)} It holds from their next click on; password
        and sessions stay what they are.
        {to === 'viewer' && ' Setup links that they made end for good; keys that were made stay.'}
      </p>
    </ProvedDialog>
  )
}

// e.g. 'An admin also makes keys, suspends and erases, changes the rules.'
function mayDo(role: Role): string {
  const hint = ROLES.find(({ value }) => value === role)?.hint ?? ''
  return `${role === 'viewer' ? 'A' : 'An'} ${role} ${hint.slice(0, 1).toLowerCase()}${hint.slice(1)}`
}

export function RenewLink({
  tenant,
  row,
  onDone,
  onClose,
}: Props & { readonly onDone: (link: Invitation) => void }) {
  const who = row.name || row.email
  return (
    <ProvedDialog
      title={`A new sign-in link for ${who}?`}
      action="Make a link"
      run={() => renewInvitation(tenant, row.id)}
      onDone={(link) => {
        onClose()
        onDone(link)
      }}
      onClose={onClose}
    >
      <p>
        Whoever has the link becomes {who}, once, and chooses a password. One that was made before
        opens nothing any more. Until it is used, password and sessions stay what they are.
      </p>
    </ProvedDialog>
  )
}
