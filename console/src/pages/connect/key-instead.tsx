/** What stands in a guide where the key goes, as long as nobody here knows it whole. */

import type { KeyRow } from '../../../../src/server/admin/types.ts'
import type { Tenant } from '../../frame/tenant.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'

interface Props {
  readonly tenant: Tenant
  /** The one that the guide is about. */
  readonly chosen: KeyRow | undefined
  readonly onMake: () => void
}

export function KeyInstead({ tenant, chosen, onMake }: Props) {
  return (
    <>
      {chosen ? (
        <p>
          The key “{chosen.name}”, which ends in {chosen.last4}. It was shown once, when it was
          made; if it is lost, make another.
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
