/** What a user and a group may have, as the service itself tells clients under `/Schemas`. */

import { useQuery } from '@tanstack/react-query'
import { schemasQuery } from '../../api/queries/tenants.ts'
import { Section, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Tag } from '../../parts/status.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { count } from '../../parts/time.tsx'
import styles from './settings.module.css'

interface Attribute {
  readonly name: string
  readonly type: string
  readonly multiValued?: boolean
  readonly required?: boolean
  readonly caseExact?: boolean
  readonly mutability?: string
  readonly returned?: string
  readonly uniqueness?: string
  readonly description?: string
  readonly subAttributes?: readonly Attribute[]
}

const COLUMNS: readonly Column<Attribute>[] = [
  { title: 'Attribute', cell: ({ name }) => <code>{name}</code> },
  {
    title: 'Type',
    cell: ({ type, multiValued }) => (multiValued ? `list of ${type}` : type),
  },
  {
    title: 'Characteristics',
    cell: (attribute) => (
      <span className={styles.tags}>
        {characteristics(attribute).map((word) => (
          <Tag key={word}>{word}</Tag>
        ))}
      </span>
    ),
  },
]

export function Schemas({ tenant }: { readonly tenant: string }) {
  const schemas = useQuery(schemasQuery(tenant))
  return (
    <Section
      title="Schemas"
      intro="The attributes this service knows. What a client sends beside them is not stored."
    >
      {schemas.error && <Problem error={schemas.error} onRetry={() => schemas.refetch()} />}
      {schemas.isPending && <Skeleton lines={5} />}
      {schemas.data?.schemas.map((schema) => {
        const attributes = flat((schema.attributes ?? []) as readonly Attribute[])
        return (
          <details key={String(schema.id)} className={styles.schema}>
            <summary>
              <strong>{String(schema.name ?? '')}</strong>
              <code>{String(schema.id)}</code>
              <span>{count(attributes.length, 'attribute')}</span>
            </summary>
            <Table
              caption={`Attributes of ${schema.name}`}
              columns={COLUMNS}
              rows={attributes}
              rowKey={({ name }) => name}
            />
          </details>
        )
      })}
    </Section>
  )
}

function flat(attributes: readonly Attribute[], above = ''): Attribute[] {
  return attributes.flatMap((attribute) => [
    { ...attribute, name: above + attribute.name },
    ...flat(attribute.subAttributes ?? [], `${above}${attribute.name}.`),
  ])
}

/** Only what is not the rule. */
function characteristics(attribute: Attribute): string[] {
  const { required, mutability, returned, uniqueness, caseExact } = attribute
  return [
    required && 'required',
    mutability && mutability !== 'readWrite' && mutability,
    returned && returned !== 'default' && `returned: ${returned}`,
    uniqueness && uniqueness !== 'none' && `unique: ${uniqueness}`,
    caseExact && 'case-sensitive',
  ].filter((word) => typeof word === 'string')
}
