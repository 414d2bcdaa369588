/** The bytes of requests, made before anything is measured. */

export interface Target {
  readonly port: number
  /** In front of every path: `/scim/v2`. */
  readonly base: string
  /** Sent as a bearer token; none when it is empty. */
  readonly key: string
}

export function get({ base, key }: Target, path: string): Buffer {
  return Buffer.from(`GET ${base}${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${credential(key)}\r\n`)
}

export function send({ base, key }: Target, method: string, path: string, body: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(body))
  const head =
    `${method} ${base}${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${credential(key)}` +
    `Content-Type: application/scim+json\r\nContent-Length: ${json.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), json])
}

export function filtered(target: Target, endpoint: string, filter: string, count?: number): Buffer {
  const page = count === undefined ? '' : `&count=${count}`
  return get(target, `${endpoint}?filter=${encodeURIComponent(filter)}${page}`)
}

export function patchBody(...operations: readonly unknown[]) {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }
}

const credential = (key: string) => (key === '' ? '' : `Authorization: Bearer ${key}\r\n`)
