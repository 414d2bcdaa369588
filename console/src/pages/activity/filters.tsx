/**
 * What requests are looked for by: the four that are used most in one line, the rest behind a button,
 * and below what is asked for now, each to be dropped with one press. All of it is the address.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId, useState } from 'react'
import { keysQuery } from '../../api/queries/connections.ts'
import { Button } from '../../parts/button.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { SearchBox } from '../../parts/find.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Text } from '../../parts/text.tsx'
import {
  FILTERS,
  type Filter,
  type Filters,
  filterInWords,
  keyInWords,
  RESULTS,
  STATUSES,
} from '../../words/activity.ts'
import { METHODS } from '../../words/methods.ts'
import { QUIRKS } from '../../words/quirks.ts'
import { isId } from '../../words/typed.ts'
import { brief } from '../../words/values.ts'
import styles from './activity.module.css'

const RARE: readonly Filter[] = [
  ...(['status', 'agent', 'quirk', 'slower', 'resource', 'request', 'from', 'to'] as const),
]

interface Props {
  readonly tenant: string
  readonly filters: Filters
  /** A query that was given with the path. */
  readonly leftOut: string | undefined
  readonly onChange: (wanted: Filters) => void
  readonly children: ReactNode
}

export function FilterBar({ tenant, filters, leftOut, onChange, children }: Props) {
  const id = useId()
  const rare = RARE.filter((name) => filters[name]).length
  const [isOpen, setOpen] = useState(false)
  const keys = useQuery(keysQuery(tenant)).data ?? []
  const choose = (name: Filter) => (event: { readonly target: { readonly value: string } }) =>
    onChange({ [name]: event.target.value })
  return (
    <search className={styles.bar}>
      <div className={styles.common}>
        <SearchBox
          label="Path or id, such as /Users"
          value={filters.q ?? filters.path ?? ''}
          onChange={(text) => onChange(isId(text) ? { q: text, path: '' } : { q: '', path: text })}
        />
        <SelectField
          label="Result"
          hidesLabel
          value={filters.result ?? ''}
          onChange={choose('result')}
        >
          <option value="">Any result</option>
          {Object.entries(RESULTS).map(([value, [, word]]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
          {filters.result && !(filters.result in RESULTS) && <option>{filters.result}</option>}
        </SelectField>
        <SelectField
          label="Method"
          hidesLabel
          value={filters.method ?? ''}
          onChange={choose('method')}
        >
          <option value="">Any method</option>
          {METHODS.map((method) => (
            <option key={method}>{method}</option>
          ))}
          {filters.method && !METHODS.some((method) => method === filters.method) && (
            <option>{filters.method}</option>
          )}
        </SelectField>
        <SelectField label="Key" hidesLabel value={filters.key ?? ''} onChange={choose('key')}>
          <option value="">Any key</option>
          {keys.map((key) => (
            <option key={key.id} value={key.id}>
              {key.name} ({key.last4})
            </option>
          ))}
          {filters.key && !keys.some((key) => key.id === filters.key) && (
            <option value={filters.key}>{filters.key}</option>
          )}
        </SelectField>
        <Button
          look="quiet"
          sign={isOpen ? 'down' : 'right'}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {rare > 0 ? `More filters (${rare})` : 'More filters'}
        </Button>
        {children}
      </div>
      <p role="status" className={leftOut ? styles.leftOut : 'visually-hidden'}>
        {leftOut && (
          <>
            Requests are not found by their query:{' '}
            <code>
              <Text of={brief(leftOut)} />
            </code>{' '}
            is left out. Each shows its own.
          </>
        )}
      </p>
      <div id={id} hidden={!isOpen} className={styles.rare}>
        <Rare
          key={JSON.stringify(RARE.map((name) => filters[name]))}
          filters={filters}
          onChange={onChange}
        />
      </div>
      <Chips
        filters={filters}
        onChange={onChange}
        keyName={(wanted) => keyInWords(keys.find((key) => key.id === wanted))}
      />
    </search>
  )
}

/** Applied together, for each of them is typed. */
function Rare({ filters, onChange }: Pick<Props, 'filters' | 'onChange'>) {
  const [wanted, setWanted] = useState<Filters>(filters)
  const bind = (name: Filter) => ({
    value: wanted[name] ?? '',
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setWanted({ ...wanted, [name]: event.target.value.trim() }),
  })
  const bindTime = (name: 'from' | 'to') => ({
    type: 'datetime-local',
    value: localTime(wanted[name]),
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setWanted({ ...wanted, [name]: epoch(event.target.value) }),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChange(Object.fromEntries(RARE.map((name) => [name, wanted[name] ?? ''])))
      }}
    >
      <div className={styles.fields}>
        <SelectField label="Status" {...bind('status')}>
          <option value="">Any</option>
          {Object.entries(STATUSES).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
          {wanted.status && !(wanted.status in STATUSES) && <option>{wanted.status}</option>}
        </SelectField>
        <TextField label="Client or agent contains" placeholder="Okta" {...bind('agent')} />
        <SelectField label="Let in by quirk" {...bind('quirk')}>
          <option value="">With or without</option>
          <option value="any">Any quirk</option>
          {QUIRKS.map((quirk) => (
            <option key={quirk}>{quirk}</option>
          ))}
        </SelectField>
        <TextField
          label="Took at least, in ms"
          type="number"
          min={0}
          step={1}
          placeholder="100"
          {...bind('slower')}
        />
        <TextField label="Id of a user or group" isCode spellCheck={false} {...bind('resource')} />
        <TextField label="Request id" isCode spellCheck={false} {...bind('request')} />
        <TextField label="Since" {...bindTime('from')} />
        <TextField label="Before" {...bindTime('to')} />
      </div>
      <Button type="submit">Apply</Button>
    </form>
  )
}

function Chips({
  filters,
  onChange,
  keyName,
}: Pick<Props, 'filters' | 'onChange'> & {
  readonly keyName: (id: string) => string | undefined
}) {
  const asked = FILTERS.filter((name) => filters[name])
  if (asked.length === 0) return null
  return (
    <ul className={styles.chips} aria-label="Filters in use">
      {asked.map((name) => {
        const words = filterInWords(name, filters[name] ?? '', keyName)
        return (
          <li key={name}>
            <button
              type="button"
              className={styles.chip}
              aria-label={`Drop the filter: ${words}`}
              onClick={() => onChange({ [name]: '' })}
            >
              {words} <Icon sign="close" size={12} />
            </button>
          </li>
        )
      })}
      {asked.length > 1 && (
        <li>
          <Button
            look="quiet"
            onClick={() => onChange(Object.fromEntries(asked.map((name) => [name, ''])))}
          >
            Drop all
          </Button>
        </li>
      )}
    </ul>
  )
}

/** As a control for dates has it: local, without a zone. */
function localTime(at: string | undefined): string {
  if (!at) return ''
  const time = new Date(Number(at))
  if (Number.isNaN(time.getTime())) return ''
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function epoch(local: string): string {
  const at = new Date(local).getTime()
  return Number.isNaN(at) ? '' : String(at)
}
