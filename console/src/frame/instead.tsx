/**
 * What stands where a page should: while it comes, when it failed, when there is none.
 *
 * @module
 */

import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { ApiError, isReached } from '../api/api.ts'
import { ButtonLink } from '../parts/button.tsx'
import { Page, Skeleton } from '../parts/page.tsx'
import { Problem } from '../parts/problem.tsx'
import { Outside } from './outside.tsx'

export function Waiting() {
  return <Skeleton lines={8} label="The page is on its way" />
}

/** Milliseconds until it is asked again whether there is an answer. */
const PATIENCE = 3_000

export function Trouble({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = useEffectEvent((): void => {
    reset()
    void router.invalidate()
  })
  const isUnreached = error instanceof ApiError && error.problem.status === 0
  useEffect(() => {
    if (!isUnreached) return
    const asking = setInterval(async () => {
      if (await isReached()) again()
    }, PATIENCE)
    return () => clearInterval(asking)
  }, [isUnreached])
  return (
    <Page title="This page could not be shown">
      <Problem
        error={error}
        isAskedAgain={isUnreached}
        onRetry={() => {
          reset()
          void router.invalidate()
        }}
      />
      {error instanceof ApiError && error.problem.status === 404 && (
        <div>
          <ToOverview />
        </div>
      )}
    </Page>
  )
}

const LOST = {
  title: 'There is no such page',
  intro: 'The address may be mistyped, or what it led to has been erased.',
}

export function Lost() {
  return (
    <Page {...LOST}>
      <div>
        <ToOverview />
      </div>
    </Page>
  )
}

/** One that is not there and one that somebody may not enter are told apart by nothing. */
export function NoTenant({ name }: { readonly name: string }) {
  return (
    <Page
      title={`You may enter no tenant “${name}”`}
      intro="The address may be mistyped, or nobody has let you in yet: an owner of the tenant can."
    >
      <div>
        <ToOverview />
      </div>
    </Page>
  )
}

/** The same without the frame, for an address that is nowhere in the console. */
export function LostOutside() {
  return (
    <Outside {...LOST}>
      <ToOverview />
    </Outside>
  )
}

function ToOverview() {
  return (
    <ButtonLink to="/" look="primary">
      To the overview
    </ButtonLink>
  )
}
