import { Page, Skeleton } from '../../parts/page.tsx'

export function Setup() {
  return (
    <Page title="Setup">
      <Skeleton />
    </Page>
  )
}
