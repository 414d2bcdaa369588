/**
 * Where a pasted request goes: what of its address is below a base URL, ours or another's.
 *
 * @module
 */

export interface Below {
  /** `/Users?filter=…` */
  readonly path: string
  /** The base URL that is not ours. */
  readonly base: string | null
}

const ENDPOINT =
  /\/(?:Users|Groups|Schemas|ResourceTypes|ServiceProviderConfig|Bulk|Me|\.search)(?=[/?#]|$)/i

/**
 * @param address Whole, or from its first slash on.
 * @param host Where it goes to, when the address does not say so.
 */
export function belowBase(address: string, host: string | null, baseUrl: string): Below {
  const [, scheme = '', authority = '', rest = ''] =
    /^(https?:\/\/)?([^/?#]*)([^#]*)/is.exec(address) ?? []
  const base = new URL(baseUrl)
  const at = authority || host || ''
  const isOurs = at === '' || at.toLowerCase() === base.host
  const start = lengthOfBase(rest, base.pathname)
  const path = rest.slice(start)
  const other = scheme + at + rest.slice(0, start)
  return { path: path.startsWith('/') ? path : `/${path}`, base: isOurs ? null : other }
}

// Another service provider has its base elsewhere; then what SCIM names tells where it ends.
function lengthOfBase(rest: string, own: string): number {
  if (rest.startsWith(own) && /^(?:[/?]|$)/.test(rest.slice(own.length))) return own.length
  const endpoint = ENDPOINT.exec(rest.replace(/\?.*/s, ''))
  return endpoint ? endpoint.index : 0
}
