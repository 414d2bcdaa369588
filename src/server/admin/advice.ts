/**
 * What a refusal means to whoever runs an identity provider, and what to do next.
 *
 * The first rule that fits is taken, so the special ones stand first; the last of each status fits
 * whatever has it. docs/errors.md says the same, and `test/console/advice.txt` which rule each refusal
 * in the sources has.
 *
 * @module
 */

import type { RefusedCredential } from '../../http/authenticate.ts'

/** As much of a request as advice depends on. */
export interface Refused {
  readonly status: number
  readonly scimType: string | null
  readonly path: string
  /** `*` when the path is no endpoint. */
  readonly route: string
  readonly refused: string | null
  readonly detail: string | null
}

export interface Advice {
  readonly cause: string
  readonly next: string
}

interface Rule extends Advice {
  readonly status: number
  readonly when?: string
  readonly fits: (one: Refused) => boolean
}

const scimType = (name: string) => ({
  when: name,
  fits: (one: Refused) => one.scimType === name,
})
/** What an answer says, told from others of its status; `type` is its scimType, if it has one. */
const detail = (when: string, says: RegExp, type?: string) => ({
  when,
  fits: (one: Refused) =>
    (type === undefined || one.scimType === type) && says.test(one.detail ?? ''),
})
const refused = (reason: RefusedCredential['refused']) => ({
  when: `key ${reason}`,
  fits: (one: Refused) => one.refused === reason,
})
const any = { fits: () => true }

