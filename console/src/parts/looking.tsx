/** Below a list that is still being looked for, in the place of what there is none of yet. */

import { Skeleton, Stack } from './page.tsx'

export function Looking({ what, found }: { readonly what: string; readonly found: number }) {
  return (
    <Stack>
      <p role="status">
        No index knows who fits this, so all {what} are looked through, one after the other.{' '}
        {found === 0 ? 'None so far.' : 'More of them as they are found.'}
      </p>
      {found === 0 && <Skeleton lines={6} label={`Looking through the ${what}`} isAnswered />}
    </Stack>
  )
}
