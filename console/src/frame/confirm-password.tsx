/**
 * Asked again for the password: the service wants it for what gives power away, ten minutes after it
 * was last given. What was being done goes on by itself afterwards.
 *
 * @module
 */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { answerProblems } from '../api/api.ts'
import { confirmPassword } from '../api/changes.ts'
import { sessionQuery } from '../api/queries.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Form, FormButtons, TextField } from '../parts/field.tsx'
import { Problem } from '../parts/problem.tsx'
import { isWrongPassword, WRONG_PASSWORD } from './proof.tsx'

export function ConfirmPassword({ onSignIn }: { readonly onSignIn: () => void }) {
  const [settle, setSettle] = useState<((given: boolean) => void) | null>(null)
  useEffect(() => {
    answerProblems({
      confirm: () => new Promise((resolve) => setSettle(() => resolve)),
      signIn: onSignIn,
    })
  }, [onSignIn])
  const end = (given: boolean): void => {
    settle?.(given)
    setSettle(null)
  }
  const box = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      isOpen={settle !== null}
      onClose={() => end(false)}
      title="Your password, please"
      intro="It was last given more than ten minutes ago, and this gives power away. What you began goes on afterwards."
      initialFocus={box}
    >
      <Ask box={box} onGiven={() => end(true)} onCancel={() => end(false)} />
    </Dialog>
  )
}

function Ask({
  box,
  onGiven,
  onCancel,
}: {
  readonly box: React.RefObject<HTMLInputElement | null>
  readonly onGiven: () => void
  readonly onCancel: () => void
}) {
  const client = useQueryClient()
  const [password, setPassword] = useState('')
  const confirm = useMutation({
    mutationFn: () => confirmPassword(password),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session)
      onGiven()
    },
  })
  const isWrong = isWrongPassword(confirm.error)
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (password !== '') confirm.mutate()
      }}
    >
      <TextField
        ref={box}
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={isWrong ? WRONG_PASSWORD : undefined}
      />
      {confirm.error && !isWrong && <Problem error={confirm.error} />}
      <FormButtons>
        <Button type="submit" look="primary" isBusy={confirm.isPending}>
          Go on
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </FormButtons>
    </Form>
  )
}
