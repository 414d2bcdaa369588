/** Leaving: the session ends, and nothing of it stays in this window. */

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { signOut } from '../api/changes.ts'

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await signOut().catch(() => {})
    await navigate({ to: '/sign-in' })
    client.clear()
  }
}
