import { Page, Skeleton } from '../../parts/page.tsx'

export function MyStuff() {
  return (
    <Page title="My Stuff">
      <Skeleton />
    </Page>
  )
}
