/**
 * Asked again for the password: the service wants it for what gives power away, ten minutes after it
 * was last given. What was being done goes on by itself afterwards. Whoever has none, since an OpenID
 * provider knows them, signs in there once more, in another tab, so that nothing is lost in this one.
 *
 * @module
 */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { answerProblems } from '../api/api.ts'
import { confirmPassword } from '../api/changes.ts'
import { sessionQuery, signInWaysQuery } from '../api/queries/people.ts'
import { Button, ButtonAnchor } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Form, FormButtons, TextField } from '../parts/field.tsx'
import { Note, Problem } from '../parts/problem.tsx'
import { isWrongPassword, PASSWORD_WANTED } from './proof.tsx'

export function ConfirmPassword({ onSignIn }: { readonly onSignIn: (isGuessed: boolean) => void }) {
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
  const hasPassword = useQueryClient().getQueryData(sessionQuery.queryKey)?.hasPassword ?? true
  if (!hasPassword) {
    return (
      <Dialog
        isOpen={settle !== null}
        onClose={() => end(false)}
        title="Once more, please"
        intro="This gives power away, so it has to be certain that it is still you."
      >
        <Elsewhere onGiven={() => end(true)} onCancel={() => end(false)} />
      </Dialog>
    )
  }
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

class NotYet extends Error {}

function Elsewhere({
  onGiven,
  onCancel,
}: {
  readonly onGiven: () => void
  readonly onCancel: () => void
}) {
  const client = useQueryClient()
  const { data: ways } = useQuery(signInWaysQuery)
  const { data: session } = useQuery({ ...sessionQuery, refetchInterval: 2_000 })
  const [before] = useState(session?.confirmedAt ?? 0)
  // Whichever clock is right: it is later than it was.
  const isGiven = (session?.confirmedAt ?? 0) > before
  const onGivenNow = useEffectEvent(onGiven)
  useEffect(() => {
    if (isGiven) onGivenNow()
  }, [isGiven])
  const look = useMutation({
    mutationFn: async () => {
      const { confirmedAt } = await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
      if (confirmedAt <= before) throw new NotYet()
    },
  })
  if (ways && !ways.oidc) {
    return (
      <p>
        Nobody can sign in with an identity provider here any more, and you have no password. Ask an
        owner for a new sign-in link: with it you choose one.
      </p>
    )
  }
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        if (!look.isPending) look.mutate()
      }}
    >
      <p>
        You have no password here. Sign in with your provider once more: it opens in another tab.
        Once you have, what you began goes on here by itself.
      </p>
      <div>
        <ButtonAnchor
          href="/console/api/sign-in/oidc?confirm=1&back=%2Fmy-stuff%3Fopen%3Dproved"
          target="_blank"
          rel="noopener"
        >
          {ways?.oidc?.label ?? 'Sign in'}
        </ButtonAnchor>
      </div>
      {look.error instanceof NotYet ? (
        <Note kind="warn">You have not signed in there yet.</Note>
      ) : (
        look.error && <Problem error={look.error} />
      )}
      <FormButtons>
        <Button type="submit" look="primary" isBusy={look.isPending}>
          Go on
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </FormButtons>
    </Form>
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
  const [isMissing, setMissing] = useState(false)
  const confirm = useMutation({
    mutationFn: () => confirmPassword(password),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session)
      onGiven()
    },
  })
  const wrong = isWrongPassword(confirm.error) ? confirm.error.message : undefined
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setMissing(password === '')
        if (password === '') box.current?.focus()
        else if (!confirm.isPending) confirm.mutate()
      }}
    >
      <TextField
        ref={box}
        label="Password"
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={isMissing && password === '' ? PASSWORD_WANTED : wrong}
      />
      {confirm.error && !wrong && <Problem error={confirm.error} />}
      <FormButtons>
        <Button type="submit" look="primary" isBusy={confirm.isPending}>
          Go on
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </FormButtons>
    </Form>
  )
}
