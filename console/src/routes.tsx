/**
 * Every address of the console. A page is a file of its own, loaded when it is first gone to; what is
 * in its query is named here.
 *
 * @module
 */

import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  useNavigate,
  useParams,
  useRouter,
} from '@tanstack/react-router'
import { useCallback } from 'react'
import { ApiError, orNoAnswer } from './api/api.ts'
import { sessionQuery } from './api/queries/people.ts'
import { ConfirmPassword } from './frame/confirm-password.tsx'
import { Frame } from './frame/frame.tsx'
import { Lost, LostOutside, NoTenant, Trouble, Waiting } from './frame/instead.tsx'
import { lastTenant } from './frame/preferences.ts'
import { findTenant, useSession } from './frame/tenant.tsx'
import { Toasts } from './parts/toasts.tsx'
import { known, parseSearch, printSearch } from './search.ts'
import { FILTERS } from './words/activity.ts'

const root = createRootRouteWithContext<{ readonly client: QueryClient }>()({
  component: Root,
  notFoundComponent: LostOutside,
})

function Root() {
  const navigate = useNavigate()
  const router = useRouter()
  const leave = useCallback(
    (isGuessed: boolean) => {
      const { pathname, href } = router.state.location
      const search = { back: href, ended: isGuessed ? 'passwords' : '1' }
      if (!pathname.startsWith('/sign-in')) void navigate({ to: '/sign-in', search })
    },
    [navigate, router],
  )
  return (
    <>
      <Outlet />
      <ConfirmPassword onSignIn={leave} />
      <Toasts />
    </>
  )
}

// Without a session --------------------------------------------------------------------------------

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: known('back', 'error', 'ended'),
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/sign-in/sign-in.tsx')), 'SignIn'),
})

const signInLink = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/link',
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/sign-in/link.tsx')), 'SignInLink'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: known('idp'),
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/connect/setup.tsx')), 'Setup'),
})

// With one -----------------------------------------------------------------------------------------

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Frame,
  beforeLoad: async ({ context, location }) => {
    try {
      return { session: await context.client.ensureQueryData(sessionQuery) }
    } catch (error) {
      if (error instanceof ApiError && error.problem.status === 401) {
        throw redirect({ to: '/sign-in', search: { back: location.href } })
      }
      throw error
    }
  },
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: ({ context: { session } }) => {
    const last = findTenant(session, lastTenant() ?? '') ?? session.tenants[0]
    if (!last) throw redirect({ to: '/my-stuff' })
    throw redirect({ to: '/t/$tenant/overview', params: { tenant: last.name } })
  },
})

const myStuff = createRoute({
  getParentRoute: () => signedIn,
  path: '/my-stuff',
  validateSearch: known('open', 'tenant'),
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/my-stuff/my-stuff.tsx')),
    'MyStuff',
  ),
})

const strangers = createRoute({
  getParentRoute: () => signedIn,
  path: '/unknown-keys',
  validateSearch: known('before'),
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/activity/strangers.tsx')),
    'Strangers',
  ),
})

const stranger = createRoute({
  getParentRoute: () => signedIn,
  path: '/unknown-keys/$seq',
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/activity/stranger.tsx')),
    'OneStranger',
  ),
})

const tenant = createRoute({
  getParentRoute: () => signedIn,
  path: '/t/$tenant',
  component: OfTenant,
  beforeLoad: ({ params, location }) => {
    if (/^\/t\/[^/]+\/?$/.test(location.pathname)) {
      throw redirect({ to: '/t/$tenant/overview', params })
    }
  },
})

// Not thrown: whoever may not enter has made no mistake that a browser should complain of.
function OfTenant() {
  const { tenant } = useParams({ strict: false })
  return findTenant(useSession(), tenant ?? '') ? <Outlet /> : <NoTenant name={tenant ?? ''} />
}

const overview = createRoute({
  getParentRoute: () => tenant,
  path: '/overview',
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/overview/overview.tsx')),
    'Overview',
  ),
})

const users = createRoute({
  getParentRoute: () => tenant,
  path: '/users',
  validateSearch: known('q', 'filter', 'after'),
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/users/users.tsx')), 'Users'),
})

const user = createRoute({
  getParentRoute: () => tenant,
  path: '/users/$id',
  validateSearch: known('part', 'kind'),
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/users/user.tsx')), 'User'),
})

const suspended = createRoute({
  getParentRoute: () => tenant,
  path: '/suspended',
  validateSearch: known('q', 'after'),
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/suspended/suspended.tsx')),
    'Suspended',
  ),
})

const groups = createRoute({
  getParentRoute: () => tenant,
  path: '/groups',
  validateSearch: known('q', 'filter', 'after'),
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/groups/groups.tsx')), 'Groups'),
})

const group = createRoute({
  getParentRoute: () => tenant,
  path: '/groups/$id',
  validateSearch: known('part', 'kind', 'q', 'after'),
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/groups/group.tsx')), 'Group'),
})

const activity = createRoute({
  getParentRoute: () => tenant,
  path: '/activity',
  validateSearch: known(...FILTERS, 'before', 'live', 'go'),
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/activity/activity.tsx')),
    'Activity',
  ),
})

const activityOne = createRoute({
  getParentRoute: () => tenant,
  path: '/activity/$seq',
  validateSearch: known(...FILTERS),
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/activity/request.tsx')),
    'OneRequest',
  ),
})

const connect = createRoute({
  getParentRoute: () => tenant,
  path: '/connect',
  validateSearch: known('key'),
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/connect/connect.tsx')), 'Connect'),
})

const connectOne = createRoute({
  getParentRoute: () => tenant,
  path: '/connect/$idp',
  validateSearch: known('key'),
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/connect/guide-page.tsx')),
    'GuidePage',
  ),
})

const tryIt = createRoute({
  getParentRoute: () => tenant,
  path: '/try',
  validateSearch: known('seq'),
  component: lazyRouteComponent(() => orNoAnswer(import('./pages/try/try.tsx')), 'Try'),
})

const settings = createRoute({
  getParentRoute: () => tenant,
  path: '/settings',
  validateSearch: known('part'),
  component: lazyRouteComponent(
    () => orNoAnswer(import('./pages/settings/settings.tsx')),
    'Settings',
  ),
})

// Who mistyped an address in a tenant still has its navigation.
const nowhere = createRoute({
  getParentRoute: () => tenant,
  path: '$',
  component: Lost,
})

const tree = root.addChildren([
  signIn,
  signInLink,
  setup,
  signedIn.addChildren([
    home,
    myStuff,
    strangers,
    stranger,
    tenant.addChildren([
      overview,
      users,
      user,
      suspended,
      groups,
      group,
      activity,
      activityOne,
      connect,
      connectOne,
      tryIt,
      settings,
      nowhere,
    ]),
  ]),
])

export function routerFor(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    parseSearch,
    stringifySearch: printSearch,
    defaultPreload: 'intent',
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Trouble,
    defaultNotFoundComponent: Lost,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof routerFor>
  }
}
