/**
 * What stands at the head of a page is asked for again wherever the page goes on: what comes below is new,
 * and a synchronisation does not wait.
 *
 * @module
 */

import { hashKey, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** @param place Where the page is: its tab, its place in a list. */
export function useAgain(queryKey: QueryKey, place: string): void {
  const client = useQueryClient()
  const hash = hashKey(queryKey)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place is when
  useEffect(() => {
    const isSame = (one: { readonly queryHash: string }) => one.queryHash === hash
    void client.invalidateQueries({ predicate: isSame }, { cancelRefetch: false })
  }, [client, hash, place])
}
