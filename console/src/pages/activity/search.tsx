/** How far back a search has got that has not found enough, and the way to go on or to stop. */

import { Button } from '../../parts/button.tsx'
import { Time } from '../../parts/time.tsx'
import styles from './activity.module.css'

interface Props {
  readonly to: number
  readonly isRunning: boolean
  readonly hasFound: boolean
  readonly onStop: () => void
  readonly onGo: () => void
}

export function Search({ to, isRunning, hasFound, onStop, onGo }: Props) {
  return (
    <div className={styles.search} data-running={isRunning || undefined}>
      <p role="status">
        {isRunning
          ? `Searching for ${hasFound ? 'older ones' : 'requests that fit'}.`
          : hasFound
            ? 'There may be older ones that fit.'
            : 'None that fits was found so far.'}
      </p>
      <p>
        Searched back to <Time at={to} as="whole" />
      </p>
      {isRunning ? (
        <Button onClick={onStop}>Stop</Button>
      ) : (
        <Button onClick={onGo}>Go on searching</Button>
      )}
    </div>
  )
}
