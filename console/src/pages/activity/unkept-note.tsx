/** Says that requests came which are in no list, so that nobody takes them for never sent. */

import type { Unkept } from '../../../../src/server/admin/types.ts'
import { count, Time } from '../../parts/time.tsx'
import styles from './activity.module.css'

export function UnkeptNote({ unkept }: { readonly unkept: Unkept | null }) {
  if (unkept === null) return null
  const isOne = unkept.count === 1
  return (
    <p role="status" className={styles.unkept}>
      {count(unkept.count, 'request')} that came between <Time at={unkept.from} as="clock" /> and{' '}
      <Time at={unkept.to} as="clock" /> {isOne ? 'was' : 'were'} counted and not kept: more came
      than could be written, or writing failed, of which the log tells.{' '}
      {isOne ? 'It is' : 'They are'} in no list.
    </p>
  )
}
