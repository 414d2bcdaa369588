import { Page, Skeleton } from '../../parts/page.tsx'

export function Settings() {
  return (
    <Page title="Settings">
      <Skeleton />
    </Page>
  )
}
