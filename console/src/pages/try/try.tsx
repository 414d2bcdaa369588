import { Page, Skeleton } from '../../parts/page.tsx'

export function Try() {
  return (
    <Page title="Try it">
      <Skeleton />
    </Page>
  )
}
