/** Who a client is, as far as its `User-Agent` tells. */

// The first that fits; the names are what people call them.
const CLIENTS: readonly (readonly [RegExp, string])[] = [
  [/^Rollcall/i, 'Rollcall itself'],
  [/okta/i, 'Okta'],
  [/onelogin/i, 'OneLogin'],
  [/jumpcloud/i, 'JumpCloud'],
  [/ping(one|federate|identity)/i, 'PingOne'],
  [/google/i, 'Google'],
  [/entra|azure|microsoft/i, 'Entra ID'],
  [/sailpoint/i, 'SailPoint'],
  [/^curl\//i, 'curl'],
  [/postman/i, 'Postman'],
]

export function clientOf(agent: string | null): string | null {
  if (agent === null) return null
  return CLIENTS.find(([pattern]) => pattern.test(agent))?.[1] ?? null
}
