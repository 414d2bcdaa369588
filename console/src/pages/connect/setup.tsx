/**
 * For the holder of a setup link, who has no account: choose the identity provider, make the key,
 * follow the guide, watch the checklist tick. The token stays in the fragment, which no server sees.
 *
 * @module
 */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useBlocker, useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { SetupView } from '../../../../src/server/admin/types.ts'
import { createSetupKey, testSetupKey } from '../../api/changes.ts'
import { isNoMore, setupQuery } from '../../api/queries/connections.ts'
import { Outside } from '../../frame/outside.tsx'
import { Button } from '../../parts/button.tsx'
import { FormButtons, SelectField } from '../../parts/field.tsx'
import { Section, Skeleton } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { Time } from '../../parts/time.tsx'
import { NewKey } from '../api-keys/shown-key.tsx'
import { Checklist } from './checklist.tsx'
import { GuideSteps } from './guide.tsx'
import { GUIDES } from './guides.ts'

export function Setup() {
  const hash = useLocation({ select: (location) => location.hash })
  // A key that is shown once is not lost to another link that is opened in this tab.
  const [held, setHeld] = useState<string | null>(null)
  const token = held ?? hash
  const setup = useQuery(setupQuery(token))
  if (setup.data) {
    return (
      <Steps
        key={token}
        token={token}
        view={setup.data}
        ended={isNoMore(setup.error) ? setup.error : null}
        isAnother={token !== hash}
        onHold={setHeld}
      />
    )
  }
  if (setup.error) return <Ended error={setup.error} />
  return (
    <Outside title="One moment">
      <Skeleton />
    </Outside>
  )
}

const Ended = ({ error }: { readonly error: Error }) => (
  <Outside title="This link does not work">
    <Problem error={error} />
  </Outside>
)

function Steps({
  token,
  view,
  ended,
  isAnother,
  onHold,
}: {
  readonly token: string
  readonly view: SetupView
  /** Why the link is good no more, if it is not. */
  readonly ended: Error | null
  /** Whether the address is that of another link by now. */
  readonly isAnother: boolean
  readonly onHold: (token: string | null) => void
}) {
  const { idp } = useSearch({ from: '/setup' })
  const navigate = useNavigate({ from: '/setup' })
  const client = useQueryClient()
  const create = useMutation({
    mutationFn: () => createSetupKey(token),
    onSuccess: () => client.invalidateQueries({ queryKey: setupQuery(token).queryKey }),
  })
  const [isSaved, setSaved] = useState(false)
  const isShown = create.data !== undefined && !isSaved
  // The link makes no other. No step within the page loses it, so the browser alone has to ask.
  useEffect(() => onHold(isShown ? token : null), [isShown, token, onHold])
  useBlocker({ shouldBlockFn: () => false, enableBeforeUnload: isShown, disabled: !isShown })
  const guide = GUIDES.find(({ id }) => id === idp)
  // A key that was made here stays in sight.
  if (ended && !create.data) return <Ended error={ended} />
  return (
    <Outside
      title={`Connect to ${view.tenant}`}
      intro={
        <>
          Your identity provider will send people and groups to {view.tenant}. This page needs no
          account; its link ends <Time at={view.expires} />.
        </>
      }
      isWide
    >
      {!view.isPublic && (
        <Note kind="warn">
          <strong>An identity provider in the cloud cannot reach {view.baseUrl}.</strong> Tell
          whoever sent you this link; the address has to be a public one first.
        </Note>
      )}
      {ended && <Problem error={ended} />}
      {isAnother && (
        <Note kind="warn">
          You opened another link. Save this key, and the other link is shown.
        </Note>
      )}
      <Section title="An API key">
        {create.data && !isSaved ? (
          <NewKey
            created={create.data}
            tenant={view.tenant}
            onTest={() => testSetupKey(token, create.data.secret)}
            showsSnippets={false}
          >
            <FormButtons>
              <Button look="primary" onClick={() => setSaved(true)}>
                I have saved it
              </Button>
            </FormButtons>
          </NewKey>
        ) : create.data ? (
          <Note kind="good">
            You have saved it. The guide below has it where it goes, until you leave this page.
          </Note>
        ) : view.checklist ? (
          <Note>
            The key of this link was made already, and keys are shown once. If it is lost, ask
            whoever sent you this link for another link.
          </Note>
        ) : (
          <>
            <p>
              The identity provider shows it with every request. It is made, and shown, once, and
              ends after a year.
            </p>
            {create.error && <Problem error={create.error} />}
            <div>
              <Button
                look="primary"
                sign="key"
                isBusy={create.isPending}
                onClick={() => create.mutate()}
              >
                Make the key
              </Button>
            </div>
          </>
        )}
      </Section>
      <Section title="The identity provider">
        <SelectField
          label="Which one is it?"
          value={guide?.id ?? ''}
          onChange={(event) =>
            navigate({ search: { idp: event.target.value }, hash: true, replace: true })
          }
        >
          <option value="" disabled>
            Choose …
          </option>
          {GUIDES.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        {guide && (
          <GuideSteps
            guide={guide}
            baseUrl={view.baseUrl}
            secret={create.data?.secret}
            keyInstead={
              <p>
                {view.checklist
                  ? 'The API key that this link made. It was shown once.'
                  : 'The API key: make it above.'}
              </p>
            }
            isGuest
          />
        )}
      </Section>
      <Section title="What works so far" intro="This list ticks by itself.">
        {view.checklist ? (
          <Checklist checklist={view.checklist} />
        ) : (
          <p>It begins when the key is made.</p>
        )}
      </Section>
    </Outside>
  )
}