export const rules: readonly Rule[] = [
  {
    status: 400,
    ...scimType('invalidSyntax'),
    cause: 'The body is not the JSON message that this endpoint takes.',
    next: 'Look at the request body below. If a proxy stands in between, see whether it changes bodies; else report it to the identity provider, with this entry.',
  },
  {
    status: 400,
    ...scimType('invalidFilter'),
    cause: 'The filter cannot be read, or it or the order is by an attribute that has none.',
    next: 'The answer says where. Check the matching attribute in the mapping: userName, externalId and emails.value are safe.',
  },
  {
    status: 400,
    ...detail('trailing slash', /^The path ends in a slash$/),
    cause: 'The address ends in a slash, which the strict profile does not take.',
    next: 'Enter the base URL without a slash at its end, or choose tolerant in Settings.',
  },
  {
    status: 400,
    ...scimType('invalidPath'),
    cause: 'A change names an attribute that does not exist, or not in the way SCIM names one.',
    next: 'Correct the target attribute in the mapping, or remove that line of it. Settings shows every attribute there is.',
  },
  {
    status: 400,
    ...detail('nothing named', /needs a "path"|describes no member/, 'noTarget'),
    cause: 'A change does not say what it is about.',
    next: 'Report it to the identity provider, with this entry.',
  },
  {
    status: 400,
    ...scimType('noTarget'),
    cause: 'A change is for a value that the record does not have.',
    next: 'See in the timeline whether it was removed before. In Entra ID, "Restart provisioning" sends the record anew.',
  },
  {
    status: 400,
    ...detail('unknown member', /^"members" names .*, which is not here$/s, 'invalidValue'),
    cause: 'The group names somebody who has not been provisioned here.',
    next: 'Have the identity provider send that user first: assign them to the application there. If they were, look for them under Suspended.',
  },
  {
    status: 400,
    ...detail('circle', /would make the group a member of itself$/, 'invalidValue'),
    cause: 'The group would be a member of itself, directly or by way of groups in it.',
    next: 'Take the one group out of the other in the identity provider.',
  },
  {
    status: 400,
    ...detail('unknown attribute', /is in no schema$|^"schemas" (does not )?name/, 'invalidValue'),
    cause:
      'The record has an attribute, or a schema, that is not here, or does not say that it has it.',
    next: 'Remove it from the mapping; Settings shows every attribute there is. Unless a required schema is missing, the tolerant profile takes such a record.',
  },
  {
    status: 400,
    ...detail(
      'too long',
      /^(".*"|A value that filters find fast) is longer than /s,
      'invalidValue',
    ),
    cause: 'A value is longer than its attribute may be.',
    next: 'Shorten it at its source, or in the mapping.',
  },
  {
    status: 400,
    ...detail(
      'parameter',
      /exclude each other|^"(sortOrder|startIndex|count|pageSize)"|is to be spelled/,
      'invalidValue',
    ),
    cause: 'A parameter of the search is not as SCIM has it.',
    next: 'Report it to the identity provider, with this entry.',
  },
  {
    status: 400,
    ...scimType('invalidValue'),
    cause: 'A required value is missing, or a value is not of the kind its attribute takes.',
    next: 'The answer names the attribute. Correct its mapping, or give it a default in the identity provider.',
  },
  {
    status: 400,
    ...detail('removal with a value', /takes no "value"$/, 'mutability'),
    cause: 'A removal lists the values to remove, which the strict profile does not take.',
    next: 'Choose tolerant in Settings.',
  },
  {
    status: 400,
    ...scimType('mutability'),
    cause:
      'The request changes an attribute that cannot be changed, or removes one that has to be there.',
    next: 'Remove the attribute from the mapping, or map it on creation only.',
  },
  {
    status: 400,
    ...scimType('uniqueness'),
    cause: 'Another record has this value already.',
    next: 'Find who holds it, by searching for it, and rename or suspend that record.',
  },
  {
    status: 400,
    ...scimType('tooMany'),
    cause: 'The search took too long: its filter or its order has no index that is of help.',
    next: 'Search by userName, externalId or emails.value.',
  },
  {
    status: 400,
    ...scimType('invalidVers'),
    cause: 'The client speaks another version of the protocol.',
    next: 'Choose SCIM 2.0 in the identity provider.',
  },
  {
    status: 400,
    ...scimType('sensitive'),
    cause: 'A secret stood in the address of the request.',
    next: 'Send such a search with POST, to /.search.',
  },
  {
    status: 400,
    ...scimType('invalidCursor'),
    cause: 'The client went on with a page that belongs to another search.',
    next: 'Nothing, if the next synchronisation begins anew; else report it to the identity provider.',
  },
  {
    status: 400,
    ...scimType('expiredCursor'),
    cause: 'The client took longer than an hour to ask for the next page.',
    next: 'Nothing; the next synchronisation begins anew.',
  },
  {
    status: 400,
    ...detail('another size', /differs from that of the first page$/, 'invalidCount'),
    cause: 'The client went on with pages of another size than it began with.',
    next: 'Nothing, if the next synchronisation begins anew; else report it to the identity provider.',
  },
  {
    status: 400,
    ...scimType('invalidCount'),
    cause: 'The client asked for a page of a size that is no number.',
    next: 'Report it to the identity provider, with this entry.',
  },
  {
    status: 400,
    ...any,
    cause: 'The request is not one that SCIM knows.',
    next: 'The answer says what was expected. A strict profile refuses what many clients send: choose tolerant in Settings.',
  },
  {
    status: 401,
    ...refused('revoked'),
    cause: 'The API key was revoked.',
    next: 'Put a key that is in use into the identity provider, or create a new one.',
  },
  {
    status: 401,
    ...refused('expired'),
    cause: 'The API key has expired.',
    next: 'Create or rotate a key, and put it into the identity provider.',
  },
  {
    status: 401,
    ...refused('malformed'),
    cause: 'What was sent is no API key: a part of it is missing, or it is something else.',
    next: 'Copy the whole key, from rc_ to its end, without blanks. Entra ID calls it Secret Token, Okta API Token.',
  },
  {
    status: 401,
    ...refused('unknown'),
    cause: 'No such API key was ever made here.',
    next: 'See whether the key belongs to another server, and create one here.',
  },
  {
    status: 401,
    ...any,
    cause: 'The request brought no API key.',
    next: 'Enter the key in the identity provider, as a bearer token or as the header API-Key.',
  },
  {
    status: 403,
    ...detail('filter on discovery', /^Discovery documents take no filter/),
    cause: 'The client asks for a part of what discovery tells, which SCIM does not allow.',
    next: 'Report it to the identity provider, with this entry.',
  },
  {
    status: 403,
    ...any,
    cause: 'The API key may read and not write.',
    next: 'Create a key that may write, and put it into the identity provider.',
  },
  {
    status: 404,
    when: 'doubled path',
    fits: ({ path }) => /\/scim\/v2(?:\/|$)/i.test(path),
    cause:
      'The path has /scim/v2 twice: the identity provider adds it to a base URL that ends in it.',
    next: 'Enter the base URL without /scim/v2 there.',
  },
  {
    status: 404,
    when: 'unknown path',
    fits: ({ route }) => route === '*',
    cause: 'There is no such endpoint below the base URL.',
    next: 'Compare the base URL in the identity provider with the one that Connect shows: it ends in /scim/v2, with nothing behind it.',
  },
  {
    status: 404,
    when: 'unknown schema',
    fits: ({ route }) => /^\/(Schemas|ResourceTypes)\//.test(route),
    cause: 'There is no schema or resource type of this name.',
    next: 'Nothing, if the client goes on without it. Settings shows those there are.',
  },
  {
    status: 404,
    ...any,
    cause: 'There is no such user or group, or it was suspended or deleted.',
    next: 'Usual when a client asks before it creates. Else look under Suspended; a create with the same userName brings the account back.',
  },
  {
    status: 405,
    ...any,
    cause: 'This endpoint does not take this method.',
    next: 'Choose PATCH or PUT for updates in the identity provider, and no others.',
  },
  {
    status: 408,
    ...any,
    cause: 'The body of the request did not arrive.',
    next: 'If it happens often, look at the network and the proxies in between.',
  },
  {
    status: 409,
    ...scimType('uniqueness'),
    cause: 'Another record has this userName, or another group this name.',
    next: 'Search for it. If it is the same person, have the identity provider match by userName; if not, rename one of them.',
  },
  {
    status: 409,
    ...any,
    cause: 'The change conflicts with what is stored.',
    next: 'Look at the timeline of the record; the next synchronisation usually settles it.',
  },
  {
    status: 412,
    ...detail('If-None-Match', /^The resource is there already/),
    cause: 'The client wanted a change only if the record were another than it is (If-None-Match).',
    next: 'Nothing; it has what it asked for. If it stops there, report it to the identity provider.',
  },
  {
    status: 412,
    ...any,
    cause: 'The record was changed since the client read it (If-Match).',
    next: 'Nothing, if the client reads it anew and tries again; most do.',
  },
  {
    status: 413,
    ...detail('members', /members in one request$/, 'tooMany'),
    cause: 'The request names too many members.',
    next: 'Have the identity provider send fewer at once, or raise --max-members.',
  },
  {
    status: 413,
    ...detail('operations', /operations$/, 'tooMany'),
    cause: 'The request has too many operations.',
    next: 'Have the identity provider send fewer changes at once.',
  },
  {
    status: 413,
    ...any,
    cause: 'The body of the request is too large.',
    next: 'Have the identity provider send less at once, or raise --max-body.',
  },
  {
    status: 415,
    ...any,
    cause:
      'The body is not sent as application/scim+json or application/json in UTF-8, or is compressed.',
    next: 'Correct the Content-Type in the identity provider or the proxy in between.',
  },
  {
    status: 422,
    ...any,
    cause: 'The body is well-formed and makes no sense here.',
    next: 'The answer says what was expected.',
  },
  {
    status: 429,
    ...any,
    cause: 'Too many requests came at once.',
    next: 'Nothing; clients wait as Retry-After says and try again.',
  },
  {
    status: 431,
    ...any,
    cause: 'The address and headers of the request are too large.',
    next: 'Search with POST, to /.search.',
  },
  {
    status: 500,
    ...any,
    cause: 'The service has a fault.',
    next: 'Look for the request id in the log of the service, and report it.',
  },
  {
    status: 501,
    ...any,
    cause: 'The client uses what this service does not have: Bulk or /Me.',
    next: 'Switch it off in the identity provider; discovery says that it is not there.',
  },
  {
    status: 503,
    ...detail('passwords', /^too many passwords/),
    cause: 'Users came with passwords faster than these can be hashed.',
    next: 'Nothing; clients wait as Retry-After says. Better, map no password: Rollcall signs nobody in with it.',
  },
  {
    status: 503,
    ...any,
    cause: 'The database could not be reached or had too much to do.',
    next: 'Nothing if it was for a moment: clients try again. Else look at /readyz?verbose and the log.',
  },
]

/** The first rule that fits. */
export function ruleFor(one: Refused): Rule | undefined {
  return rules.find(({ status, fits }) => status === one.status && fits(one))
}

/** The advice for a refusal; `null` for what is none, or has none. */
export function adviceFor(one: Refused): Advice | null {
  const rule = ruleFor(one)
  return rule === undefined ? null : { cause: rule.cause, next: rule.next }
}

/** All of it as a page: docs/errors.md. */
export function adviceDocument(): string {
  const lines = rules.map(
    ({ status, when, cause, next }) => `| ${status} | ${when ?? ''} | ${cause} | ${next} |`,
  )
  return [
    '# What a refusal means, and what to do next',
    '',
    'Made from `src/server/admin/advice.ts`; the console shows the same beside each request that was refused.',
    '',
    '| status | when | cause | next step |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n')
}
