/** What is typed to find requests: a path, or an id. */

/** A UUID or another long name without a slash is an id; whatever else is typed is of a path. */
export function isId(text: string): boolean {
  return /^[\w.:-]{16,}$/.test(text)
}

/** An address may have a path where an id belongs, and a path the base URL before it. */
export function withPath<T extends { readonly q?: string; readonly path?: string }>(search: T): T {
  const { q, path } = search
  if (q?.startsWith('/')) return { ...search, q: '', path: below(path || q) }
  return path ? { ...search, path: below(path) } : search
}

/** Of a URL as logs have it what stands below the base URL, without its query: by that nothing is found. */
const below = (text: string) =>
  text.replace(QUERY, '').replace(/^(?:https?:\/\/[^/]*)?(?:\/.*)?\/scim\/v2(?=\/)/i, '')

const QUERY = /[?#].*$/s

/** What {@link withPath} leaves out, for whoever put it there to be told. */
export function leftOut({ q, path }: { readonly q?: string; readonly path?: string }) {
  const text = path || (q?.startsWith('/') ? q : '')
  return QUERY.exec(text ?? '')?.[0]
}
