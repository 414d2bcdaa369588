/**
 * Where a request is written and what would come of it. One that is pasted as a whole, in whichever field,
 * is taken apart into them.
 *
 * @module
 */

import { useMutation, useQuery } from '@tanstack/react-query'
import { type ClipboardEvent, useState } from 'react'
import { tryRequest } from '../../api/changes.ts'
import { connectQuery } from '../../api/queries/connections.ts'
import { settingsQuery } from '../../api/queries/tenants.ts'
import { Button } from '../../parts/button.tsx'
import { Choices, Form, SelectField, TextField } from '../../parts/field.tsx'
import { Empty, Skeleton, Stack } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { METHODS } from '../../words/methods.ts'
import { type Draft, sorted } from './draft.ts'
import { Editor } from './editor.tsx'
import type { Example } from './examples.ts'
import { Headers } from './headers.tsx'
import { type Pasted, pasted, unreadable } from './pasted.ts'
import { Result } from './result.tsx'
import { TakenApart } from './taken-apart.tsx'
import styles from './try.module.css'

export function Bench({
  tenant,
  examples,
  first,
}: {
  readonly tenant: string
  readonly examples: readonly Example[]
  readonly first: Draft
}) {
  const [draft, setDraft] = useState(first)
  const [taken, setTaken] = useState<{ of: Pasted; before: Draft } | null>(null)
  const [unread, setUnread] = useState<string>()
  const settings = useQuery(settingsQuery(tenant)).data
  const connect = useQuery({ ...connectQuery(tenant, undefined), refetchInterval: false }).data
  const baseUrl = connect?.baseUrl ?? `${location.origin}/scim/v2`
  const [chosen, setProfile] = useState<'tolerant' | 'strict' | null>(null)
  const profile = chosen ?? settings?.profile ?? 'tolerant'
  const attempt = useMutation({
    mutationFn: ({ headers, ...request }: Draft) =>
      tryRequest(tenant, { ...request, headers: sorted(headers).counting, profile }),
  })
  const hasBody = draft.method !== 'GET' && draft.method !== 'DELETE'
  const begin = (next: Draft): void => {
    setDraft(next)
    setTaken(null)
    setUnread(undefined)
    attempt.reset()
  }
  const take = (text: string): Draft | undefined => {
    const whole = pasted(text, baseUrl)
    if (whole === undefined) return undefined
    begin(whole.draft)
    setTaken({ of: whole, before: draft })
    return whole.draft
  }
  return (
    <div className={styles.bench}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if (attempt.isPending) return
          // It may have come by another way than the clipboard.
          attempt.mutate(take(draft.body) ?? draft)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            event.currentTarget.requestSubmit()
          }
        }}
        onPaste={(event: ClipboardEvent) => {
          const text = event.clipboardData.getData('text')
          const whole = take(text)
          const why = whole ? undefined : unreadable(text)
          setUnread(why)
          if (whole ?? why) event.preventDefault()
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
        <p className={styles.hint}>
          Or paste a request as a whole into any field: as it went over the wire, or as a curl
          command.
        </p>
        <TakenApart unread={unread} taken={taken?.of} onUndo={() => taken && begin(taken.before)} />
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
        <Headers value={draft.headers} onChange={(headers) => setDraft({ ...draft, headers })} />
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
          {attempt.data && !attempt.isPending && (
            <Result
              result={attempt.data}
              comesBack={settings?.recreate !== 'new'}
              tenant={tenant}
            />
          )}
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
