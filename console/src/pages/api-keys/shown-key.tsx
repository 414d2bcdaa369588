/**
 * The one time a whole key is seen: to be copied, tried out, and put where it belongs. It cannot be shown
 * again, so leaving before it was saved asks once more.
 *
 * @module
 */

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { CreatedKey, KeyRow, KeyTest } from '../../../../src/server/admin/types.ts'
import { testKey } from '../../api/changes.ts'
import { Button } from '../../parts/button.tsx'
import { CodeBlock, CopyValue } from '../../parts/copy.tsx'
import { FormButtons } from '../../parts/field.tsx'
import { Stack } from '../../parts/page.tsx'
import { Note } from '../../parts/problem.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Time } from '../../parts/time.tsx'
import styles from './api-keys.module.css'
import { isOver } from './key-list.tsx'
import { curlFor } from './snippets.ts'
import { TestIt } from './test-key.tsx'

interface Props {
  readonly tenant: string
  readonly created: CreatedKey
  /** The one whose place it takes. */
  readonly old?: KeyRow | undefined
  readonly isLeaving: boolean
  readonly onStay: () => void
  readonly onDone: () => void
  readonly showsSnippets?: boolean
}

export function ShownKey({
  tenant,
  created,
  old,
  isLeaving,
  onStay,
  onDone,
  showsSnippets = true,
}: Props) {
  const { secret } = created
  const saved = useRef<HTMLButtonElement>(null)
  const wasLeaving = useRef(false)
  useEffect(() => {
    if (wasLeaving.current && !isLeaving) saved.current?.focus()
    wasLeaving.current = isLeaving
  }, [isLeaving])
  return (
    <NewKey
      created={created}
      old={old}
      tenant={tenant}
      onTest={() => testKey(tenant, secret)}
      showsSnippets={showsSnippets}
    >
      {isLeaving ? (
        <Leaving onStay={onStay} onLeave={onDone} name={created.key.name} />
      ) : (
        <FormButtons>
          <Button ref={saved} look="primary" onClick={onDone}>
            I have saved it
          </Button>
        </FormButtons>
      )}
    </NewKey>
  )
}

/** The key with all that is done with it; a guest with a setup link sees the same. */
export function NewKey({
  created: { key, secret, baseUrl, isPublic },
  old,
  tenant,
  onTest,
  showsSnippets = true,
  children,
}: {
  readonly created: CreatedKey
  readonly old?: KeyRow | undefined
  readonly tenant: string
  readonly onTest: () => Promise<KeyTest>
  readonly showsSnippets?: boolean
  readonly children?: ReactNode
}) {
  const start = useRef<HTMLParagraphElement>(null)
  useEffect(() => start.current?.focus(), [])
  return (
    <Stack>
      <p ref={start} tabIndex={-1} className={styles.start}>
        This is the only time <strong>{key.name}</strong> is shown. It opens the tenant{' '}
        <strong>{tenant}</strong>. Put it where it will be used, or into a password manager.
      </p>
      {old && !isOver(old) && old.expires !== null && (
        <p>
          The old key, {old.shown}, still works. It ends <Time at={old.expires} />.
        </p>
      )}
      <CopyValue label="API key" value={secret} what="the API key" />
      <CopyValue label="SCIM base URL" value={baseUrl} what="the base URL" />
      <TestIt onTest={onTest} />
      {showsSnippets && <Snippets baseUrl={baseUrl} secret={secret} isPublic={isPublic} />}
      {children}
    </Stack>
  )
}

function Snippets({
  baseUrl,
  secret,
  isPublic,
}: Pick<CreatedKey, 'baseUrl' | 'secret' | 'isPublic'>) {
  const [snippet, setSnippet] = useState('curl')
  const unreached = isPublic
    ? undefined
    : 'Not reached from the cloud: start the service with --public-url, under a public name with TLS.'
  return (
    <Tabs
      label="Where it goes"
      value={snippet}
      onChange={setSnippet}
      tabs={[
        {
          value: 'curl',
          label: 'curl',
          panel: (
            <CodeBlock
              label="Lists the first user"
              what="the command"
              text={curlFor(baseUrl, secret)}
            />
          ),
        },
        {
          value: 'entra',
          label: 'Entra ID',
          panel: (
            <Stack>
              <p>Enterprise application, Provisioning, Admin Credentials:</p>
              <CopyValue
                label="Tenant URL"
                value={baseUrl}
                what="the Tenant URL"
                hint={unreached}
              />
              <CopyValue label="Secret Token" value={secret} what="the Secret Token" />
            </Stack>
          ),
        },
        {
          value: 'okta',
          label: 'Okta',
          panel: (
            <Stack>
              <p>Application, Provisioning, Integration, API, with HTTP Header:</p>
              <CopyValue label="Base URL" value={baseUrl} what="the Base URL" hint={unreached} />
              <CopyValue label="API Token" value={secret} what="the API Token" />
            </Stack>
          ),
        },
      ]}
    />
  )
}

function Leaving({
  name,
  onStay,
  onLeave,
}: {
  readonly name: string
  readonly onStay: () => void
  readonly onLeave: () => void
}) {
  const stay = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    stay.current?.focus()
    stay.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div role="alertdialog" aria-label="Leave without saving the key?">
      <Note kind="warn">
        <p>
          <strong>{name} will not be shown again.</strong> If you have not saved it, it is of no use
          to anybody and you will make another.
        </p>
        <FormButtons>
          <Button ref={stay} onClick={onStay}>
            Back to the key
          </Button>
          <Button look="danger" onClick={onLeave}>
            Leave it
          </Button>
        </FormButtons>
      </Note>
    </div>
  )
}
