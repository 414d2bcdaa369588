/** What is typed to find requests: a path, or an id. */

/** A UUID or another long name without a slash is an id; whatever else is typed is of a path. */
export function isId(text: string): boolean {
  return /^[\w.:-]{16,}$/.test(text)
}

/** An address may have a path where an id belongs. */
export function withPath<T extends { readonly q?: string; readonly path?: string }>(search: T): T {
  const { q, path } = search
  return q?.startsWith('/') ? { ...search, q: '', path: path || q } : search
}
