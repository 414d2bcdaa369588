// biome-ignore-all lint/a11y/noRedundantRoles: a row that is displayed as a grid loses its role in some browsers
/**
 * A table for a list of things: rules between rows, a double rule above, nothing else. Below 40 rem each
 * row becomes a card, its columns named; the roles are said aloud because `display` would take the
 * table's meaning away.
 *
 * @module
 */

import { Link, type LinkProps } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { classes } from './button.tsx'
import styles from './table.module.css'

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  /** Read out, not shown: of a column of buttons. */
  readonly hidesTitle?: boolean
  readonly align?: 'end'
  /** Takes no more than it needs. */
  readonly isNarrow?: boolean
  /** Left out on a card. */
  readonly isExtra?: boolean
  /** Left out of a table that has little room. */
  readonly isRoomy?: boolean
}

interface TableProps<Row> {
  /** What the table lists, for who cannot see it. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly rowClass?: (row: Row) => string | undefined
  /** Dimmed while the next ones are on the way. */
  readonly isStale?: boolean
}

export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  rowClass,
  isStale = false,
}: TableProps<Row>) {
  return (
    <table className={styles.table} role="table" data-stale={isStale || undefined}>
      <caption className="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.title} role="columnheader" scope="col" className={cellClass(column)}>
              <span className={column.hidesTitle ? 'visually-hidden' : undefined}>
                {column.title}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" className={rowClass?.(row)} onClick={followed}>
            {columns.map((column) => (
              <td
                key={column.title}
                role="cell"
                className={cellClass(column)}
                data-title={column.hidesTitle ? undefined : column.title}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function cellClass<Row>(column: Column<Row>): string {
  return classes(
    column.align === 'end' && styles.end,
    column.isNarrow && styles.narrow,
    column.isExtra && styles.extra,
    column.isRoomy && styles.roomy,
    column.hidesTitle && styles.untitled,
  )
}

/**
 * A press in a row is one on its link, with the same keys held. Nothing lies over the row: its texts can
 * be marked and its times say more when pointed at.
 */
function followed(event: MouseEvent<HTMLTableRowElement>): void {
  const pressed = event.target as Element
  if (pressed.closest('a, button, input, select, label, [role=menu], [role=dialog]')) return
  if (document.getSelection()?.isCollapsed === false) return
  const { ctrlKey, metaKey, shiftKey } = event
  event.currentTarget.querySelector(`.${styles.rowLink}`)?.dispatchEvent(
    new window.MouseEvent('click', {
      bubbles: true,
      cancelable: true,
      ctrlKey,
      metaKey,
      shiftKey,
    }),
  )
}

/** The row's own link: a press anywhere in the row follows it, and a button in the row stays a button. */
export function RowLink({ children, ...rest }: LinkProps & { readonly children: ReactNode }) {
  return (
    <Link {...rest} className={styles.rowLink}>
      {children}
    </Link>
  )
}

/** A second line of a cell, said more quietly. */
export function Under({ children }: { readonly children: ReactNode }) {
  return <span className={styles.under}>{children}</span>
}

/** The way on, below a list. */
export function ListFoot({ children }: { readonly children: ReactNode }) {
  return <div className={styles.foot}>{children}</div>
}
