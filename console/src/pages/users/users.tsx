import { Page, Skeleton } from '../../parts/page.tsx'

export function Users() {
  return (
    <Page title="Users">
      <Skeleton />
    </Page>
  )
}
