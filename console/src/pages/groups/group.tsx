import { Page, Skeleton } from '../../parts/page.tsx'

export function Group() {
  return (
    <Page title="Group">
      <Skeleton />
    </Page>
  )
}
