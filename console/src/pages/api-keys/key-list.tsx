/** The keys of a tenant, each with who used it last: what one must know before taking it away. */

import type { KeyRow } from '../../../../src/server/admin/types.ts'
import { MenuItem, MoreActions } from '../../parts/menu.tsx'
import { Soft } from '../../parts/page.tsx'
import { Status, Tag, type Tone } from '../../parts/status.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import { visible } from '../../words/hidden.ts'
import styles from './api-keys.module.css'

const STATES: Readonly<Record<KeyRow['state'], readonly [Tone, string]>> = {
  active: ['good', 'Active'],
  expiring: ['warn', 'Expires soon'],
  expired: ['none', 'Expired'],
  revoked: ['none', 'Revoked'],
}

interface Props {
  /** All of the tenant. */
  readonly keys: readonly KeyRow[]
  /** Whether those are shown that nobody can use any more, or the others. */
  readonly isEnded: boolean
  readonly canChange: boolean
  readonly onRotate: (key: KeyRow) => void
  readonly onRevoke: (key: KeyRow) => void
}

export function KeyList({ keys, isEnded, canChange, onRotate, onRevoke }: Props) {
  const shown = keys.filter((key) => isOver(key) === isEnded)
  return (
    <ul
      className={styles.keys}
      aria-label={isEnded ? 'Keys that have ended' : 'Keys of this tenant'}
    >
      {shown.map((key) => (
        <li key={key.id} className={styles.key} data-over={isOver(key) || undefined}>
          <div className={styles.keyHead}>
            <h3>
              <Text of={key.name} />
            </h3>
            <KeyState apiKey={key} />
            {canChange && key.state !== 'revoked' && (
              <MoreActions label={`More actions for ${key.name}, …${key.last4}`}>
                {!(isOver(key) && hasSuccessor(key, keys)) && (
                  <MenuItem onSelect={() => onRotate(key)}>Rotate</MenuItem>
                )}
                <MenuItem onSelect={() => onRevoke(key)} isDanger>
                  Revoke
                </MenuItem>
              </MoreActions>
            )}
          </div>
          <p className={styles.keyLine}>
            <code>{key.shown}</code>
            <Tag>{key.scope === 'write' ? 'read and write' : 'read only'}</Tag>
          </p>
          <p className={styles.keyFacts}>
            <span>
              Created <Time at={key.created} as="day" />
            </span>
            <span>
              <Ending apiKey={key} isReplaced={isReplaced(key, keys)} />
            </span>
            <LastUse apiKey={key} />
          </p>
        </li>
      ))}
    </ul>
  )
}

export function KeyState({ apiKey }: { readonly apiKey: KeyRow }) {
  const [tone, word] = STATES[apiKey.state]
  return <Status tone={tone}>{word}</Status>
}

export function isOver(key: KeyRow): boolean {
  return key.state === 'expired' || key.state === 'revoked'
}

/** Whether another key goes on when this one ends: it was rotated. */
export function isReplaced(key: KeyRow, keys: readonly KeyRow[]): boolean {
  return key.state === 'expiring' && hasSuccessor(key, keys)
}

/** The key that is used where this one was, and was not rotated itself: its life is not shortened. */
export function heirOf(key: KeyRow, keys: readonly KeyRow[]): KeyRow {
  const next = keys.find(({ replaces }) => replaces === key.id)
  return next ? heirOf(next, keys) : key
}

function hasSuccessor({ id }: KeyRow, keys: readonly KeyRow[]): boolean {
  return keys.some((other) => other.replaces === id && !isOver(other))
}

function Ending({ apiKey, isReplaced }: { readonly apiKey: KeyRow; readonly isReplaced: boolean }) {
  if (apiKey.revoked !== null) {
    return (
      <>
        Revoked <Time at={apiKey.revoked} />
      </>
    )
  }
  if (apiKey.expires === null) return <>Never expires</>
  if (isReplaced) {
    return (
      <>
        Replaced, ends <Time at={apiKey.expires} />
      </>
    )
  }
  return (
    <>
      {apiKey.state === 'expired' ? 'Expired' : 'Expires'} <Time at={apiKey.expires} />
    </>
  )
}

/** "Last used 3 minutes ago by Entra ID, from 20.190.151.7". */
export function LastUse({ apiKey: { lastUsed } }: { readonly apiKey: KeyRow }) {
  if (!lastUsed) return <span>Never used</span>
  return (
    <span>
      Last used <Time at={lastUsed.at} />
      {(lastUsed.client ?? lastUsed.agent) && (
        <>
          {' by '}
          <span title={lastUsed.agent ? visible(lastUsed.agent) : undefined}>
            <Text of={lastUsed.client ?? lastUsed.agent ?? ''} />
          </span>
        </>
      )}
      {lastUsed.from && (
        <>
          , from <Soft>{lastUsed.from}</Soft>
        </>
      )}
    </span>
  )
}
