/** Who a client is, as far as its `User-Agent` tells. */

interface Client {
  /** What people call it. */
  readonly name: string
  /** One of these is in its agent, in any letter case; at its beginning if it `begins`. */
  readonly parts: readonly string[]
  readonly begins?: true
}

// The first that fits.
const CLIENTS: readonly Client[] = [
  { name: 'Rollcall itself', parts: ['rollcall'], begins: true },
  { name: 'Okta', parts: ['okta'] },
  { name: 'OneLogin', parts: ['onelogin'] },
  { name: 'JumpCloud', parts: ['jumpcloud'] },
  { name: 'PingOne', parts: ['pingone', 'pingfederate', 'pingidentity'] },
  { name: 'Google', parts: ['google'] },
  { name: 'Entra ID', parts: ['entra', 'azure', 'microsoft'] },
  { name: 'SailPoint', parts: ['sailpoint'] },
  { name: 'curl', parts: ['curl/'], begins: true },
  { name: 'Postman', parts: ['postman'] },
]

export function clientOf(agent: string | null): string | null {
  if (agent === null) return null
  const text = agent.toLowerCase()
  const fits = ({ parts, begins }: Client) =>
    parts.some((part) => (begins ? text.startsWith(part) : text.includes(part)))
  return CLIENTS.find(fits)?.name ?? null
}

/** What an agent contains of whom a person finds by a text: by the agent itself, or by its client's name. */
export function agentsOf(text: string): readonly string[] {
  const wanted = text.toLowerCase()
  const named = CLIENTS.filter(({ name }) => name.toLowerCase().includes(wanted))
  return [text, ...named.flatMap(({ parts }) => parts)]
}
