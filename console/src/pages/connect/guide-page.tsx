import { Page, Skeleton } from '../../parts/page.tsx'

export function GuidePage() {
  return (
    <Page title="Connect">
      <Skeleton />
    </Page>
  )
}
