import { Page, Skeleton } from '../../parts/page.tsx'

export function Groups() {
  return (
    <Page title="Groups">
      <Skeleton />
    </Page>
  )
}
