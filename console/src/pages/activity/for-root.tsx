/** In place of requests of nobody, for whoever may not see them. */

import { Empty } from '../../parts/page.tsx'

export function ForRoot() {
  return (
    <Empty title="These are shown to owners of the whole service only">
      A request whose key nobody knows could be anybody’s.
    </Empty>
  )
}
