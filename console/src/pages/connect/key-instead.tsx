/** What stands in a guide where the key goes, as long as nobody here knows it whole. */

import type { KeyRow } from '../../../../src/server/admin/types.ts'
import type { Tenant } from '../../frame/tenant.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { GUIDES, type Guide } from './guides.ts'

interface Props {
  readonly guide: Guide
  readonly tenant: Tenant
  /** The one that the guide is about. */
  readonly chosen: KeyRow | undefined
  readonly onMake: () => void
}

export function KeyInstead({ guide, tenant, chosen, onMake }: Props) {
  const other = chosen && otherUser(chosen, guide)
  return (
    <>
      {chosen ? (
        <p>
          The key “{chosen.name}”, which ends in {chosen.last4}. It was shown once, when it was
          made; if it is lost, make another.
          {chosen.scope === 'read' && (
            <>
              {' '}
              <strong>It may only read:</strong> an identity provider needs one that may write.
            </>
          )}
          {other && (
            <>
              {' '}
              <strong>{other} uses it:</strong> make one for {guide.name}, so that each can be told
              apart and taken away alone.
            </>
          )}
        </p>
      ) : (
        <p>An API key of this tenant. It is shown once, when it is made.</p>
      )}
      {tenant.isAdmin ? (
        <Button sign="key" onClick={onMake}>
          {chosen ? 'Make another API key' : 'Make an API key'}
        </Button>
      ) : (
        <ButtonLink to="/my-stuff" search={{ open: 'api-key', tenant: tenant.name }} sign="key">
          See the API keys
        </ButtonLink>
      )}
    </>
  )
}

/** The identity provider that used a key last, when that is not the guide's own. */
function otherUser({ lastUsed }: KeyRow, { id, name }: Guide): string | undefined {
  const client = lastUsed?.client ?? undefined
  if (client === undefined || id === 'other' || name.includes(client)) return undefined
  return GUIDES.some((guide) => guide.name.includes(client)) ? client : undefined
}
