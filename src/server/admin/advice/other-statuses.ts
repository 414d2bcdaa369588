/** Every status but 400, in their order. */

import { any, detail, type Rule, refused, scimType } from './rule.ts'

export const otherStatuses: readonly Rule[] = [
  {
    status: 401,
    ...refused('revoked'),
    cause: 'The API key was revoked.',
    next: 'Put another key that is in use into the identity provider, or create a new one; this one will not work again.',
  },
  {
    status: 401,
    ...refused('expired'),
    cause: 'The API key has expired.',
    next: 'Create a key that lasts longer, or rotate this one, and put the new one into the identity provider.',
  },
  {
    status: 401,
    ...detail('no bearer token', /^The Authorization header is not/),
    cause:
      'The header Authorization came, and not as "Bearer KEY": the word Bearer is missing, or it is Basic or some other way to sign in.',
    next: 'Choose bearer token or HTTP header in the identity provider, not basic authentication or OAuth. Where it sends what is entered as it is, enter Bearer, a blank and the key.',
  },
  {
    status: 401,
    ...refused('malformed'),
    cause:
      'What was sent is no API key: a part of it is missing or mistyped, or it is something else.',
    next: 'Copy the whole key, from rc_ to its end, without blanks. Entra ID calls it Secret Token, Okta API Token.',
  },
  {
    status: 401,
    ...refused('unknown'),
    cause: 'No such API key was ever made here.',
    next: 'Compare the base URL with the server that the key was made on; or create a key here, and put it into the identity provider.',
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
    next: 'Report it to the identity provider, with the request and its answer.',
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
    when: 'group',
    fits: ({ path }) => /^\/Groups(?:\/|$)/i.test(path),
    cause: 'There is no such group: it was deleted, or never made here.',
    next: 'Usual when a client asks before it creates. Else have the identity provider send the group anew: in Okta unlink it and push it again, in Entra ID restart the provisioning.',
  },
  {
    status: 404,
    ...any,
    cause: 'There is no such user, or the account was suspended.',
    next: 'Usual when a client asks before it creates. Else look under Suspended; a create with the same userName brings the account back.',
  },
  {
    status: 405,
    when: 'no id',
    // Its route is `*`, as that of whatever is refused before it is known what it asks for.
    fits: ({ method, path }) =>
      /^(?:PUT|PATCH|DELETE)$/.test(method) && /^\/(?:Users|Groups)\/?$/.test(path),
    cause: 'A change of one record was sent to all of them: the path has no id at its end.',
    next: 'See whether the identity provider knows the id of the record; unlink the record there and send it anew.',
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
    ...detail('group', /^"displayName" is taken/, 'uniqueness'),
    cause: 'Another group has this name.',
    next: 'Go to the group that holds it, or search for the name under Groups. If it is the same group, have the identity provider match by displayName. Where several may have one name, choose that in Settings, under Names of groups.',
  },
  {
    status: 409,
    ...scimType('uniqueness'),
    cause: 'Another user has this userName.',
    next: 'Go to the user who holds it, or search for the userName under Users. If it is the same person, have the identity provider match by userName; if not, rename one of them.',
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
