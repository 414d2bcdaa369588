/** Leaving: the session ends, and nothing of it stays in this window. */

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { signOut } from '../api/changes.ts'
import { mayLeave } from '../parts/unsaved.tsx'

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    if (!(await mayLeave())) return
    await signOut().catch(() => {})
    await navigate({ to: '/sign-in' })
    client.clear()
  }
}
