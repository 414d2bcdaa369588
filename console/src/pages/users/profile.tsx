/**
 * What a user is made of, in the order people look for it: who it is, how to reach it, its work, then
 * whatever else a schema has, then what the service itself knows. Nothing is left out.
 *
 * @module
 */

import type { UserView } from '../../../../src/server/admin/types.ts'
import { Fact, Facts, Section, Soft, Stack } from '../../parts/page.tsx'
import { Reference } from '../../parts/reference.tsx'
import { Tag } from '../../parts/status.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import {
  brief,
  type Complex,
  inWords,
  isComplex,
  nameInWords,
  schemaTitle,
} from '../../words/values.ts'
import styles from './users.module.css'

const PERSON = ['displayName', 'name', 'nickName', 'title', 'userType', 'profileUrl', 'photos']
const REACH = [
  'emails',
  'phoneNumbers',
  'ims',
  'addresses',
  'preferredLanguage',
  'locale',
  'timezone',
]
const RIGHTS = ['roles', 'entitlements', 'x509Certificates']
/** Shown in a place of their own. */
const APART = ['schemas', 'id', 'externalId', 'meta', 'userName', 'active', 'groups']

export function Profile({ view, tenant }: { readonly view: UserView; readonly tenant: string }) {
  const { resource } = view
  const extensions = Object.keys(resource).filter((name) => name.startsWith('urn:'))
  const known = [...PERSON, ...REACH, ...RIGHTS, ...APART, ...extensions]
  const others = Object.keys(resource).filter((name) => !known.includes(name))
  const part = (title: string, names: readonly string[]) => (
    <Attributes title={title} of={resource} names={names} view={view} tenant={tenant} />
  )
  return (
    <Stack>
      <div className={styles.profile}>
        {part('Person', ['userName', ...PERSON])}
        {part('How to reach them', REACH)}
        {extensions.map((urn) => {
          const extension = resource[urn]
          return (
            isComplex(extension) && (
              <Attributes
                key={urn}
                title={schemaTitle(urn)}
                urn={urn}
                of={extension}
                names={Object.keys(extension)}
                view={view}
                tenant={tenant}
              />
            )
          )
        })}
        {part('Rights', RIGHTS)}
        {part('More', others)}
        <Section title="Record">
          <Facts>
            <Fact name="Id">
              <code>{view.row.id}</code>
            </Fact>
            <Fact name="External id">
              {view.row.externalId === null ? (
                'none'
              ) : (
                <code>
                  <Text of={view.row.externalId} />
                </code>
              )}
            </Fact>
            <Fact name="State">
              {view.suspended && 'Suspended, and before that '}
              {stateInWords(view)}
            </Fact>
            <Fact name="Created">
              <Time at={view.created} as="whole" />
            </Fact>
            <Fact name="Changed">
              <Time at={view.row.modified} as="whole" />
            </Fact>
            <Fact name="Version">{view.version}</Fact>
          </Facts>
        </Section>
      </div>
    </Stack>
  )
}

function stateInWords({ row, suspended }: UserView): string {
  const word = row.active ? 'Active' : 'Deactivated'
  return suspended ? word.toLowerCase() : word
}

function Attributes({
  title,
  urn,
  of,
  names,
  view,
  tenant,
}: {
  readonly title: string
  readonly urn?: string
  readonly of: Complex
  readonly names: readonly string[]
  readonly view: UserView
  readonly tenant: string
}) {
  const there = names.filter((name) => of[name] !== undefined && of[name] !== null)
  if (there.length === 0) return null
  return (
    <Section title={title} intro={urn && <code className={styles.urn}>{urn}</code>}>
      <Facts>
        {there.map((name) => (
          <Fact key={name} name={nameInWords(name)}>
            <Named value={of[name]} view={view} tenant={tenant} />
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}

function Value({ value }: { readonly value: unknown }) {
  if (Array.isArray(value)) {
    return (
      <ul className={styles.values}>
        {value.map((one) => (
          <li key={JSON.stringify(one)}>
            <One value={one} />
          </li>
        ))}
      </ul>
    )
  }
  return <One value={value} />
}

function One({ value }: { readonly value: unknown }) {
  if (!isComplex(value))
    return (
      <span className={styles.value}>
        <Text of={brief(String(value))} />
      </span>
    )
  const { type, primary, $ref: _, ...rest } = value
  const whole = rest.formatted
  const text = typeof whole === 'string' ? whole : inWords(rest)
  const parts = Object.entries(rest).filter(([name]) => name !== 'formatted')
  return (
    <>
      <span className={styles.value}>
        <Text of={brief(text)} />
      </span>{' '}
      {type !== undefined && (
        <Tag>
          <Text of={String(type)} />
        </Tag>
      )}{' '}
      {primary === true && <Tag tone="note">primary</Tag>}
      {whole !== undefined && parts.length > 0 && (
        <span className={styles.parts}>
          <Text
            of={parts
              .map(([name, part]) => `${nameInWords(name)}: ${brief(inWords(part))}`)
              .join(' · ')}
          />
        </span>
      )}
    </>
  )
}

/** Another user or group, by an id of this directory; one that is nobody's is shown as it is. */
function Named({
  value,
  view,
  tenant,
}: {
  readonly value: unknown
  readonly view: UserView
  readonly tenant: string
}) {
  const id = isComplex(value) ? value.value : value
  const one = view.referred.find((referred) => referred.id === id)
  if (one) return <Reference to={one} tenant={tenant} />
  return (
    <>
      <Value value={value} />
      {view.nobodys.includes(String(id)) && <Soft> (nobody has this id here)</Soft>}
    </>
  )
}
