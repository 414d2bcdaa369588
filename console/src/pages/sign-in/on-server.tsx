/** A command for who may use the command line of the service, fitting how it was started. */

import { useQuery } from '@tanstack/react-query'
import { signInWaysQuery } from '../../api/queries/people.ts'
import styles from './sign-in.module.css'

export function OnServer({ words }: { readonly words: string }) {
  const flags = useQuery(signInWaysQuery).data?.flags ?? []
  return (
    <>
      <code className={styles.command}>
        {`npm run -s rollcall -- ${words}`.split(' ').map((word) => (
          <span key={word}>{word} </span>
        ))}
        {flags.map((flag) => (
          <span key={flag}>{flag} </span>
        ))}
      </code>
      {flags.some((flag) => flag.endsWith(' URL')) &&
        'where URL is the database that the service was started with'}
    </>
  )
}
