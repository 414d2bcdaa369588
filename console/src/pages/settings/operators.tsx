/** The people who may enter this tenant. They are not its users, and nothing of SCIM can touch them. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Invitation, OperatorRow, Role } from '../../../../src/server/admin/types.ts'
import { forget } from '../../api/changes.ts'
import { operatorsQuery } from '../../api/queries/people.ts'
import { type Tenant, useSession } from '../../frame/tenant.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { MenuItem, MenuRule, MoreActions } from '../../parts/menu.tsx'
import { Section, Skeleton, Soft } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { Status, Tag } from '../../parts/status.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import { ChangeRole, RenewLink } from './change-operator.tsx'
import { InvitationLink, InviteForm } from './invite.tsx'
import { RemoveOperator } from './remove-operator.tsx'

const ROLES: readonly Role[] = ['viewer', 'admin', 'owner']

export function Operators({ tenant }: { readonly tenant: Tenant }) {
  const client = useQueryClient()
  const session = useSession()
  const operators = useQuery(operatorsQuery(tenant.name))
  const [isInviting, setInviting] = useState(false)
  const [leaving, setLeaving] = useState<OperatorRow | null>(null)
  const [link, setLink] = useState<Invitation | null>(null)
  const again = () => forget(client, tenant.name)

  const [change, setChange] = useState<{ readonly row: OperatorRow; readonly to: Role } | null>(
    null,
  )
  const [renewing, setRenewing] = useState<OperatorRow | null>(null)

  const columns: readonly Column<OperatorRow>[] = [
    {
      title: 'Who',
      cell: (row) => (
        <>
          <Text of={row.name || row.email} />
          {row.id === session.operator.id && <Soft> (you)</Soft>}
          {row.name && (
            <div>
              <Soft>{row.email}</Soft>
            </div>
          )}
        </>
      ),
    },
    {
      title: 'Role',
      cell: (row) => (
        <>
          {row.role} {row.isRoot && <Tag tone="note">of every tenant</Tag>}
        </>
      ),
    },
    {
      title: 'Signed in',
      cell: (row) => {
        if (row.lastSignIn !== null) return <Time at={row.lastSignIn} />
        return row.isInvited ? <Status tone="note">Invited</Status> : <Soft>never</Soft>
      },
    },
    {
      title: 'Actions',
      hidesTitle: true,
      isNarrow: true,
      align: 'end',
      cell: (row) =>
        tenant.isOwner &&
        !row.isRoot && (
          <MoreActions label={`More actions for ${row.name || row.email}`}>
            {ROLES.filter((to) => to !== row.role).map((to) => (
              <MenuItem key={to} onSelect={() => setChange({ row, to })}>
                Make {to} …
              </MenuItem>
            ))}
            <MenuRule />
            <MenuItem onSelect={() => setRenewing(row)}>New sign-in link …</MenuItem>
            <MenuItem onSelect={() => setLeaving(row)} isDanger>
              Remove from {tenant.name} …
            </MenuItem>
          </MoreActions>
        ),
    },
  ]
  return (
    <Section
      title="Operators"
      intro="Viewers look, admins make keys and change users, owners decide who else may enter."
      actions={
        tenant.isOwner && (
          <Button look="primary" sign="plus" onClick={() => setInviting(true)}>
            Invite
          </Button>
        )
      }
    >
      {!tenant.isOwner && <Note>Owners of {tenant.name} invite and remove operators.</Note>}
      {operators.error && <Problem error={operators.error} onRetry={() => operators.refetch()} />}
      {operators.isPending && <Skeleton lines={3} />}
      {operators.data && (
        <Table
          caption={`Operators of ${tenant.name}`}
          columns={columns}
          rows={operators.data}
          rowKey={(row) => row.id}
        />
      )}
      <Dialog
        isOpen={isInviting}
        onClose={() => setInviting(false)}
        title={`Invite to ${tenant.name}`}
      >
        <InviteForm
          tenant={tenant.name}
          onDone={(invitation) => {
            setInviting(false)
            setLink(invitation)
            void again()
          }}
          onCancel={() => setInviting(false)}
        />
      </Dialog>
      <Dialog
        isOpen={link !== null}
        onClose={() => setLink(null)}
        title={link?.url ? 'A link to send' : 'Done'}
      >
        {link && <InvitationLink invitation={link} onDone={() => setLink(null)} />}
      </Dialog>
      {change && <ChangeRole tenant={tenant.name} {...change} onClose={() => setChange(null)} />}
      {renewing && (
        <RenewLink
          tenant={tenant.name}
          row={renewing}
          onDone={setLink}
          onClose={() => setRenewing(null)}
        />
      )}
      {leaving && (
        <RemoveOperator tenant={tenant.name} row={leaving} onClose={() => setLeaving(null)} />
      )}
    </Section>
  )
}
