/** What an operation answered, as JSON again. Nothing that the console asks for comes in pieces. */

import type { JsonObject } from '../../protocol/json.ts'
import type { Answer } from '../../provider/answer.ts'

export function answered({ body }: Pick<Answer, 'body'>): JsonObject {
  if (Array.isArray(body)) return JSON.parse(body.join('')) as JsonObject
  if (typeof body !== 'string') throw new Error('the console was answered in pieces')
  return JSON.parse(body) as JsonObject
}
