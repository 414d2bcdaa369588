/**
 * A one-time link, whose token is in the fragment and so in no server's log: the first owner, an
 * invitation, a forgotten password. Looking at it does not use it up.
 *
 * @module
 */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { LinkView } from '../../../../src/server/admin/types.ts'
import { ApiError } from '../../api/api.ts'
import { useLink as spendLink, viewLink } from '../../api/changes.ts'
import { sessionQuery } from '../../api/queries/people.ts'
import { Outside } from '../../frame/outside.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Form, TextField } from '../../parts/field.tsx'
import { Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Time } from '../../parts/time.tsx'
import { OnServer } from './on-server.tsx'

const PATH = '/sign-in/link'

const TITLES = {
  first: 'Make the first account',
  invite: 'Welcome',
  reset: 'A new password',
} as const

export function SignInLink() {
  // On the way to another page its address is there first, and holds no link.
  const here = useLocation({ select: ({ pathname, hash }) => (pathname === PATH ? hash : null) })
  const [token, setToken] = useState(here ?? '')
  if (here !== null && here !== token) setToken(here)
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => viewLink(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (link.data) return <Use key={token} token={token} link={link.data} />
  return (
    <Outside title={link.error ? 'This link does not work' : 'One moment'}>
      {link.error ? (
        <>
          <Problem error={link.error} />
          <p>
            A link works once, and not for long. Ask for a new one, or run on the server:{' '}
            <OnServer words="operator reset EMAIL" />.
          </p>
          <ButtonLink to="/sign-in">To the sign-in page</ButtonLink>
        </>
      ) : (
        <Skeleton />
      )}
    </Outside>
  )
}

function Use({ token, link }: { readonly token: string; readonly link: LinkView }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const isFirst = link.purpose === 'first'
  // Their name is known, and they say it anew under My Stuff.
  const isReturn = link.purpose === 'invite' && link.isBack
  const isNamed = link.purpose === 'reset' || isReturn
  const [email, setEmail] = useState(link.email ?? '')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [wasSent, setSent] = useState(false)
  // All at once, and before a link that works once is sent.
  const wrong = {
    email: isFirst && !/^\S+@\S+$/.test(email.trim()) && 'An e-mail address is name@example.com.',
    password: password.length < 12 && 'A password has at least 12 characters.',
  }
  const use = useMutation({
    mutationFn: () =>
      spendLink({
        token,
        password,
        ...(isFirst && { email }),
        ...(!isNamed && name.trim() !== '' && { name: name.trim() }),
      }),
    onSuccess: (session) => {
      // Not of the link, which is on the page still: it would be asked for anew, and is used up.
      client.removeQueries({ predicate: ({ queryKey: [of] }) => of !== 'link' })
      client.setQueryData(sessionQuery.queryKey, session)
      void navigate({ to: '/', replace: true })
    },
  })
  /** What the service said of one of these fields. */
  const refused = (...fields: readonly string[]): string | undefined => {
    if (!(use.error instanceof ApiError)) return undefined
    return fields.includes(use.error.problem.field ?? '') ? use.error.message : undefined
  }
  return (
    <Outside
      title={isReturn ? 'Welcome back' : TITLES[link.purpose]}
      intro={
        <>
          {isFirst && 'You will own this service: every tenant, and who else may enter. '}
          {isReturn && 'Since you were let in anew, the password you had holds no more. '}
          This link works once, and ends <Time at={link.expires} />.
        </>
      }
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          setSent(true)
          const first = wrong.email ? 'email' : wrong.password ? 'password' : undefined
          if (first) event.currentTarget.querySelector<HTMLElement>(`[name=${first}]`)?.focus()
          else if (!use.isPending) use.mutate()
        }}
      >
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          error={(wasSent && wrong.email) || refused('email')}
          value={email}
          readOnly={!isFirst}
          onChange={(event) => setEmail(event.target.value)}
        />
        {!isNamed && (
          <TextField
            label="Your name"
            hint="For those you work with; without one, the e-mail address stands there."
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <TextField
          label={isNamed ? 'A new password' : 'A password'}
          hint="Twelve characters or more. A sentence is good."
          type="password"
          name="password"
          autoComplete="new-password"
          error={(wasSent && wrong.password) || refused('password')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {use.error && !refused('email', 'password') && <Problem error={use.error} />}
        <Button type="submit" look="primary" isBusy={use.isPending}>
          {isNamed ? 'Set it and sign in' : 'Make it and sign in'}
        </Button>
      </Form>
    </Outside>
  )
}
