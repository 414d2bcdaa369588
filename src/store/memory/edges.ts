/**
 * Who is a member of what, in both directions.
 *
 * @module
 */

import { compareText } from '../../protocol/text.ts'

/** The edges of one tenant, as pairs of an owner's id and a member's. */
export class Edges {
  readonly #members = new Map<string, Set<string>>()
  readonly #owners = new Map<string, Set<string>>()

  /** The ids at the other end, in order: an owner's members, or a member's owners. */
  of(id: string, side: 'owner' | 'member'): readonly string[] {
    const ends = side === 'owner' ? this.#members : this.#owners
    return [...(ends.get(id) ?? [])].sort(compareText)
  }

  put(owner: string, member: string): void {
    grow(this.#members, owner, member)
    grow(this.#owners, member, owner)
  }

  cut(owner: string, member: string): void {
    shrink(this.#members, owner, member)
    shrink(this.#owners, member, owner)
  }

  /** Whether `from` is `to`, or has it as a member, directly or through others. */
  reaches(from: string, to: string): boolean {
    const seen = new Set<string>()
    const waiting = [from]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (id === to) return true
      if (seen.has(id)) continue
      seen.add(id)
      waiting.push(...(this.#members.get(id) ?? []))
    }
    return false
  }
}

function grow(ends: Map<string, Set<string>>, from: string, to: string): void {
  const set = ends.get(from)
  if (set === undefined) ends.set(from, new Set([to]))
  else set.add(to)
}

function shrink(ends: Map<string, Set<string>>, from: string, to: string): void {
  const set = ends.get(from)
  set?.delete(to)
  if (set?.size === 0) ends.delete(from)
}
