/**
 * What can be asked of the service, by resource: each a key to remember the answer by, and the call.
 * Pages use them with `useQuery`; what changes something is in `changes.ts`.
 *
 * Everything of a tenant is remembered under `['tenant', name]`, so that a change can forget all of it.
 *
 * @module
 */

/** Where what is asked of a tenant lies. */
export const within = (tenant: string, path: string) =>
  `/tenants/${encodeURIComponent(tenant)}${path}`

/** How often what is shown live is asked for again. */
export const LIVE = 1500
