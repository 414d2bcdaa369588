import { Page, Skeleton } from '../../parts/page.tsx'

export function Suspended() {
  return (
    <Page title="Suspended">
      <Skeleton />
    </Page>
  )
}
