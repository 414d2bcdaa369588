/** A new key at once, while the old one lives on for as long as it takes to put the new one in place. */

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { CreatedKey, KeyRow } from '../../../../src/server/admin/types.ts'
import { rotateKey } from '../../api/changes.ts'
import { useProof } from '../../frame/proof.tsx'
import { Button } from '../../parts/button.tsx'
import { Form, FormButtons, SelectField } from '../../parts/field.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Time, useNow } from '../../parts/time.tsx'
import { LastUse } from './key-list.tsx'

const OVERLAPS = [
  ['0', 'ends at once'],
  ['1', 'works for another hour'],
  ['24', 'works for another day'],
  ['72', 'works for three more days'],
  ['168', 'works for another week'],
] as const

interface Props {
  readonly tenant: string
  readonly apiKey: KeyRow
  /** The key that is used where this one was: the new one lives as long. */
  readonly heir: KeyRow
  /** It was rotated before. */
  readonly isReplaced: boolean
  readonly onDone: (created: CreatedKey) => void
  readonly onCancel: () => void
}

export function RotateKey({ tenant, apiKey, heir, isReplaced, onDone, onCancel }: Props) {
  const [hours, setHours] = useState('24')
  const now = useNow()
  const proof = useProof()
  const rotate = useMutation({
    mutationFn: () => proof.first(() => rotateKey(tenant, apiKey.id, Number(hours))),
    onSuccess: onDone,
  })
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        if (!rotate.isPending) rotate.mutate()
      }}
    >
      <p>
        <strong>{apiKey.name}</strong> gets a new key with the same name and rights, which{' '}
        {heir.expires === null ? (
          'never expires'
        ) : (
          <>
            expires <Time at={now + heir.expires - heir.created} as="day" />
          </>
        )}
        . <LastUse apiKey={apiKey} />.
      </p>
      {isReplaced && (
        <p>It was rotated before. Rotate it again only if the key in its place was lost.</p>
      )}
      {apiKey.state === 'expired' ? (
        <p>The old key, {apiKey.shown}, has expired and stays so.</p>
      ) : (
        <SelectField
          autoFocus
          label={`The old key, ${apiKey.shown}`}
          hint="The list of keys shows which of the two was used last: that is how you know when the old one may go."
          value={hours}
          onChange={(event) => setHours(event.target.value)}
        >
          {OVERLAPS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
      )}
      {proof.field}
      {proof.beside(rotate.error) ? <Problem error={rotate.error} /> : null}
      <FormButtons>
        <Button
          type="submit"
          look="primary"
          isBusy={rotate.isPending}
          autoFocus={apiKey.state === 'expired'}
        >
          Rotate {apiKey.name}
        </Button>
        <Button onClick={onCancel}>Back</Button>
      </FormButtons>
    </Form>
  )
}
