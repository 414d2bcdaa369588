/** A new key: for what, what it may do, for how long. */

import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { CreatedKey } from '../../../../src/server/admin/types.ts'
import { ApiError } from '../../api/api.ts'
import { createKey } from '../../api/changes.ts'
import { useProof } from '../../frame/proof.tsx'
import { Button } from '../../parts/button.tsx'
import { Choices, Form, FormButtons, SelectField, TextField } from '../../parts/field.tsx'
import { Problem } from '../../parts/problem.tsx'

const SCOPES = [
  {
    value: 'write',
    label: 'Read and write',
    hint: 'What an identity provider needs: it creates, changes and suspends.',
  },
  { value: 'read', label: 'Read only', hint: 'For reports and checks. Every change is refused.' },
] as const

const EXPIRIES = [
  ['30', 'in 30 days'],
  ['90', 'in 90 days'],
  ['180', 'in 180 days'],
  ['365', 'in a year'],
  ['', 'never'],
] as const

interface Props {
  readonly tenant: string
  readonly tenantField?: ReactNode
  readonly proposedName?: string
  readonly onDone: (created: CreatedKey) => void
  readonly onCancel?: () => void
}

export function CreateKey({ tenant, tenantField, proposedName = '', onDone, onCancel }: Props) {
  const box = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(proposedName)
  const [scope, setScope] = useState<'read' | 'write'>('write')
  const [days, setDays] = useState('365')
  const [isUnnamed, setUnnamed] = useState(false)
  const proof = useProof()
  const create = useMutation({
    mutationFn: () =>
      proof.first(() =>
        createKey(tenant, { name: name.trim(), scope, days: days === '' ? null : Number(days) }),
      ),
    onSuccess: onDone,
  })
  useEffect(() => box.current?.focus(), [])
  const isAboutName = create.error instanceof ApiError && create.error.problem.field === 'name'
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        setUnnamed(name.trim() === '')
        // Before the password is asked for in vain.
        if (name.trim() === '') box.current?.focus()
        else if (!create.isPending) create.mutate()
      }}
    >
      <TextField
        ref={box}
        label="Name"
        hint="Who will use it, so that you know it again: “Entra production”."
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={
          isUnnamed && name.trim() === ''
            ? 'A key needs a name.'
            : isAboutName
              ? create.error?.message
              : undefined
        }
      />
      <Choices legend="May" choices={SCOPES} value={scope} onChange={setScope} />
      <SelectField
        label="Expires"
        hint="You can rotate it before that without a gap."
        value={days}
        onChange={(event) => setDays(event.target.value)}
      >
        {EXPIRIES.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      {tenantField}
      {proof.field}
      {proof.beside(create.error) && !isAboutName ? <Problem error={create.error} /> : null}
      <FormButtons>
        <Button type="submit" look="primary" isBusy={create.isPending}>
          Create key
        </Button>
        {onCancel && <Button onClick={onCancel}>Back</Button>}
      </FormButtons>
    </Form>
  )
}
