/** Every route of the console's API. */

import type { AdminRoute } from './route.ts'
import { activityRoutes } from './routes/activity.ts'
import { auditRoutes } from './routes/audit.ts'
import { connectRoutes } from './routes/connect.ts'
import { groupRoutes } from './routes/groups.ts'
import { keyRoutes } from './routes/keys.ts'
import { linkRoutes } from './routes/links.ts'
import { myRoutes } from './routes/me.ts'
import { oidcRoutes } from './routes/oidc.ts'
import { operatorRoutes } from './routes/operators.ts'
import { overviewRoutes } from './routes/overview.ts'
import { searchRoutes } from './routes/search.ts'
import { sessionRoutes } from './routes/session.ts'
import { setupRoutes } from './routes/setup.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { suspendedRoutes } from './routes/suspended.ts'
import { tenantRoutes } from './routes/tenants.ts'
import { tryRoutes } from './routes/try.ts'
import { userRoutes } from './routes/users.ts'

export const routes: readonly AdminRoute[] = [
  ...signInRoutes,
  ...oidcRoutes,
  ...linkRoutes,
  ...sessionRoutes,
  ...myRoutes,
  ...tenantRoutes,
  ...keyRoutes,
  ...operatorRoutes,
  ...auditRoutes,
  ...setupRoutes,
  ...userRoutes,
  ...suspendedRoutes,
  ...groupRoutes,
  ...searchRoutes,
  ...overviewRoutes,
  ...activityRoutes,
  ...connectRoutes,
  ...tryRoutes,
]
