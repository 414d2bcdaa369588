/**
 * Taking a key away. It says who would stop working; one that was used within a day wants its last four
 * characters typed.
 *
 * @module
 */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyRow } from '../../../../src/server/admin/types.ts'
import { forget, revokeKey } from '../../api/changes.ts'
import { Button } from '../../parts/button.tsx'
import { Form, FormButtons, TextField } from '../../parts/field.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { Text } from '../../parts/text.tsx'
import { useNow } from '../../parts/time.tsx'
import { say } from '../../parts/toasts.tsx'
import { LastUse } from './key-list.tsx'

const DAY = 86_400_000

interface Props {
  readonly tenant: string
  readonly apiKey: KeyRow
  /** It was rotated: another key is there to go on with. */
  readonly isReplaced: boolean
  readonly onDone: () => void
  readonly onCancel: () => void
}

export function RevokeKey({ tenant, apiKey, isReplaced, onDone, onCancel }: Props) {
  const client = useQueryClient()
  const now = useNow()
  const [typed, setTyped] = useState('')
  const isExpired = apiKey.state === 'expired'
  const isInUse = !isExpired && apiKey.lastUsed !== null && now - apiKey.lastUsed.at < DAY
  const isRight = !isInUse || typed.trim() === apiKey.last4
  const revoke = useMutation({
    mutationFn: () => revokeKey(tenant, apiKey.id, isInUse ? typed.trim() : apiKey.last4),
    onSuccess: async () => {
      await forget(client, tenant)
      say(`${apiKey.name} was revoked.`)
      onDone()
    },
  })
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        if (isRight && !revoke.isPending) revoke.mutate()
      }}
    >
      <p>
        <strong>{apiKey.name}</strong>, <code>{apiKey.shown}</code>,{' '}
        {isExpired
          ? 'has expired and works no more. Revoked, it cannot be rotated either.'
          : 'stops working within a second, on every node.'}{' '}
        This cannot be taken back. <LastUse apiKey={apiKey} />.
      </p>
      {isInUse && (
        <>
          <Note kind="warn">
            <Text of={apiKey.lastUsed?.client ?? apiKey.lastUsed?.agent ?? 'Somebody'} /> is using
            it. Every request of theirs will be refused from then on, and what they would have sent
            is missed until they have a new key.{' '}
            {isReplaced
              ? 'It was rotated: see first that whoever uses it has the key in its place.'
              : 'To change keys without a gap, rotate it instead.'}
          </Note>
          <TextField
            autoFocus
            isCode
            label={
              <>
                Type its last four characters, <code>{apiKey.last4}</code>
              </>
            }
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </>
      )}
      {revoke.error && <Problem error={revoke.error} />}
      <FormButtons>
        <Button type="submit" look="danger" disabled={!isRight} isBusy={revoke.isPending}>
          Revoke {apiKey.name}
        </Button>
        <Button onClick={onCancel} autoFocus={!isInUse}>
          Back
        </Button>
      </FormButtons>
    </Form>
  )
}
