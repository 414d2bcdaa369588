/**
 * The least durable writing can cost: the same rows into the same SQLite file, 32 to a commit, and
 * nothing else. No HTTP, no JSON, no rule.
 *
 * The rows are read back from what Rollcall has written, so they are what it writes, whatever its
 * schema becomes. They are taken out, which is not measured, and put in again, which is: by a
 * connection that has no page of the file in memory yet, as Rollcall had none of those of its new rows.
 *
 * @module
 */

import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

type Row = Readonly<Record<string, SQLInputValue>>

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  /** Columns that tell its rows apart. */
  readonly key: readonly string[]
}

/** What one of many clients has in one commit with the others. */
const GROUP = 32

export interface Written {
  /** Writes in a second. */
  readonly rate: number
  readonly count: number
  readonly seconds: number
}

/** Puts in again all that was written of these new resources. */
export function insertAgain(file: string, tenant: string, ids: readonly string[]): Written {
  const { tables, pieces } = using(file, (database) => {
    const tables = tablesWith(database, ['tenant', 'id'])
    const found = tables.map((table) => rowsOf(database, table, tenant, ids))
    inOne(database, () => {
      tables.forEach(({ name, key }, at) => {
        const where = key.map((column) => `${column} = ?`).join(' and ')
        const remove = database.prepare(`delete from ${name} where ${where}`)
        for (const row of [...(found[at]?.values() ?? [])].flat()) {
          remove.run(...key.map((column) => row[column] ?? null))
        }
      })
    })
    return { tables, pieces: ids.map((id) => found.map((rows) => rows.get(id) ?? [])) }
  })
  return using(file, (database) => {
    const inserts = tables.map((table) => database.prepare(insertion(table)))
    return timed(database, pieces, (piece) => {
      piece.forEach((rows, at) => {
        for (const row of rows) inserts[at]?.run(...Object.values(row))
      })
    })
  })
}

/** Writes again what a change of one attribute wrote: the resource's row, and its row in the log. */
export function updateAgain(file: string, tenant: string, after: number): Written {
  const pieces = using(file, (database) => {
    const logged = database
      .prepare('select * from changes where tenant = ? and seq > ?')
      .all(tenant, after) as Row[]
    const resource = database.prepare('select * from resources where tenant = ? and id = ?')
    const pieces = logged.map((change) => ({
      change,
      row: resource.get(tenant, change.id ?? null) as Row,
    }))
    inOne(database, () => {
      database.prepare('delete from changes where tenant = ? and seq > ?').run(tenant, after)
    })
    return pieces
  })
  return using(file, (database) => {
    const update = database.prepare(
      'update resources set version = ?, modified = ?, label = ?, body = ? where tenant = ? and id = ?',
    )
    const columns = Object.keys(pieces[0]?.change ?? {})
    const insert = database.prepare(insertion({ name: 'changes', columns, key: [] }))
    return timed(database, pieces, ({ change, row }) => {
      const { version = 0, modified = 0, label = null, body = '', id = '' } = row
      update.run(version, modified, label, body, tenant, id)
      insert.run(...Object.values(change))
    })
  })
}

function using<T>(file: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { timeout: 5_000 })
  try {
    database.exec('pragma synchronous = full; pragma cache_size = -32000')
    return work(database)
  } finally {
    database.close()
  }
}

function timed<Piece>(
  database: DatabaseSync,
  pieces: readonly Piece[],
  write: (piece: Piece) => void,
): Written {
  const began = performance.now()
  for (let at = 0; at < pieces.length; at += GROUP) {
    inOne(database, () => {
      for (const piece of pieces.slice(at, at + GROUP)) write(piece)
    })
  }
  const seconds = (performance.now() - began) / 1000
  return { rate: pieces.length / seconds, count: pieces.length, seconds }
}

function inOne(database: DatabaseSync, work: () => void): void {
  database.exec('begin immediate')
  work()
  database.exec('commit')
}

function tablesWith(database: DatabaseSync, wanted: readonly string[]): Table[] {
  const names = database
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .all()
    .map(({ name }) => String(name))
  return names
    .map((name) => {
      const info = database.prepare(`pragma table_info(${name})`).all()
      const columns = info.map((column) => String(column.name))
      const key = info.filter(({ pk }) => pk !== 0).map((column) => String(column.name))
      return { name, columns, key: key.length > 0 ? key : wanted }
    })
    .filter(({ columns }) => wanted.every((column) => columns.includes(column)))
}

// All at once: no index of the lookups begins with an id, so this goes through the whole table.
function rowsOf(
  database: DatabaseSync,
  table: Table,
  tenant: string,
  ids: readonly string[],
): Map<string, Row[]> {
  const list = JSON.stringify(ids)
  const rows = database
    .prepare(
      `select * from ${table.name} where tenant = ? and id in (select value from json_each(?))`,
    )
    .all(tenant, list) as Row[]
  return Map.groupBy(rows, ({ id }) => String(id))
}

function insertion({ name, columns }: Table): string {
  return `insert into ${name} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
}
