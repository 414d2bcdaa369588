/**
 * The state of a list is in its address, as plain `?name=value`: short to read, fit to be sent to a
 * colleague, the same after a reload. Every value is text; an empty one is left out.
 *
 * @module
 */

export type Search<Name extends string> = Readonly<Partial<Record<Name, string>>>

/** For `validateSearch` of a route: the names it knows, and nothing else. */
export function known<const Name extends string>(...names: readonly Name[]) {
  return (search: Record<string, unknown>): Search<Name> =>
    Object.fromEntries(
      names
        .filter((name) => search[name] !== undefined && search[name] !== '')
        .map((name) => [name, String(search[name])]),
    ) as Search<Name>
}

export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function printSearch(search: Record<string, unknown>): string {
  const printed = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== '') printed.set(name, String(value))
  }
  return printed.size > 0 ? `?${printed}` : ''
}
