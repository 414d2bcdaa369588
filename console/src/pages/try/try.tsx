/**
 * A SCIM request to be tried: carried out for real, and undone. One begins with an example, or with a
 * request of Activity that is in the address.
 *
 * @module
 */

import { useMutation, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { tryRequest } from '../../api/changes.ts'
import { activityDetailQuery, groupsQuery, settingsQuery, usersQuery } from '../../api/queries.ts'
import { useTenant } from '../../frame/tenant.tsx'
import { Button } from '../../parts/button.tsx'
import { Choices, Form, SelectField, TextField } from '../../parts/field.tsx'
import { pretty } from '../../parts/json.tsx'
import { Empty, Page, Skeleton, Stack } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { METHODS } from '../../words/activity.ts'
import { Editor } from './editor.tsx'
import { type Draft, type Example, examplesWith } from './examples.ts'
import { Result } from './result.tsx'
import styles from './try.module.css'

const NOBODY = '00000000-0000-0000-0000-000000000000'

export function Try() {
  const tenant = useTenant()
  const { seq } = useSearch({ from: '/signed-in/t/$tenant/try' })
  const examples = useExamples(tenant.name)
  const recorded = useQuery({
    ...activityDetailQuery(tenant.name, seq ?? ''),
    enabled: seq !== undefined,
  })
  const isWaiting = !examples || (seq !== undefined && recorded.isPending)
  return (
    <Page
      title="Try it"
      intro="Paste a SCIM request and see what this tenant would do with it. It is carried out for real and undone: nothing is stored, nobody is told."
    >
      {recorded.error && <Problem error={recorded.error} onRetry={() => recorded.refetch()} />}
      {recorded.data?.request.omitted && (
        <Note kind="warn">
          The body of that request was not kept whole, so it has to be written here again.
        </Note>
      )}
      {!tenant.isAdmin && (
        <Note kind="warn">
          To try a request one has to be an admin of this tenant. You are a viewer; ask an owner.
        </Note>
      )}
      {isWaiting ? (
        <Skeleton lines={8} />
      ) : (
        <Bench
          key={seq ?? ''}
          tenant={tenant.name}
          examples={examples}
          first={recorded.data ? draftOf(recorded.data) : (examples[0] as Example).draft}
        />
      )}
    </Page>
  )
}

function draftOf({
  row,
  request,
}: {
  readonly row: { readonly method: string; readonly path: string; readonly query: string }
  readonly request: { readonly body: string | null }
}): Draft {
  return {
    method: row.method,
    path: row.path + (row.query && `?${row.query}`),
    body: request.body === null ? '' : pretty(request.body),
  }
}

/** With a user and a group that are there, if there are any. `undefined` until that is known. */
function useExamples(tenant: string): readonly Example[] | undefined {
  const users = useQuery(usersQuery(tenant, { count: '1' }))
  const groups = useQuery(groupsQuery(tenant, { count: '5' }))
  if (users.isPending || groups.isPending) return undefined
  const [user] = users.data?.rows ?? []
  // The first is often one that everybody is in already.
  const group = groups.data?.rows.at(-1)
  return examplesWith({
    userId: user?.id ?? NOBODY,
    userName: user?.userName ?? 'maria.lopez@example.com',
    groupId: group?.id ?? NOBODY,
  })
}

function Bench({
  tenant,
  examples,
  first,
}: {
  readonly tenant: string
  readonly examples: readonly Example[]
  readonly first: Draft
}) {
  const [draft, setDraft] = useState(first)
  const settings = useQuery(settingsQuery(tenant)).data
  const [chosen, setProfile] = useState<'tolerant' | 'strict' | null>(null)
  const profile = chosen ?? settings?.profile ?? 'tolerant'
  const attempt = useMutation({ mutationFn: () => tryRequest(tenant, { ...draft, profile }) })
  const hasBody = draft.method !== 'GET' && draft.method !== 'DELETE'
  const begin = (next: Draft): void => {
    setDraft(next)
    attempt.reset()
  }
  return (
    <div className={styles.bench}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if (!attempt.isPending) attempt.mutate()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.currentTarget.requestSubmit()
          }
        }}
      >
        <fieldset className={styles.examples}>
          <legend>Begin with</legend>
          {examples.map((example) => (
            <button
              key={example.id}
              type="button"
              aria-pressed={draft === example.draft || undefined}
              onClick={() => begin(example.draft)}
            >
              {example.name}
            </button>
          ))}
        </fieldset>
        <div className={styles.line}>
          <SelectField
            label="Method"
            value={draft.method}
            onChange={(event) => setDraft({ ...draft, method: event.target.value })}
          >
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </SelectField>
          <TextField
            label="Path"
            isCode
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="none"
            value={draft.path}
            onChange={(event) => setDraft({ ...draft, path: event.target.value })}
          />
        </div>
        {hasBody && (
          <Editor
            label="Body"
            value={draft.body}
            onChange={(body) => setDraft({ ...draft, body })}
          />
        )}
        <Choices
          legend="Profile"
          isInline
          value={profile}
          onChange={setProfile}
          choices={[
            { value: 'tolerant', label: name('Tolerant', settings?.profile === 'tolerant') },
            { value: 'strict', label: name('Strict', settings?.profile === 'strict') },
          ]}
        />
        <div className={styles.send}>
          <Button type="submit" look="primary" sign="try" isBusy={attempt.isPending}>
            Try it
          </Button>
          <span className={styles.hint}>Nothing is stored.</span>
        </div>
      </Form>
      <section aria-label="What would come of it" aria-live="polite" className={styles.result}>
        <Stack>
          {attempt.error && <Problem error={attempt.error} />}
          {attempt.isPending && <Skeleton lines={6} label="Trying it" />}
          {attempt.data && !attempt.isPending && <Result result={attempt.data} />}
          {attempt.isIdle && (
            <Empty title="The answer comes here">
              With the record that would be stored, what of it would be different, which quirks were
              met, and, if it is refused, why and what to do.
            </Empty>
          )}
        </Stack>
      </section>
    </div>
  )
}

function name(word: string, isOwn: boolean): string {
  return isOwn ? `${word}, as this tenant is` : word
}
