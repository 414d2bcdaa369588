/**
 * A request that was kept, as a command for a POSIX shell that makes it again, with the key left out.
 *
 * Every text stands in single quotes, in which a shell reads nothing. To curl, brackets and braces in a URL
 * are patterns unless it is told (`--globoff`), dots in a path are steps (`--path-as-is`), and a body that
 * begins with `@` is the name of a file (not to `--data-raw`).
 *
 * @module
 */

import type { KeptRequest } from '../../store/journal.ts'
import { UNREADABLE } from '../redaction/body.ts'
import { HIDDEN } from '../redaction/names.ts'

/** What a client says with them changes what is answered. */
const HEADERS = ['Accept', 'Content-Type', 'If-Match', 'If-None-Match'] as const

export function curlOf(one: KeptRequest, baseUrl: string): string {
  const { method, path, query, request } = one
  const { body, headers } = request
  // What is behind this is no part of what is sent.
  const url = `${baseUrl}${path}${query === '' ? '' : `?${query}`}`.replaceAll('#', '%23')
  const given = HEADERS.flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [`-H ${quoted(`${name}: ${value}`)}`]
  })
  // Else curl says of a body without a type that it is a form.
  const noType = body !== null && headers['Content-Type'] === undefined
  const command = [
    `curl --globoff --path-as-is ${method === 'HEAD' ? '--head' : `-X ${method}`} ${quoted(url)}`,
    `-H "Authorization: Bearer $KEY"`,
    ...given,
    ...(noType ? [`-H 'Content-Type:'`] : []),
    ...(body === null ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(' \\\n  ')
  return [...lacking(one, url).map((sentence) => `# ${sentence}`), command].join('\n')
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** What somebody has to put in before it is the same request. */
function lacking({ request: { body, omitted } }: KeptRequest, url: string): string[] {
  const isHidden = [url, body ?? ''].some((text) => text.includes(HIDDEN))
  return [
    ...(omitted === 'size' ? ['The body was longer: this is its beginning.'] : []),
    ...(omitted !== null && omitted !== 'size' ? ['Its body was not kept.'] : []),
    ...(isHidden ? [`Put in what was taken out: ${HIDDEN}`] : []),
    ...(body === UNREADABLE ? ['Put in the body.'] : []),
  ]
}
