/** How the service behaves towards this tenant's identity providers, and what it keeps of them. */

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { TenantSettingsView } from '../../../../src/server/admin/types.ts'
import { changeSettings } from '../../api/changes.ts'
import { activityQuery } from '../../api/queries/requests.ts'
import { settingsQuery } from '../../api/queries/tenants.ts'
import type { Tenant } from '../../frame/tenant.tsx'
import { Button } from '../../parts/button.tsx'
import { Choices, Form, FormButtons, TextField } from '../../parts/field.tsx'
import { Skeleton, Stack } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { count } from '../../parts/time.tsx'
import { say } from '../../parts/toasts.tsx'
import { type Place, Unsaved } from '../../parts/unsaved.tsx'
import { KeptSince } from '../activity/kept-since.tsx'
import { HeldTwice } from './held-twice.tsx'
import styles from './settings.module.css'

const PROFILES = [
  {
    value: 'tolerant',
    label: 'Tolerant',
    hint: 'Accepts what Entra, Okta and the others send beside the RFC. Activity names each such quirk.',
  },
  {
    value: 'strict',
    label: 'Strict',
    hint: 'Refuses every one of them. For testing a client of your own.',
  },
] as const

const RECREATES = [
  {
    value: 'restore',
    label: 'Bring the suspended account back',
    hint: 'Under the same id, with its history; unless the externalId is a different one.',
  },
  { value: 'new', label: 'Make a new account', hint: 'The suspended one stays where it is.' },
] as const

const GROUP_NAMES = [
  {
    value: 'unique',
    label: 'Must be unique',
    hint: 'A second group of the same name is refused with 409, as Entra expects.',
  },
  { value: 'free', label: 'May be the same', hint: 'As the RFC has it.' },
] as const

const BODIES = [
  { value: 'all', label: 'Every request and answer' },
  {
    value: 'writes',
    label: 'Those that change something, or fail',
    hint: 'Enough to explain any change, at a fraction of the space.',
  },
  {
    value: 'none',
    label: 'None',
    hint: 'Method, path, status, time and key are kept all the same.',
  },
] as const

export function Rules({ tenant }: { readonly tenant: Tenant }) {
  const settings = useQuery(settingsQuery(tenant.name))
  if (settings.error) {
    return <Problem error={settings.error} onRetry={() => settings.refetch()} />
  }
  if (!settings.data) return <Skeleton lines={8} />
  return <Body key={tenant.id} tenant={tenant} now={settings.data} />
}

const WHOLE = 'A whole number from 0 to 365.'

/** Each by its legend. */
const NAMES: Readonly<Record<keyof TenantSettingsView, string>> = {
  profile: 'What is not in the RFC',
  recreate: 'When somebody who was deleted is created again',
  groupNames: 'Names of groups',
  retention: 'Days that requests are kept',
  bodies: 'Bodies that are kept with them, redacted',
}

/** Another part of Settings is another place; the page's own entry in the navigation is none. */
const isStillRules = (from: Place, to: Place) =>
  from.pathname === to.pathname && ((to.search as { part?: string }).part ?? 'rules') === 'rules'

function Body({ tenant, now }: { readonly tenant: Tenant; readonly now: TenantSettingsView }) {
  const client = useQueryClient()
  const [changes, setChanges] = useState<Partial<TenantSettingsView>>({})
  const [days, setDays] = useState<string | null>(null)
  const wanted = { ...now, ...changes }
  const retention = days === null ? now.retention : Number(days)
  const isWrong = !Number.isInteger(retention) || retention < 0 || retention > 365 || days === ''
  const all = { ...changes, ...(days !== null && { retention }) }
  const changed = (Object.keys(NAMES) as (keyof TenantSettingsView)[]).filter(
    (name) => name in all && (now[name] !== all[name] || (name === 'retention' && days === '')),
  )
  const save = useMutation({
    mutationFn: () => changeSettings(tenant.name, all),
    onSuccess: (next) => {
      client.setQueryData(settingsQuery(tenant.name).queryKey, next)
      undo()
      say('The rules were saved. They hold from the next request on.')
    },
  })
  const undo = (): void => {
    setChanges({})
    setDays(null)
    save.reset()
  }
  const kept = useInfiniteQuery(activityQuery(tenant.name, { count: '1' }))
  const isDisabled = !tenant.isAdmin
  return (
    <div className={styles.rules}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if (changed.length > 0 && !isWrong && !save.isPending) save.mutate()
        }}
      >
        {isDisabled && <Note>You are a viewer here: an owner or an admin changes these.</Note>}
        <Choices
          legend={NAMES.profile}
          choices={PROFILES}
          value={wanted.profile}
          onChange={(profile) => setChanges({ ...changes, profile })}
          isDisabled={isDisabled}
        />
        <Stack>
          <p>
            A DELETE suspends the account: identity providers find it no more, it holds no userName
            and is in no group. Under Suspended it is restored, or erased for good.
          </p>
          <Choices
            legend={NAMES.recreate}
            choices={RECREATES}
            value={wanted.recreate}
            onChange={(recreate) => setChanges({ ...changes, recreate })}
            isDisabled={isDisabled}
          />
        </Stack>
        <Stack>
          <Choices
            legend={NAMES.groupNames}
            choices={GROUP_NAMES}
            value={wanted.groupNames}
            onChange={(groupNames) => setChanges({ ...changes, groupNames })}
            isDisabled={isDisabled}
          />
          {now.groupNames === 'free' && wanted.groupNames === 'unique' && (
            <HeldTwice tenant={tenant.name} />
          )}
        </Stack>
        <div className={styles.days}>
          <TextField
            label={NAMES.retention}
            hint="0 to 365. Older ones are taken out of Activity; the timeline of a user is kept for ever."
            inputMode="numeric"
            disabled={isDisabled}
            value={days ?? String(now.retention)}
            onChange={(event) => {
              setDays(event.target.value.trim())
              // The bar that comes with a change may cover it, and what is said below it.
              event.target.scrollIntoView({ block: 'nearest' })
            }}
            error={isWrong ? WHOLE : undefined}
          />
          <KeptSince since={kept.data?.pages[0]?.keptSince ?? null} />
        </div>
        <Choices
          legend={NAMES.bodies}
          choices={BODIES}
          value={wanted.bodies}
          onChange={(bodies) => setChanges({ ...changes, bodies })}
          isDisabled={isDisabled}
        />
        {save.error && <Problem error={save.error} />}
        {!isDisabled && (
          <div className={styles.save} data-changed={changed.length > 0 || undefined}>
            <FormButtons>
              <Button
                type="submit"
                look="primary"
                disabled={changed.length === 0 || isWrong}
                isBusy={save.isPending}
              >
                Save
              </Button>
              {changed.length > 0 && <Button onClick={undo}>Undo</Button>}
              <span role="status" className={styles.unsaved}>
                {changed.length > 0 && `${count(changed.length, 'change')} not saved yet`}
                {isWrong && `. ${NAMES.retention}: ${WHOLE}`}
              </span>
            </FormButtons>
          </div>
        )}
      </Form>
      <Unsaved
        changed={changed.map((name) => NAMES[name])}
        isKept={isStillRules}
        onSave={isWrong ? undefined : () => save.mutateAsync()}
        isBusy={save.isPending}
        error={save.error}
      />
    </div>
  )
}
