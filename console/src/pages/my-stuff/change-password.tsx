/** A new password ends every other session. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changePassword } from '../../api/changes.ts'
import { sessionQuery, sessionsQuery } from '../../api/queries/people.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Form, FormButtons, TextField } from '../../parts/field.tsx'
import { Problem } from '../../parts/problem.tsx'
import { say } from '../../parts/toasts.tsx'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function ChangePassword({ isOpen, onClose }: Props) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Change password"
      intro="Wherever else you are signed in, you will be signed out."
    >
      <Body onClose={onClose} />
    </Dialog>
  )
}

function Body({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword({ current, next }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session)
      void client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
      say('Your password was changed.')
      onClose()
    },
  })
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate()
      }}
    >
      <TextField
        label="The password of now"
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <TextField
        label="The new one"
        hint="Twelve characters or more. A sentence is good."
        type="password"
        autoComplete="new-password"
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      {change.error && <Problem error={change.error} />}
      <FormButtons>
        <Button type="submit" look="primary" isBusy={change.isPending}>
          Change it
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </FormButtons>
    </Form>
  )
}
