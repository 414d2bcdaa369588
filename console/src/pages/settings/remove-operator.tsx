/** Somebody is not to enter a tenant any more. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { OperatorRow } from '../../../../src/server/admin/types.ts'
import { forget, removeOperator } from '../../api/changes.ts'
import { useProof } from '../../frame/proof.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { say } from '../../parts/toasts.tsx'

export function RemoveOperator({
  tenant,
  row,
  onClose,
}: {
  readonly tenant: string
  readonly row: OperatorRow
  readonly onClose: () => void
}) {
  const client = useQueryClient()
  const proof = useProof()
  const remove = useMutation({
    mutationFn: () => proof.first(() => removeOperator(tenant, row.id)),
    onSuccess: () => {
      say(`${row.name || row.email} may not enter ${tenant} any more.`)
      onClose()
      return forget(client, tenant)
    },
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Remove ${row.name || row.email}?`}
      action={`Remove from ${tenant}`}
      onConfirm={() => remove.mutate()}
      isBusy={remove.isPending}
      error={proof.beside(remove.error)}
    >
      <p>
        They may not enter {tenant} from the next click on. API keys they made go on working; setup
        links they made end for good. What they did stays in the audit log.
      </p>
      {proof.field}
    </ConfirmDialog>
  )
}
