import { Page, Skeleton } from '../../parts/page.tsx'

export function OneRequest() {
  return (
    <Page title="Request">
      <Skeleton />
    </Page>
  )
}
