/** Links with which somebody without an account can set this tenant up, and nothing else. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CreatedSetupLink, SetupLinkRow } from '../../../../src/server/admin/types.ts'
import { createSetupLink, endSetupLink, forget } from '../../api/changes.ts'
import { ProvedDialog } from '../../frame/proved-dialog.tsx'
import { Button } from '../../parts/button.tsx'
import { CopyValue } from '../../parts/copy.tsx'
import { ConfirmDialog } from '../../parts/dialog.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { Section, Soft } from '../../parts/page.tsx'
import { Note } from '../../parts/problem.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import { say } from '../../parts/toasts.tsx'

const DAYS = [
  ['1', 'a day'],
  ['7', 'a week'],
  ['14', 'two weeks'],
  ['30', '30 days'],
] as const

export function SetupLinks({
  links,
  tenant,
}: {
  readonly links: readonly SetupLinkRow[]
  readonly tenant: string
}) {
  const client = useQueryClient()
  const [days, setDays] = useState('7')
  const [name, setName] = useState('')
  const [created, setCreated] = useState<CreatedSetupLink>()
  const [isMaking, setMaking] = useState(false)
  const [ending, setEnding] = useState<SetupLinkRow>()
  const end = useMutation({
    mutationFn: (link: SetupLinkRow) => endSetupLink(tenant, link.id),
    onSuccess: async (_, link) => {
      if (created?.link.id === link.id) setCreated(undefined)
      await forget(client, tenant)
      setEnding(undefined)
      say('The link no longer works.')
    },
  })
  const columns: readonly Column<SetupLinkRow>[] = [
    {
      title: 'For',
      cell: (link) => (link.name === null ? <Soft>not said</Soft> : <Text of={link.name} />),
    },
    {
      title: 'Made by',
      cell: (link) => (link.by === null ? <Soft>somebody removed</Soft> : <Text of={link.by} />),
    },
    { title: 'Made', cell: (link) => <Time at={link.created} /> },
    { title: 'Ends', cell: (link) => <Time at={link.expires} /> },
    {
      title: 'Key made',
      cell: (link) =>
        link.usedAt === null || link.key === null ? (
          <Soft>not yet</Soft>
        ) : (
          <Link to="/t/$tenant/connect" params={{ tenant }} search={{ key: link.key }}>
            <Time at={link.usedAt} />
          </Link>
        ),
    },
    {
      title: 'End',
      hidesTitle: true,
      isNarrow: true,
      align: 'end',
      cell: (link) => (
        <Button
          look="quiet"
          onClick={() => {
            end.reset()
            setEnding(link)
          }}
        >
          End it
        </Button>
      ),
    },
  ]
  return (
    <Section
      title="Somebody else does it?"
      intro="Send the administrator of the identity provider a link. It shows the guides with these values and makes one key, “set up by link”, which ends after a year; it needs no account and opens nothing else."
    >
      <div>
        <Button onClick={() => setMaking(true)}>Make a link …</Button>
      </div>
      {isMaking && (
        <ProvedDialog
          title={`A link to set ${tenant} up with`}
          action="Make the link"
          run={() => createSetupLink(tenant, Number(days), name.trim())}
          onDone={(made) => {
            setMaking(false)
            setName('')
            setCreated(made)
            return forget(client, tenant)
          }}
          onClose={() => setMaking(false)}
        >
          <TextField
            label="For whom?"
            hint="If you like. It names the link in the list, and the key."
            value={name}
            maxLength={100}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
          <SelectField
            label="Works for"
            hint="Whoever has it can make one key, as long as it works."
            value={days}
            onChange={(event) => setDays(event.target.value)}
          >
            {DAYS.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
        </ProvedDialog>
      )}
      {created && (
        <Note kind="good">
          <CopyValue
            key={created.url}
            takesFocus
            label="Setup link"
            value={created.url}
            what="the setup link"
            hint="Shown this once. Whoever has it can make a key: send it as you would send a password."
          />
        </Note>
      )}
      {links.length > 0 && (
        <Table caption="Setup links" columns={columns} rows={links} rowKey={(link) => link.id} />
      )}
      <ConfirmDialog
        isOpen={ending !== undefined}
        title="End this setup link?"
        action="End the link"
        onConfirm={() => ending && end.mutate(ending)}
        onClose={() => setEnding(undefined)}
        isBusy={end.isPending}
        error={end.error}
      >
        {ending && (
          <p>
            {ending.by ?? 'Somebody removed'} made it{ending.name && ` for ${ending.name}`}{' '}
            <Time at={ending.created} />.{' '}
            {ending.usedAt === null
              ? 'No key was made with it. Whoever has it can then make none.'
              : 'The key that was made with it goes on working.'}{' '}
            It cannot be made to work again; another link can be made at any time.
          </p>
        )}
      </ConfirmDialog>
    </Section>
  )
}
