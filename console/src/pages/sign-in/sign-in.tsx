/**
 * Signing in, by password or through the organisation's own provider.
 *
 * @module
 */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { SignInTrouble } from '../../../../src/server/admin/types.ts'
import { signIn } from '../../api/changes.ts'
import { sessionQuery, signInWaysQuery } from '../../api/queries/people.ts'
import { Outside } from '../../frame/outside.tsx'
import { Button } from '../../parts/button.tsx'
import { Form, TextField } from '../../parts/field.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { OnServer } from './on-server.tsx'
import styles from './sign-in.module.css'

export function SignIn() {
  const { back, error, ended } = useSearch({ from: '/sign-in' })
  const router = useRouter()
  const client = useQueryClient()
  const ways = useQuery(signInWaysQuery)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const attempt = useMutation({
    mutationFn: () => signIn({ email, password }),
    onSuccess: (session) => {
      client.clear()
      client.setQueryData(sessionQuery.queryKey, session)
      router.history.push(ownAddress(back))
    },
  })
  return (
    <Outside title="Sign in">
      {ways.data?.isNew && (
        <Note>
          Nobody has an account yet. The start of the service printed a link that makes the first
          one: look at its log, or run on the server: <OnServer words="operator add EMAIL" />.
        </Note>
      )}
      {ended && !isTrouble(error) && (
        <Note>
          {ended === 'passwords' && 'There were too many wrong passwords. '}
          Your session has ended. Sign in, and you are back where you were.
        </Note>
      )}
      {isTrouble(error) && <Note kind="warn">{TROUBLES[error]}</Note>}
      {!window.isSecureContext && <NotKept />}
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if (!attempt.isPending) attempt.mutate()
        }}
      >
        <TextField
          autoFocus
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {attempt.error && <Problem error={attempt.error} />}
        <Button type="submit" look="primary" isBusy={attempt.isPending}>
          Sign in
        </Button>
      </Form>
      {ways.error && <Problem error={ways.error} onRetry={() => ways.refetch()} />}
      {ways.data?.oidc && (
        <>
          <p className={styles.or}>or</p>
          <a
            className={styles.oidc}
            href={`/console/api/sign-in/oidc?back=${encodeURIComponent(ownAddress(back))}${isWrongOne(error) ? '&anew=1' : ''}`}
          >
            {ways.data.oidc.label}
          </a>
        </>
      )}
      {!ways.data?.isNew && (
        <p className={styles.help}>
          Forgotten? An owner can send you a new link, or on the server:{' '}
          <OnServer words="operator reset EMAIL" />.
        </p>
      )}
    </Outside>
  )
}

/** Why a provider's sign-in came to nothing. The address names it; nobody else's words are shown. */
const TROUBLES: Readonly<Record<SignInTrouble, string>> = {
  'unknown-person':
    'Nobody has let you in yet: ask an owner to invite the e-mail address that your sign-in provider has of you.',
  'unproved-email':
    'Your sign-in provider does not say that your e-mail address is verified, so nobody can be known by it here. Ask who runs the provider to verify it, or an owner for a link.',
  'too-late': 'Signing in took longer than ten minutes, or began in another browser. Begin anew.',
  'not-let-in':
    'The sign-in provider did not let you in. Try once more; if it stays, ask who runs it.',
  unreachable: 'The sign-in provider cannot be reached. Try again in a moment.',
  failed: 'Signing in failed. Try once more; the log of the service says more.',
}

/** Whom the provider knows is not let in: without being asked anew they would be sent back at once. */
const isWrongOne = (trouble: string | undefined) =>
  trouble === 'unknown-person' || trouble === 'unproved-email'

function isTrouble(word: string | undefined): word is SignInTrouble {
  return word !== undefined && Object.hasOwn(TROUBLES, word)
}

/** A `__Host-` cookie is dropped without a word by a browser that came over plain HTTP. */
function NotKept() {
  return (
    <Note kind="warn">
      <p>
        <strong>You cannot stay signed in at this address.</strong> Browsers keep a sign-in only
        over https, or on the machine that runs the service.
      </p>
      <p>
        Put TLS in front of the service and start it with <code>--public-url https://…</code>, or
        open <code>http://127.0.0.1:{port()}</code> on its own machine.
      </p>
    </Note>
  )
}

function port(): string {
  return window.location.port || '80'
}

/** Only ever an address of our own: `//elsewhere` and the like lead home. */
function ownAddress(back: string | undefined): string {
  return back && /^\/(?![/\\])/.test(back) ? back : '/'
}
