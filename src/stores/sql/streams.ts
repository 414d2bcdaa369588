/**
 * One resource, and long lists of edges in pieces.
 *
 * A list that is too long for one text is read page by page in one snapshot of the database, while
 * whoever asked for it takes the pieces at their own pace. So memory holds a page, whatever the size
 * of the group; and all pieces are of the state that the version tells.
 *
 * @module
 */

import type { Text } from '../../protocol/parts.ts'
import type { EdgeView, Stored, View } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import { type Edge, edgeParts } from './edge-text.ts'
import type { Tables } from './tables.ts'
import type { Work } from './work.ts'

/** One state of the database, held open. */
export interface Snapshot {
  /** Reads go on elsewhere while their reader does something else. */
  readonly isApart?: true
  read<T>(work: () => Work<T>): Promise<T>
  /** Lets it go; a second time does nothing. */
  end(): Promise<void>
}

/** About 150 kB of text, and a millisecond or two of somebody's time. */
const PAGE = 1_000

/** The edge attributes that are to be streamed. */
export function longEdges(stored: Stored, { edges }: View): readonly EdgeView[] {
  return edges.filter(
    ({ attribute, streamAbove }) =>
      streamAbove !== undefined && stored.edges[attribute] === undefined,
  )
}

/** The resource as it is in a snapshot, which ends with the last of its streams. */
export async function streamed(
  tables: Tables,
  tenant: string,
  ref: Ref,
  view: View,
  snapshot: Snapshot,
): Promise<Stored | undefined> {
  try {
    const stored = await snapshot.read(() => tables.oneResource(tenant, ref, view))
    const long = stored === undefined ? [] : longEdges(stored, view)
    if (stored === undefined || long.length === 0) {
      await snapshot.end()
      return stored
    }
    let open = long.length
    const closed = async () => {
      open -= 1
      if (open === 0) await snapshot.end()
    }
    const streams = long.map((edge) => {
      const page = (after: string) =>
        snapshot.read(() => tables.edges.page(tenant, ref.id, edge, after, PAGE))
      return [edge.attribute, new Pieces(edge, page, closed, snapshot.isApart === true)] as const
    })
    return { ...stored, streams: Object.fromEntries(streams) }
  } catch (error) {
    await snapshot.end()
    throw error
  }
}

type ReadPage = (after: string) => Promise<readonly Edge[]>

// Not a generator: what one holds is not let go when `return` comes before the first `next`.
class Pieces implements AsyncIterableIterator<Text> {
  readonly #view: EdgeView
  readonly #page: ReadPage
  readonly #closed: () => Promise<void>
  readonly #isAhead: boolean
  #after: string | undefined = ''
  #next: ReturnType<ReadPage> | undefined
  #isOpen = true

  /** @param isAhead Whether a page is asked for before the one before it is put into words and sent. */
  constructor(view: EdgeView, page: ReadPage, closed: () => Promise<void>, isAhead: boolean) {
    this.#view = view
    this.#page = page
    this.#closed = closed
    this.#isAhead = isAhead
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Text>> {
    const after = this.#after
    if (after === undefined || !this.#isOpen) return await this.return()
    try {
      const edges = await (this.#next ?? this.#page(after))
      this.#after = edges.length < PAGE ? undefined : edges.at(-1)?.[0]
      this.#next = this.#isAhead && this.#after !== undefined ? this.#page(this.#after) : undefined
      // Whoever takes it hears of its failure; perhaps nobody does.
      this.#next?.catch(() => undefined)
      const head = after === '' ? '[' : edges.length === 0 ? '' : ','
      const end = this.#after === undefined ? ']' : ''
      return { done: false, value: [head, ...edgeParts(edges, this.#view), end] }
    } catch (error) {
      await this.return()
      throw error
    }
  }

  async return(): Promise<IteratorResult<Text>> {
    if (this.#isOpen) {
      this.#isOpen = false
      await this.#closed()
    }
    return { done: true, value: undefined }
  }
}
