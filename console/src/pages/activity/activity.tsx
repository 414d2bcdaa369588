import { Page, Skeleton } from '../../parts/page.tsx'

export function Activity() {
  return (
    <Page title="Activity">
      <Skeleton />
    </Page>
  )
}
