/**
 * A request as it is written on the page: headers as lines of text, a body as it will be sent.
 *
 * @module
 */

export interface Draft {
  readonly method: string
  /** Below the base URL. */
  readonly path: string
  /** One a line: `Content-Type: application/scim+json`. */
  readonly headers: string
  readonly body: string
}

/** Headers that an answer depends on. */
export const COUNTING = ['Accept', 'Content-Type', 'If-Match', 'If-None-Match'] as const

export type Counting = (typeof COUNTING)[number]

export const AS_SCIM = 'Content-Type: application/scim+json'

export interface SortedHeaders {
  readonly counting: Readonly<Partial<Record<Counting, string>>>
  /** Names of those that change nothing. */
  readonly ignored: readonly string[]
  /** Lines that are no header. */
  readonly wrong: readonly string[]
}

/** What of the lines counts. One that comes twice is one with both values, as on the wire. */
export function sorted(text: string): SortedHeaders {
  const counting: Partial<Record<Counting, string>> = {}
  const ignored = new Set<string>()
  const wrong: string[] = []
  for (const line of text.split(/\r?\n/).filter((one) => one.trim() !== '')) {
    const header = headerOf(line)
    const name = COUNTING.find((one) => one.toLowerCase() === header?.name.toLowerCase())
    if (header === undefined) wrong.push(line.trim())
    else if (name === undefined) ignored.add(header.name)
    else counting[name] = [counting[name], header.value].filter((one) => one).join(', ')
  }
  return { counting, ignored: [...ignored], wrong }
}

/** `If-Match: W/"3"` as its name and its value. */
export function headerOf(line: string): { name: string; value: string } | undefined {
  const [, name, value] = /^\s*([!#$%&'*+.^`|~\w-]+):\s*(.*?)\s*$/s.exec(line) ?? []
  return name === undefined || value === undefined ? undefined : { name, value }
}

/** JSON in lines, unless that would make something else of it: a name that is there twice, say. */
export function laidOut(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    const compact = text.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')
    return JSON.stringify(value) === compact ? JSON.stringify(value, null, 2) : text
  } catch {
    return text
  }
}
