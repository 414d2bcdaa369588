/**
 * What belongs to the person and not to a tenant: name, password, sessions, how the console looks; and
 * behind the three dots, the API keys they make.
 *
 * Whether a dialog is open is in the address, so that other pages can link to "make a key for this
 * tenant".
 *
 * @module
 */

import { useNavigate, useSearch } from '@tanstack/react-router'
import { lastTenant } from '../../frame/preferences.ts'
import { findTenant, useSession } from '../../frame/tenant.tsx'
import { Icon } from '../../parts/icon.tsx'
import { MenuItem, MoreActions } from '../../parts/menu.tsx'
import { Page } from '../../parts/page.tsx'
import { Note } from '../../parts/problem.tsx'
import { ApiKeyDialog } from '../api-keys/api-key-dialog.tsx'
import { Appearance } from './appearance.tsx'
import { ChangePassword } from './change-password.tsx'
import { Profile } from './profile.tsx'
import { Sessions } from './sessions.tsx'

export function MyStuff() {
  const session = useSession()
  const { open, tenant } = useSearch({ from: '/signed-in/my-stuff' })
  const navigate = useNavigate({ from: '/my-stuff' })
  const show = (what: string | undefined, inTenant?: string) =>
    navigate({ search: { open: what, tenant: inTenant }, replace: true, resetScroll: false })
  const startsIn =
    findTenant(session, tenant ?? lastTenant() ?? '') ??
    findTenant(session, session.tenants[0]?.name ?? '')
  return (
    <Page
      title="My Stuff"
      intro={
        <>
          {session.operator.name !== session.operator.email &&
            session.operator.name &&
            `${session.operator.name}, `}
          {session.operator.email}
        </>
      }
      actions={
        <MoreActions>
          <MenuItem onSelect={() => show('api-key')}>
            <Icon sign="key" /> API Key
          </MenuItem>
          {session.hasPassword && (
            <MenuItem onSelect={() => show('password')}>Change password</MenuItem>
          )}
        </MoreActions>
      }
    >
      {open === 'proved' && (
        <Note kind="good">
          That is done: it was you. This tab may be closed; what you began goes on in the other.
        </Note>
      )}
      <Profile />
      <Sessions />
      <Appearance />
      <ApiKeyDialog
        isOpen={open === 'api-key'}
        tenant={startsIn}
        onTenant={(name) => show('api-key', name)}
        onClose={() => show(undefined)}
      />
      <ChangePassword isOpen={open === 'password'} onClose={() => show(undefined)} />
    </Page>
  )
}
