/** What a DELETE would take away, in words. */

import type { Several, TryResult } from '../../../../src/server/admin/types.ts'
import { useTenant } from '../../frame/tenant.tsx'
import { Section, Soft } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { Text } from '../../parts/text.tsx'
import { count } from '../../parts/time.tsx'
import { visible } from '../../words/hidden.ts'
import styles from './try.module.css'

export function Removal({
  removal,
  comesBack,
}: {
  readonly removal: NonNullable<TryResult['removal']>
  /** Whether this tenant restores an account when one of its name is created. */
  readonly comesBack: boolean
}) {
  const { kind, id, display, groups, members } = removal
  return (
    <Section title="What would change">
      <p>
        <strong>
          <Text of={display ?? id} />{' '}
          {kind === 'suspended' ? 'would be suspended.' : 'would be deleted, for good.'}
        </strong>{' '}
        {display !== null && (
          <Soft>
            <code>{id}</code>
          </Soft>
        )}
      </p>
      {kind === 'suspended' && (
        <p>
          No client would find the account any more, and its user name would be free. It is kept
          under Suspended, to be restored or erased there.{' '}
          {comesBack
            ? 'A create with the same user name would bring it back, under the same id.'
            : 'A create with the same user name would make a new account: so the settings of this tenant have it.'}
        </p>
      )}
      {kind === 'deleted' && (
        <p>{members === 0 ? 'It has no members.' : `${count(members, 'member')} would lose it.`}</p>
      )}
      {groups.count > 0 ? (
        <Names
          words={`${visible(display ?? id)} would leave ${count(groups.count, 'group')}`}
          names={groups}
        />
      ) : (
        <p>
          <Text of={display ?? id} /> is in no group.
        </p>
      )}
    </Section>
  )
}

/** So many users or groups, each by its name with its id beside it. */
export function Names({ words, names }: { readonly words: string; readonly names: Several }) {
  const tenant = useTenant()
  const more = names.count - names.first.length
  if (names.count === 0) return null
  return (
    <div>
      <strong>{words}:</strong>
      <ul className={styles.names}>
        {names.first.map(({ id, display, type }) => (
          <li key={id}>
            {type === null ? (
              'Somebody unknown'
            ) : (
              <RecordLink tenant={tenant.name} type={type} id={id}>
                <Text of={display ?? id} />
              </RecordLink>
            )}{' '}
            <Soft>
              <code>{id}</code>
            </Soft>
          </li>
        ))}
        {more > 0 && <li>and {count(more, 'other')}</li>}
      </ul>
    </div>
  )
}
