/**
 * A value of a resource as one line for people: what it is, then what is said about it. JSON is one
 * tab away, so nothing here needs brackets.
 *
 * @module
 */

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export type Complex = Readonly<Record<string, unknown>>

export function isComplex(value: unknown): value is Complex {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** "bjensen@example.com · work · primary" */
export function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(', ')
  if (!isComplex(value)) return String(value)
  const { value: main, display, displayName, type, primary, $ref: _, ...others } = value
  const words = [display ?? displayName ?? main, (display ?? displayName) !== undefined && main]
  return [
    ...words.filter((word) => word !== undefined && word !== false).map(inWords),
    ...(type === undefined ? [] : [String(type)]),
    ...(primary === true ? ['primary'] : []),
    ...Object.entries(others).map(([name, other]) => `${nameInWords(name)}: ${inWords(other)}`),
  ].join(' · ')
}

/** Characters of a value that people are shown where they can go on to the JSON. */
const SHOWN = 600

/** A value as far as anybody reads it: a browser breaks a word of 60,000 letters for some seconds. */
export function brief(text: string): string {
  if (text.length <= SHOWN) return text
  const length = text.length.toLocaleString('en')
  return `${text.slice(0, SHOWN).toWellFormed()}… (${length} characters in all)`
}

/** `familyName` → "Family name". */
export function nameInWords(name: string): string {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, (_, a: string, b: string) => `${a} ${b}`)
  return words.slice(0, 1).toUpperCase() + words.slice(1).toLowerCase()
}

/** The last part of a schema's URN that says something: "enterprise". */
export function schemaInWords(urn: string): string {
  if (urn === ENTERPRISE) return 'enterprise'
  const parts = urn.split(':')
  return parts.findLast((part) => /^[a-z]/i.test(part) && !/^(?:User|Group)$/.test(part)) ?? urn
}

/** What belongs together under a schema, as a title. */
export function schemaTitle(urn: string): string {
  return urn === ENTERPRISE ? 'Work' : nameInWords(schemaInWords(urn))
}

/** Splits `urn:…:User:department` where the schema ends; a core attribute has none. */
export function splitPath(path: string): { readonly schema: string | null; readonly name: string } {
  if (!path.toLowerCase().startsWith('urn:')) return { schema: null, name: path }
  const end = path.lastIndexOf(':')
  return { schema: path.slice(0, end), name: path.slice(end + 1) }
}
