/**
 * The last sixty minutes as strokes: what went well above the line, what was refused or failed below
 * it, so that the two differ by place and not by colour alone. The same is there as a sentence.
 *
 * @module
 */

import type { Overview } from '../../../../src/server/admin/types.ts'
import { Section } from '../../parts/page.tsx'
import { count } from '../../parts/time.tsx'
import styles from './overview.module.css'

type Minutes = Overview['minutes']

const ABOVE = 84
const BELOW = 28
const STEP = 10
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

export function LastHour({ minutes }: { readonly minutes: Minutes }) {
  // A request is as high below the line as above it.
  const most = Math.max(1, ...minutes.map(({ ok }) => ok))
  const mostBad = Math.max(1, ...minutes.map(({ bad }) => bad))
  const unit = Math.min(ABOVE / most, (BELOW - 2) / mostBad)
  const height = (requests: number) => (requests === 0 ? 0 : Math.max(2, requests * unit))
  return (
    <Section title="The last hour" intro={inWords(minutes)}>
      <figure className={styles.chart}>
        <svg
          viewBox={`0 0 ${minutes.length * STEP} ${ABOVE + BELOW}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={inWords(minutes)}
        >
          {minutes.map(({ at, ok, bad }, index) => (
            <g key={at}>
              <title>
                {`${clock.format(at)}: ${count(ok, 'request')} went well, ${bad} did not`}
              </title>
              <rect
                x={index * STEP}
                y={0}
                width={STEP}
                height={ABOVE + BELOW}
                className={styles.hit}
              />
              <rect
                className={styles.ok}
                x={index * STEP + 3}
                width={4}
                y={ABOVE - height(ok)}
                height={height(ok)}
              />
              <rect
                className={styles.bad}
                x={index * STEP + 3}
                width={4}
                y={ABOVE + 2}
                height={height(bad)}
              />
            </g>
          ))}
          <line x1={0} x2={minutes.length * STEP} y1={ABOVE + 1} y2={ABOVE + 1} />
        </svg>
        <figcaption className={styles.axis}>
          <span>{minutes[0] && clock.format(minutes[0].at)}</span>
          <span>above the line: answered · below: refused or failed</span>
          <span>now</span>
        </figcaption>
      </figure>
    </Section>
  )
}

function inWords(minutes: Minutes): string {
  const ok = minutes.reduce((sum, minute) => sum + minute.ok, 0)
  const bad = minutes.reduce((sum, minute) => sum + minute.bad, 0)
  if (ok + bad === 0) return 'No request came in the last hour.'
  const busiest = minutes.reduce((a, b) => (b.ok + b.bad > a.ok + a.bad ? b : a))
  return (
    `${count(ok + bad, 'request')}; ${count(bad, 'was', 'were')} refused or failed. ` +
    `The busiest minute, ${clock.format(busiest.at)}, had ${count(busiest.ok + busiest.bad, 'of them', 'of them')}.`
  )
}
