import { Page, Skeleton } from '../../parts/page.tsx'

export function User() {
  return (
    <Page title="User">
      <Skeleton />
    </Page>
  )
}
