/**
 * What the palette offers besides pages and what is in the tenant: things to do, and places within pages,
 * each found by what people may call it.
 *
 * @module
 */

import type { SessionView } from '../../../src/server/admin/types.ts'
import { useTheme } from './preferences.ts'
import { useSignOut } from './sign-out.ts'
import type { Tenant } from './tenant.tsx'

export interface Deed {
  readonly title: string
  /** Other words for it, in small letters. */
  readonly words: string
  readonly to?: string
  readonly search?: Readonly<Record<string, string>>
  readonly act?: () => void
}

export interface NamedGuide {
  readonly id: string
  readonly name: string
}

export function useDeeds(
  tenant: Tenant | undefined,
  { isRoot, hasPassword, tenants }: SessionView,
  guides: readonly NamedGuide[],
): readonly Deed[] {
  const [theme, setTheme] = useTheme()
  const leave = useSignOut()
  return [
    ...(tenant ? ofTenant(tenant, guides) : []),
    ...tenants
      .filter(({ id }) => id !== tenant?.id)
      .map(({ name }) => ({
        title: `Tenant ${name}`,
        words: 'switch change go to',
        to: `/t/${encodeURIComponent(name)}/overview`,
      })),
    ...(isRoot
      ? [{ title: 'Unknown keys', words: 'stranger 401 unauthorized refused', to: '/unknown-keys' }]
      : []),
    ...(hasPassword
      ? [{ title: 'Change password', words: '', to: '/my-stuff', search: { open: 'password' } }]
      : []),
    ...(['light', 'dark', 'system'] as const)
      .filter((one) => one !== theme)
      .map((one) => ({
        title:
          one === 'system' ? 'Theme as the system' : `${one === 'dark' ? 'Dark' : 'Light'} theme`,
        words: 'colours appearance mode',
        act: () => setTheme(one),
      })),
    { title: 'Sign out', words: 'log out logout leave', act: () => void leave() },
  ]
}

function ofTenant({ name, isAdmin }: Tenant, guides: readonly NamedGuide[]): readonly Deed[] {
  const base = `/t/${encodeURIComponent(name)}`
  const part = (title: string, value: string, words: string): Deed => {
    return { title, words, to: `${base}/settings`, search: { part: value } }
  }
  return [
    {
      title: 'API key',
      words: 'api keys make create rotate revoke secret token bearer',
      to: '/my-stuff',
      search: { open: 'api-key', tenant: name },
    },
    ...guides.map((guide) => ({
      title: `Connect ${guide.name}`,
      words: 'guide identity provider setup provisioning',
      to: `${base}/connect/${guide.id}`,
    })),
    part('Schemas', 'schemas', 'attributes resource types'),
    ...(isAdmin
      ? [
          part('Operators', 'operators', 'invite role viewer admin owner colleague'),
          part('Audit log', 'audit', 'who did what'),
        ]
      : []),
  ]
}
