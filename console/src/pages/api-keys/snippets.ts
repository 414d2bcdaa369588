/**
 * Commands ready to be pasted into a shell. What is put into them is quoted, whatever it is.
 *
 * @module
 */

export function curlFor(baseUrl: string, secret: string): string {
  return [
    `curl -H ${quoted(`Authorization: Bearer ${secret}`)} \\`,
    `  ${quoted(`${baseUrl}/Users?count=1`)}`,
  ].join('\n')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
