/**
 * What a person reads when the service starts.
 *
 * The first start makes the default tenant and a key, and says everything that is needed to create
 * the first user. The key is shown then and never again; when nobody is to read (`--quiet`), none
 * is made, since it would be lost. A link to sign in to the console comes with every start until
 * somebody has followed one.
 *
 * @module
 */

import type { Registry } from '../store/registry.ts'
import { newLink, type PeopleWorld } from './admin/people.ts'
import { createKey } from './api-keys.ts'
import { defaultTenant } from './tenants.ts'

/** What the words are about. */
export interface Place {
  /** What clients are given: `https://id.example.com/scim/v2`. */
  readonly baseUrl: string
  /** Where people sign in: `https://id.example.com/`. */
  readonly consoleUrl: string
  /** The same from this machine: `http://127.0.0.1:3000/scim/v2`. */
  readonly localUrl: string
  /** Where the data lies, without a password. */
  readonly data: string
  /** How the command line is called here, with the database when it is not the default. */
  readonly command: (words: string) => string
  readonly version: string
}

/** Makes the default tenant and, when there is no key at all, the first one. */
export async function firstKey(
  registry: Registry,
  world: { readonly now: () => number; readonly quiet: boolean },
): Promise<string | undefined> {
  const tenant = await defaultTenant(registry, world.now)
  if (world.quiet || (await registry.keys()).length > 0) return undefined
  const wanted = { tenant: tenant.id, name: 'first', scope: 'write', lifetime: null } as const
  return (await createKey(registry, wanted, world)).secret
}

/** A link that signs the first person in, fresh with every start until somebody is there. */
export async function firstLink(world: PeopleWorld): Promise<string | undefined> {
  if (!(await world.operators.isEmpty())) return undefined
  return (await newLink(world, 'first', null)).url
}

/** The words of a start: with a key the first one's, without one any later one's. */
export function banner(place: Place, key: string | undefined, link?: string): string {
  const lines = [
    `Rollcall ${place.version} is running.`,
    '',
    `  Base URL  ${place.baseUrl}`,
    ...(key === undefined ? [] : [`  API key   ${key}`]),
    link === undefined ? `  Console   ${place.consoleUrl}` : `  Sign in   ${link}`,
    `  Data      ${place.data}`,
    '',
  ]
  if (key === undefined) {
    lines.push(
      'Make another API key:',
      '',
      `  ${place.command('key create --name NAME')}`,
      '',
      'Stop with Ctrl-C.',
    )
  } else {
    lines.push(
      'The key is shown this once. Create a first user with it:',
      '',
      ...curl(place.localUrl, key).map((line) => `  ${line}`),
      '',
      'Stop with Ctrl-C.',
    )
  }
  return `${lines.join('\n')}\n`
}

function curl(baseUrl: string, key: string): string[] {
  const user = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'ada@example.com',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    active: true,
  }
  return [
    `curl ${baseUrl}/Users \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/scim+json' \\`,
    `  -d '${JSON.stringify(user)}'`,
  ]
}
