import { Page, Skeleton } from '../../parts/page.tsx'

export function Connect() {
  return (
    <Page title="Connect">
      <Skeleton />
    </Page>
  )
}
