/**
 * SQL put together from pieces: a template in which a piece stands as it is, and everything else is a
 * value that the database gets apart from the text.
 *
 * A query builder does this and much more, and loading it took as long as loading all the rest of
 * the program (decisions/008).
 *
 * @module
 */

/** What a database is handed: no booleans, because SQLite has none. */
export type Value = null | number | string | Uint8Array

/** Stands in SQL for the value that will be there under its name. */
export interface Slot {
  readonly slot: string
}

/** No bytes: those come in by slots. */
export type Parameter = Slot | Exclude<Value, Uint8Array>

/**
 * A piece of SQL, or all of it. Pieces hold their pieces as they are, since to copy them at every
 * level is most of the work of a long filter.
 */
export class Sql {
  readonly #parts: readonly (Text | Piece)[]

  constructor(parts: readonly (Text | Piece)[]) {
    this.#parts = parts
  }

  /** The text with the placeholders of a database, and the parameters in their order. */
  render(placeholder: (number: number) => string): {
    readonly sql: string
    readonly parameters: readonly Parameter[]
  } {
    const parameters: Parameter[] = []
    const texts: string[] = []
    this.#write((part) => {
      texts.push(part instanceof Text ? part.text : placeholder(parameters.push(part)))
    })
    return { sql: texts.join(''), parameters }
  }

  #write(write: (part: Text | Parameter) => void): void {
    for (const part of this.#parts) {
      if (part instanceof Sql) part.#write(write)
      else write(part)
    }
  }
}

class Text {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Piece = Sql | Parameter

/** sql`select ${column} from t where id = ${slot('id')}` */
export function sql(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Sql {
  const parts: (Text | Piece)[] = []
  for (const [index, text] of texts.entries()) {
    if (text !== '') parts.push(new Text(text))
    if (index < pieces.length) parts.push(pieces[index] as Piece)
  }
  return new Sql(parts)
}

/** Text as it is; never of anything that came from outside. */
sql.raw = (text: string): Sql => new Sql([new Text(text)])

/** A name: `r.id` → `"r"."id"`. */
sql.ref = (name: string): Sql =>
  sql.raw(
    name
      .split('.')
      .map((part) => `"${part.replaceAll('"', '""')}"`)
      .join('.'),
  )

/** A string as a literal of SQL, where the planner is to know it. */
sql.lit = (value: string): Sql => sql.raw(`'${value.replaceAll("'", "''")}'`)

sql.join = (pieces: readonly Piece[], between: Sql = sql`, `): Sql =>
  new Sql(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece])))
