/** Every route of the console's API. */

import type { AdminRoute } from './route.ts'
import { linkRoutes } from './routes/links.ts'
import { myRoutes } from './routes/me.ts'
import { sessionRoutes } from './routes/session.ts'
import { signInRoutes } from './routes/sign-in.ts'

export const routes: readonly AdminRoute[] = [
  ...signInRoutes,
  ...linkRoutes,
  ...sessionRoutes,
  ...myRoutes,
]
