/**
 * What a copy of a whole database needs of either side: its rows, table by table, as they lie.
 *
 * Beside the port, not in it: only databases that hold the same tables can be copied into each other.
 *
 * @module
 */

/** A row, by column. Columns come in the same order on both sides. */
export type TableRow = Readonly<Record<string, string | number | null>>

export interface Transfer {
  /** In an order in which no row comes before one that it refers to. */
  readonly tables: readonly string[]
  count(table: string): Promise<number>
  /** The row with the greatest key. */
  last(table: string): Promise<TableRow | undefined>
  /** So many rows behind another one in the order of keys, or from the first on. */
  page(table: string, after: TableRow | undefined, limit: number): Promise<readonly TableRow[]>
  /** Adds rows, all or none. */
  insert(table: string, rows: readonly TableRow[]): Promise<void>
  /** Takes out a row of the secrets; a copy marks with one that it is not finished. */
  forget(secret: string): Promise<void>
}
