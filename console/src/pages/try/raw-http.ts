/**
 * A request as it goes over the wire: its line, its headers, an empty line, its body (RFC 9112 §2.1).
 *
 * @module
 */

import type { Message } from './curl.ts'
import { headerOf } from './draft.ts'

const LINE =
  /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]+((?:https?:\/\/|\/|\$|\{\{)[^\n]*?)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*$/

/** `undefined` when it does not begin with the line of a request. */
export function rawMessage(text: string): Message | undefined {
  const lines = text.replaceAll('\r\n', '\n').trimStart().split('\n')
  while (/^(?:#|\/\/)/.test(lines[0] ?? '')) lines.shift()
  const [, method, address] = LINE.exec(lines.shift() ?? '') ?? []
  if (method === undefined || address === undefined) return undefined
  const headers: { name: string; value: string }[] = []
  for (let line = lines.shift(); line !== undefined && line.trim() !== ''; line = lines.shift()) {
    const header = headerOf(line)
    const last = headers.at(-1)
    if (header) headers.push(header)
    // A value that goes on in the next line.
    else if (/^[ \t]/.test(line) && last) last.value += ` ${line.trim()}`
    else {
      lines.unshift(line)
      break
    }
  }
  return { method, address, headers, body: lines.join('\n').trim(), remarks: [] }
}
