/** A command for who may use the command line of the service, fitting how it was started. */

import { useQuery } from '@tanstack/react-query'
import { signInWaysQuery } from '../../api/queries.ts'

export function OnServer({ words }: { readonly words: string }) {
  const flags = useQuery(signInWaysQuery).data?.flags ?? []
  return (
    <>
      <code>{['npm run -s rollcall --', words, ...flags].join(' ')}</code>
      {flags.some((flag) => flag.endsWith(' URL')) &&
        ', where URL is the database that the service was started with'}
    </>
  )
}
