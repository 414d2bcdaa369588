/** Says where the requests that are kept begin, if sooner than their tenant wants, so that nobody takes them for all. */

import { Time } from '../../parts/time.tsx'
import styles from './activity.module.css'

export function KeptSince({ since }: { readonly since: number | null }) {
  if (since === null) return null
  return (
    <p className={styles.unkept}>
      Requests are kept since <Time at={since} as="whole" />. Older ones were forgotten before their
      time: all together took more than Rollcall may keep, which is said with{' '}
      <code>--journal-size</code>.
    </p>
  )
}
