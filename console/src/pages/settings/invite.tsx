/** Letting somebody in: who, as what, and the link that is theirs. */

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Invitation, Role } from '../../../../src/server/admin/types.ts'
import { ApiError } from '../../api/api.ts'
import { inviteOperator } from '../../api/changes.ts'
import { sessionQuery, signInWaysQuery } from '../../api/queries/people.ts'
import { useProof } from '../../frame/proof.tsx'
import { Button } from '../../parts/button.tsx'
import { CopyValue } from '../../parts/copy.tsx'
import { Choices, Form, FormButtons, TextField } from '../../parts/field.tsx'
import { Stack } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { Time } from '../../parts/time.tsx'
import styles from './settings.module.css'

export const ROLES = [
  { value: 'viewer', label: 'Viewer', hint: 'Sees users, groups, activity and settings.' },
  {
    value: 'admin',
    label: 'Admin',
    hint: 'Also makes keys, suspends and erases, changes the rules.',
  },
  { value: 'owner', label: 'Owner', hint: 'Also decides who else may enter.' },
] as const satisfies readonly { value: Role; label: string; hint: string }[]

export function InviteForm({
  tenant,
  onDone,
  onCancel,
}: {
  readonly tenant: string
  readonly onDone: (invitation: Invitation) => void
  readonly onCancel: () => void
}) {
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const proof = useProof()
  const isRoot = useQuery(sessionQuery).data?.isRoot
  const invite = useMutation({
    mutationFn: () =>
      proof.first(() =>
        inviteOperator(tenant, {
          email: email.trim(),
          ...(name.trim() !== '' && { name: name.trim() }),
          role,
        }),
      ),
    onSuccess: onDone,
  })
  const field = invite.error instanceof ApiError ? invite.error.problem.field : undefined
  const errorOf = (name: string) => (field === name ? invite.error?.message : undefined)
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        if (!invite.isPending) invite.mutate()
      }}
    >
      <TextField
        label="E-mail"
        type="email"
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errorOf('email')}
      />
      <TextField
        label="Name"
        hint="Without one, the e-mail address stands there."
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errorOf('name')}
      />
      <Choices legend="Role" choices={ROLES} value={role} onChange={setRole} />
      <p className={styles.aside}>
        For somebody who may enter this tenant already, the role is all that changes. Somebody who
        may enter others only is{' '}
        {isRoot
          ? 'signed out everywhere, and needs the link for a new password.'
          : 'let in by a root operator, unless you own all of those.'}
      </p>
      {proof.field}
      {proof.beside(invite.error) && field !== 'email' && field !== 'name' ? (
        <Problem error={invite.error} />
      ) : null}
      <FormButtons>
        <Button type="submit" look="primary" isBusy={invite.isPending}>
          Invite
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </FormButtons>
    </Form>
  )
}

export function InvitationLink({
  invitation: { operator, was, url, expires },
  onDone,
}: {
  readonly invitation: Invitation
  readonly onDone: () => void
}) {
  const { oidc } = useQuery(signInWaysQuery).data ?? {}
  const who = operator.name || operator.email
  const isNew = operator.isInvited && was !== 'elsewhere'
  return (
    <Stack>
      {was === 'elsewhere' && (
        <Note kind="warn">
          {who} was let in elsewhere before, by somebody who may know the password. So it holds no
          more, and {who} is signed out everywhere.
        </Note>
      )}
      {url ? (
        <>
          <p>
            Nothing is sent by itself. Give {who} this link to choose {isNew ? 'a' : 'a new'}{' '}
            password with; it works once
            {expires !== null && (
              <>
                {' '}
                and ends <Time at={expires} />
              </>
            )}
            .
          </p>
          <CopyValue
            label="Sign-in link"
            value={url}
            what="the sign-in link"
            hint="Whoever has it becomes this person: send it as you would send a password."
          />
          {oidc && (
            <p>
              They need no password to sign in by “{oidc.label}”, if it knows them as{' '}
              {operator.email}.
            </p>
          )}
        </>
      ) : was === 'here' ? (
        <p>
          {who} could enter before and is {operator.role} now. Password and sessions are what they
          were; there is no link to send.
        </p>
      ) : (
        <p>
          {who} is {operator.role} now, and signs in with the identity provider of this console.
          There is no link to send.
        </p>
      )}
      <FormButtons>
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </FormButtons>
    </Stack>
  )
}
