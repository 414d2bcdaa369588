/** Every route of the console's API. */

import type { AdminRoute } from './route.ts'
import { sessionRoutes } from './routes/session.ts'

export const routes: readonly AdminRoute[] = [...sessionRoutes]
