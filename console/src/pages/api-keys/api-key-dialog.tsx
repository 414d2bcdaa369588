/**
 * The API key dialog: what keys there are, and making, rotating and revoking one. One dialog whose
 * content changes, so that the focus never leaves it.
 *
 * A whole key is in this component's state and nowhere else; it is gone when the dialog is.
 *
 * @module
 */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CreatedKey, KeyRow } from '../../../../src/server/admin/types.ts'
import { forget } from '../../api/changes.ts'
import { keysQuery } from '../../api/queries/connections.ts'
import { type Tenant, useSession } from '../../frame/tenant.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Skeleton, Stack } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { CreateKey } from './create-key.tsx'
import { heirOf, isOver, isReplaced, KeyList } from './key-list.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { RotateKey } from './rotate-key.tsx'
import { ShownKey } from './shown-key.tsx'
import { useStaying } from './staying.ts'
import { TestAnother } from './test-key.tsx'

type View =
  | { readonly name: 'list' | 'create' }
  | { readonly name: 'rotate' | 'revoke'; readonly key: KeyRow }
  | { readonly name: 'shown'; readonly created: CreatedKey; readonly isLeaving: boolean }

interface Props {
  readonly isOpen: boolean
  readonly tenant: Tenant | undefined
  readonly onTenant: (name: string) => void
  readonly onClose: () => void
}

const TITLES: Readonly<Record<View['name'], string>> = {
  list: 'API key',
  create: 'API key',
  shown: 'Your new API key',
  rotate: 'Rotate an API key',
  revoke: 'Revoke an API key',
}

export function ApiKeyDialog({ isOpen, tenant, onTenant, onClose }: Props) {
  const [view, setView] = useState<View>({ name: 'list' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew when opened, and no key is held when closed
  useEffect(() => setView({ name: 'list' }), [isOpen])
  const ask = (isLeaving: boolean): void => {
    if (view.name === 'shown') setView({ ...view, isLeaving })
  }
  useStaying(isOpen, view.name === 'shown', () => ask(true))

  // Asked whether to leave, Esc means no: pressed twice by habit, it loses nothing.
  const close = (): void => {
    if (view.name === 'shown') ask(!view.isLeaving)
    else onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title={TITLES[view.name]} isWide>
      {tenant ? (
        <Content
          key={tenant.id}
          tenant={tenant}
          view={view}
          setView={setView}
          onTenant={onTenant}
          onClose={onClose}
        />
      ) : (
        <Note>
          You may not enter any tenant yet. An owner of one can let you in, under Settings,
          Operators.
        </Note>
      )}
    </Dialog>
  )
}

function Content({
  tenant,
  view,
  setView,
  onTenant,
  onClose,
}: {
  readonly tenant: Tenant
  readonly view: View
  readonly setView: (view: View) => void
  readonly onTenant: (name: string) => void
  readonly onClose: () => void
}) {
  const client = useQueryClient()
  const keys = useQuery(keysQuery(tenant.name))
  /** As it is by now: it may have been used since the list was shown. */
  const current = (key: KeyRow): KeyRow => keys.data?.find(({ id }) => id === key.id) ?? key
  const hasHeir = (key: KeyRow): boolean => isReplaced(current(key), keys.data ?? [])
  const toList = (): void => setView({ name: 'list' })
  const show = (created: CreatedKey): void => {
    void forget(client, tenant.name)
    setView({ name: 'shown', created, isLeaving: false })
  }
  switch (view.name) {
    case 'shown':
      return (
        <ShownKey
          tenant={tenant.name}
          created={view.created}
          old={keys.data?.find(({ id }) => id === view.created.key.replaces)}
          isLeaving={view.isLeaving}
          onStay={() => setView({ ...view, isLeaving: false })}
          onDone={onClose}
        />
      )
    case 'rotate':
      return (
        <RotateKey
          tenant={tenant.name}
          apiKey={current(view.key)}
          heir={heirOf(current(view.key), keys.data ?? [])}
          isReplaced={hasHeir(view.key)}
          onDone={show}
          onCancel={toList}
        />
      )
    case 'revoke':
      return (
        <RevokeKey
          tenant={tenant.name}
          apiKey={current(view.key)}
          isReplaced={hasHeir(view.key)}
          onDone={toList}
          onCancel={toList}
        />
      )
    case 'create':
    case 'list':
      break
    default:
      return view satisfies never
  }
  const isFirst = keys.data?.length === 0
  const list = (isEnded: boolean) =>
    keys.data?.some((key) => isOver(key) === isEnded) && (
      <KeyList
        keys={keys.data}
        isEnded={isEnded}
        canChange={tenant.isAdmin}
        onRotate={(key) => setView({ name: 'rotate', key })}
        onRevoke={(key) => setView({ name: 'revoke', key })}
      />
    )
  if (tenant.isAdmin && (view.name === 'create' || isFirst)) {
    return (
      <Stack>
        {isFirst && (
          <p>
            An API key is what an identity provider shows when it sends people and groups. There is
            none in this tenant yet.
          </p>
        )}
        <CreateKey
          tenant={tenant.name}
          tenantField={<TenantField tenant={tenant} onTenant={onTenant} />}
          onDone={show}
          {...(!isFirst && { onCancel: toList })}
        />
      </Stack>
    )
  }
  return (
    <Stack>
      <TenantField tenant={tenant} onTenant={onTenant} />
      {keys.error && <Problem error={keys.error} onRetry={() => keys.refetch()} isAskedAgain />}
      {keys.isPending && <Skeleton lines={4} />}
      {!tenant.isAdmin && (
        <Note>You are a viewer in this tenant: an owner or an admin makes its keys.</Note>
      )}
      {list(false)}
      {tenant.isAdmin && keys.data && (
        <div>
          <Button look="primary" sign="plus" onClick={() => setView({ name: 'create' })}>
            Create another
          </Button>
        </div>
      )}
      {keys.data && <TestAnother tenant={tenant.name} />}
      {list(true)}
    </Stack>
  )
}

function TenantField({
  tenant,
  onTenant,
}: {
  readonly tenant: Tenant
  readonly onTenant: (name: string) => void
}) {
  const { tenants } = useSession()
  return (
    <SelectField
      label="Tenant"
      hint="A key opens this tenant and no other."
      value={tenant.name}
      onChange={(event) => onTenant(event.target.value)}
    >
      {tenants.map(({ id, name }) => (
        <option key={id} value={name}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
