/**
 * Edges of which one end is gone: there should be none, and who finds some takes them away.
 *
 * Beside the port, not in it, as counts are (counts.ts).
 *
 * @module
 */

export type Side = 'owner' | 'member'

export interface EndsPage {
  /** Of the resources that have edges on this side, those that are not there. */
  readonly gone: readonly { readonly id: string; readonly edges: number }[]
  /** Behind which the next page begins; `undefined` when this was the last. */
  readonly next: string | undefined
}

/** Everything here is right beside nodes that read and write meanwhile. */
export interface LooseEdges {
  /** A page of the tenant's resources that have edges, in the order of their ids. */
  ends(tenant: string, side: Side, after: string): Promise<EndsPage>
  /** Takes away all edges of a resource that is gone, and counts anew what those had who lose them. */
  remove(tenant: string, side: Side, id: string): Promise<void>
}
