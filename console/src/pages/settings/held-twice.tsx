/** Before names of groups become unique: which are held by several groups already, and what becomes of them. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { groupNamesQuery } from '../../api/queries/tenants.ts'
import { Note, Problem } from '../../parts/problem.tsx'
import { Text } from '../../parts/text.tsx'
import { count } from '../../parts/time.tsx'
import { brief } from '../../words/values.ts'

export function HeldTwice({ tenant }: { readonly tenant: string }) {
  const names = useQuery(groupNamesQuery(tenant))
  if (names.error) return <Problem error={names.error} onRetry={() => names.refetch()} />
  if (!names.data) return <Note>Looking for names that several groups have …</Note>
  const { twice, isAtLeast, first } = names.data
  if (twice === 0) {
    return (
      <Note>
        {isAtLeast
          ? 'There are too many groups to compare all their names at once. Those that several groups have by now stay as they are.'
          : 'No name is held by more than one group now.'}
      </Note>
    )
  }
  const more = twice - first.length
  return (
    <Note kind="warn">
      <p>
        <strong>
          {isAtLeast && 'At least '}
          {count(twice, 'name')} {twice === 1 ? 'is' : 'are'} held by more than one group:
        </strong>{' '}
        {first.map(({ name, groups }, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <Link
              to="/t/$tenant/groups"
              params={{ tenant }}
              search={{ filter: `displayName eq ${JSON.stringify(name)}` }}
            >
              <Text of={brief(name)} />
            </Link>{' '}
            ({count(groups, 'group')})
          </span>
        ))}
        {more > 0 && ` and ${count(more, 'other')}`}.
      </p>
      <p>
        These groups stay as they are, and can be changed and deleted as before. Only a group that
        is made or renamed from then on is refused with 409 when another has its name.
      </p>
    </Note>
  )
}
