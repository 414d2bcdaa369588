/** JSON values, as types. */

export type JsonPrimitive = string | number | boolean | null
export type JsonValue = JsonPrimitive | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Whether a value is a JSON object: neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text as JSON; as `JSON.stringify` has it, and sooner where nothing is to be escaped. */
export const quoted = (text: string): string =>
  PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)

// Halves of characters are escaped, and so left to it.
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/
