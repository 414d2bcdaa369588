import { Page, Skeleton } from '../../parts/page.tsx'

export function Overview() {
  return (
    <Page title="Overview">
      <Skeleton />
    </Page>
  )
}
