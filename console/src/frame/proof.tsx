/**
 * The password, asked for beside what it is wanted for: one dialog instead of a second above the first.
 * It is asked only when the service would ask; what the clocks of the two disagree about is asked by
 * confirm-password.tsx.
 *
 * @module
 */

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError } from '../api/api.ts'
import { confirmPassword } from '../api/changes.ts'
import { sessionQuery } from '../api/queries/people.ts'
import { TextField } from '../parts/field.tsx'
import { useNow } from '../parts/time.tsx'
import { useSession } from './tenant.tsx'

/** The service remembers for ten minutes; a little of it is left for the way. */
const REMEMBERED = 9.5 * 60_000

export const PASSWORD_WANTED = 'Your password is wanted for this.'

/** Its sentence says how many tries are left, too. */
export function isWrongPassword(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false
  const { status, code } = error.problem
  return status === 401 && code === undefined
}

/** The password was wrong, or not given; the field says so, and nothing else has to. */
class NotProved extends Error {}

export interface Proof {
  /** Among the fields of the form; `null` while it is not wanted. */
  readonly field: ReactNode
  /** Gives the password first. */
  readonly first: <T>(then: () => Promise<T>) => Promise<T>
  /** What of an error there is to say beside the field. */
  readonly beside: (error: unknown) => unknown
}

export function useProof(): Proof {
  const client = useQueryClient()
  const { confirmedAt, hasPassword } = useSession()
  const now = useNow()
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string>()
  const isWanted = hasPassword && now - confirmedAt > REMEMBERED
  const prove = async (): Promise<void> => {
    if (password === '') throw refused(PASSWORD_WANTED)
    try {
      client.setQueryData(sessionQuery.queryKey, await confirmPassword(password))
    } catch (error) {
      throw isWrongPassword(error) ? refused(error.message) : error
    }
    setPassword('')
    setWrong(undefined)
  }
  const refused = (why: string): NotProved => {
    setWrong(why)
    return new NotProved(why)
  }
  return {
    field: isWanted ? (
      <TextField
        label="Your password"
        hint="It was last given more than ten minutes ago, and this gives power away or takes it."
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={wrong}
      />
    ) : null,
    first: async (then) => {
      if (isWanted) await prove()
      return then()
    },
    beside: (error) => (error instanceof NotProved ? null : error),
  }
}
