/**
 * How each file of `rfc/` is checked: one line a file.
 *
 * The examples of the RFC begin in the middle of a story: a user of a certain id is there, at a
 * certain version. `given` tells that beginning. Ids are the RFC's; the suite puts those this
 * service gave out in their place, and the current entity-tag in place of the RFC's.
 *
 * @module
 */

import type { QuirkName } from '../../src/protocol/quirks.ts'
import type { Json } from './conversation.ts'

/** The user of most examples. */
export const BABS = '2819c223-7f76-453a-919d-413861904646'
export const JAMES = '08e1d05d-121c-4561-8b96-473d93df9210'
export const GUIDES = 'acbf3ae7-8463-4692-b4fd-9b4da3f908ce'

export type Check =
  /** The schemas take it, and lose nothing that a client may write. */
  | { readonly by: 'accepting'; readonly type: 'User' | 'Group' }
  /** Every string parses, and every filter binds to the User schema; with a quirk where named. */
  | { readonly by: 'parsing'; readonly quirk?: QuirkName }
  /** `src/protocol/schema/core/schemas.test.ts` compares it with ours. */
  | { readonly by: 'comparing' }
  /** Every key of it is in what this service says of itself, save those it has no value for. */
  | { readonly by: 'discovering'; readonly path: string; readonly without: readonly string[] }
  /** It is sent; the answer is compared. */
  | ({ readonly by: 'sending' } & Exchange)
  /** It is compared with what the request of that file was answered. */
  | { readonly by: 'being the answer to'; readonly request: string }
  /** A refusal of this service is the same, save for the words of its detail. */
  | ({ readonly by: 'being refused'; readonly path: string } & Partial<RefusedRequest>)
  /** Read, and not sent: this service does not do that, for the reason given. */
  | { readonly by: 'reading'; readonly why: string }

export interface RefusedRequest {
  readonly given: readonly Given[]
  readonly method: string
  readonly body: Json
}

export interface Exchange {
  readonly given?: readonly Given[]
  /** Where the RFC prints no request line. */
  readonly path?: string
  readonly status: number
  /** Part of the body of the answer; see `conversation.ts`. */
  readonly body?: Json
  readonly absent?: readonly string[]
  /** What a GET finds afterwards, when the answer does not say. */
  readonly after?: { readonly path: string; readonly status: number }
}

/** A resource that is there before, under the RFC's id. */
export interface Given {
  readonly id: string
  readonly path: '/Users' | '/Groups'
  readonly body: { readonly [name: string]: Json }
}

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'

const babs: Given = {
  id: BABS,
  path: '/Users',
  body: {
    schemas: [USER],
    userName: 'bjensen',
    externalId: 'bjensen',
    name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
    displayName: 'Babs Jensen',
    title: 'Tour Guide',
    roles: [{ value: 'guide' }],
    phoneNumbers: [{ value: '555-555-8377', type: 'work' }],
    emails: [
      { value: 'bjensen@example.com', type: 'work', primary: true },
      { value: 'barbara@example.org', type: 'home' },
    ],
    addresses: [
      {
        type: 'work',
        streetAddress: '100 Universal City Plaza',
        locality: 'Hollywood',
        country: 'USA',
      },
      { type: 'home', streetAddress: '456 Hollywood Blvd', primary: true },
    ],
  },
}

const james: Given = {
  id: JAMES,
  path: '/Users',
  body: { schemas: [USER], userName: 'jsmith', displayName: 'James Smith' },
}

const mandy: Given = {
  id: '902c246b-6245-4190-8e05-00816be7344a',
  path: '/Users',
  body: { schemas: [USER], userName: 'mandy', displayName: 'Mandy Pepperidge' },
}

const guides = (...members: readonly Given[]): Given => ({
  id: GUIDES,
  path: '/Groups',
  body: {
    schemas: [GROUP],
    displayName: 'Tour Guides',
    members: members.map(({ id }) => ({ value: id })),
  },
})

const member = ({ id, body }: Given): Json => ({ value: id, display: body.displayName as string })

const BULK = 'Bulk waits for its issue (rfc/README.md).'
const bulk: Check = { by: 'reading', why: BULK }

export const checks: Readonly<Record<string, Check>> = {
  '7643-3-structure.json': { by: 'accepting', type: 'User' },
  '7643-8.1-minimal-user.json': { by: 'accepting', type: 'User' },
  '7643-8.2-full-user.json': { by: 'accepting', type: 'User' },
  '7643-8.3-enterprise-user.json': { by: 'accepting', type: 'User' },
  '7643-8.4-group.json': { by: 'accepting', type: 'Group' },
  '7643-8.5-service-provider-config.json': {
    by: 'discovering',
    path: '/ServiceProviderConfig',
    // No help page is configured, it was never created, and no version of it is kept.
    without: [
      'documentationUri',
      'authenticationSchemes.documentationUri',
      'meta.created',
      'meta.lastModified',
      'meta.version',
    ],
  },
  '7643-8.6-resource-types.json': { by: 'discovering', path: '/ResourceTypes', without: [] },
  '7643-8.7.1-resource-schemas.json': { by: 'comparing' },
  '7643-8.7.2-discovery-schemas.json': { by: 'comparing' },

  '7644-2-bearer-token.json': {
    by: 'sending',
    given: [babs],
    status: 200,
    body: { id: BABS, userName: 'bjensen' },
  },
  '7644-3.3-create-user.json': {
    by: 'sending',
    status: 201,
    body: { userName: 'bjensen', meta: { resourceType: 'User' } },
  },
  '7644-3.3-create-user-response.json': {
    by: 'being the answer to',
    request: '7644-3.3-create-user.json',
  },
  '7644-3.4.1-get-user.json': {
    by: 'sending',
    given: [
      {
        ...babs,
        body: {
          schemas: [USER],
          userName: 'bjensen',
          externalId: 'bjensen',
          name: {
            formatted: 'Ms. Barbara J Jensen III',
            familyName: 'Jensen',
            givenName: 'Barbara',
          },
          phoneNumbers: [{ value: '555-555-8377', type: 'work' }],
          emails: [{ value: 'bjensen@example.com', type: 'work' }],
        },
      },
    ],
    status: 200,
    body: { id: BABS },
  },
  '7644-3.4.1-get-user-response.json': {
    by: 'being the answer to',
    request: '7644-3.4.1-get-user.json',
  },
  '7644-3.4.2-list-user-names.json': {
    by: 'sending',
    given: [babs, { ...james, id: 'c75ad752-64ae-4823-840d-ffa80929976c' }],
    status: 200,
    body: { totalResults: 2 },
    absent: ['/Resources/0/displayName', '/Resources/1/displayName', '/Resources/0/meta'],
  },
  '7644-3.4.2-list-user-names-response.json': {
    by: 'being the answer to',
    request: '7644-3.4.2-list-user-names.json',
  },
  '7644-3.4.2.1-type-filter.json': { by: 'parsing', quirk: 'unquoted-value' },
  '7644-3.4.2.2-filters.json': { by: 'parsing' },
  '7644-3.4.2.2-case-insensitive-filters.json': { by: 'parsing' },
  '7644-3.4.2.4-first-page.json': {
    by: 'sending',
    given: Array.from({ length: 12 }, (_, number) => ({
      ...james,
      id: `user-${number}`,
      body: { ...james.body, userName: `user${number}` },
    })),
    status: 200,
    body: { totalResults: 12, itemsPerPage: 10, startIndex: 1 },
  },
  '7644-3.4.2.4-first-page-response.json': {
    by: 'being the answer to',
    request: '7644-3.4.2.4-first-page.json',
  },
  '7644-3.4.3-search.json': {
    by: 'sending',
    given: [
      {
        id: '2819c223-7f76-413861904646',
        path: '/Users',
        body: { schemas: [USER], userName: 'jsmith', displayName: 'Smith, James', title: 'Guide' },
      },
      {
        id: 'c8596b90-7539-4f20968d1908',
        path: '/Groups',
        body: { schemas: [GROUP], displayName: 'Smith Family' },
      },
      babs,
    ],
    status: 200,
    body: { totalResults: 2, itemsPerPage: 2, startIndex: 1 },
    absent: ['/Resources/0/title', '/Resources/1/title'],
  },
  '7644-3.4.3-search-response.json': {
    by: 'being the answer to',
    request: '7644-3.4.3-search.json',
  },
  '7644-3.5.1-replace-user.json': {
    by: 'sending',
    given: [babs],
    status: 200,
    absent: ['/roles', '/title', '/phoneNumbers', '/displayName'],
    body: { name: { middleName: 'Jane' } },
  },
  '7644-3.5.1-replace-user-response.json': {
    by: 'being the answer to',
    request: '7644-3.5.1-replace-user.json',
  },
  '7644-3.5.2-structure.json': {
    by: 'sending',
    path: `/Groups/${GUIDES}`,
    given: [babs, guides()],
    status: 200,
    body: { members: [member(babs)] },
  },
  '7644-3.5.2-paths.json': { by: 'parsing' },
  '7644-3.5.2.1-add-member.json': {
    by: 'sending',
    given: [babs, james, guides(james)],
    status: 200,
    body: { members: { $contains: [member(babs), member(james)] } },
  },
  '7644-3.5.2.1-add-member-response.json': {
    by: 'reading',
    why: 'A small group is answered with 200 and its body, the other answer §3.5.2 allows.',
  },
  '7644-3.5.2.1-add-attributes.json': {
    by: 'sending',
    given: [babs],
    status: 200,
    body: {
      nickName: 'Babs',
      emails: [
        { value: 'bjensen@example.com', type: 'work', primary: true },
        { value: 'barbara@example.org', type: 'home' },
        { value: 'babs@jensen.org', type: 'home' },
      ],
    },
  },
  '7644-3.5.2.2-remove-one-member.json': {
    by: 'sending',
    given: [babs, james, guides(babs, james)],
    status: 200,
    body: { members: [member(james)] },
  },
  '7644-3.5.2.2-remove-all-members.json': {
    by: 'sending',
    given: [babs, james, guides(babs, james)],
    status: 200,
    body: { displayName: 'Tour Guides' },
    absent: ['/members/0'],
  },
  '7644-3.5.2.2-remove-matching-email.json': {
    by: 'sending',
    path: `/Users/${BABS}`,
    given: [babs],
    status: 200,
    body: { emails: [{ value: 'barbara@example.org', type: 'home' }] },
  },
  '7644-3.5.2.2-remove-and-add-member.json': {
    by: 'sending',
    given: [babs, james, guides(babs)],
    status: 200,
    body: { members: [member(james)] },
  },
  '7644-3.5.2.2-remove-all-and-add-members.json': {
    by: 'sending',
    given: [babs, james, mandy, guides(mandy)],
    status: 200,
    body: { members: { $contains: [member(babs), member(james)] } },
    absent: ['/members/2'],
  },
  '7644-3.5.2.3-replace-all-members.json': {
    by: 'sending',
    given: [babs, james, mandy, guides(mandy, babs)],
    status: 200,
    body: { members: { $contains: [member(babs), member(james)] } },
    absent: ['/members/2'],
  },
  '7644-3.5.2.3-replace-work-address.json': {
    by: 'sending',
    given: [babs],
    status: 200,
    body: {
      addresses: [
        { type: 'work', streetAddress: '911 Universal City Plaza', primary: true },
        { type: 'home', streetAddress: '456 Hollywood Blvd', primary: false },
      ],
    },
  },
  '7644-3.5.2.3-replace-street-address.json': {
    by: 'sending',
    given: [babs],
    status: 200,
    body: {
      addresses: [
        { type: 'work', streetAddress: '1010 Broadway Ave', locality: 'Hollywood' },
        { type: 'home', streetAddress: '456 Hollywood Blvd' },
      ],
    },
  },
  '7644-3.5.2.3-replace-attributes.json': {
    by: 'sending',
    given: [babs],
    status: 200,
    body: {
      nickName: 'Babs',
      title: 'Tour Guide',
      emails: [
        { value: 'bjensen@example.com', type: 'work', primary: true },
        { value: 'babs@jensen.org', type: 'home' },
      ],
    },
  },
  '7644-3.6-delete-user.json': {
    by: 'sending',
    given: [babs],
    status: 204,
    after: { path: `/Users/${BABS}`, status: 404 },
  },
  '7644-3.6-delete-user-response.json': {
    by: 'being the answer to',
    request: '7644-3.6-delete-user.json',
  },
  '7644-3.6-get-deleted-user.json': { by: 'sending', status: 404, body: { status: '404' } },
  '7644-3.6-get-deleted-user-response.json': { by: 'being refused', path: `/Users/${BABS}` },

  '7644-3.7.1-circular-groups.json': bulk,
  '7644-3.7.1-get-circular-groups.json': bulk,
  '7644-3.7.1-get-circular-groups-response.json': bulk,
  '7644-3.7.2-user-and-group.json': bulk,
  '7644-3.7.2-user-and-group-response.json': bulk,
  '7644-3.7.2-get-group-response.json': bulk,
  '7644-3.7.2-manager.json': bulk,
  '7644-3.7.3-create-update-remove.json': bulk,
  '7644-3.7.3-create-update-remove-response.json': bulk,
  '7644-3.7.3-failed-status.json': bulk,
  '7644-3.7.3-stopped-response.json': bulk,
  '7644-3.7.3-all-failed-response.json': bulk,
  '7644-3.7.4-too-large.json': bulk,
  '7644-3.7.4-too-large-response.json': bulk,

  '7644-3.8-suffix.json': {
    by: 'reading',
    why: 'A suffix is a MAY, and ids are opaque: ".scim" could be part of one.',
  },
  '7644-3.9-attributes.json': {
    by: 'sending',
    given: [babs],
    status: 200,
    body: { id: BABS },
    absent: ['/displayName', '/meta', '/emails'],
  },
  '7644-3.9-attributes-response.json': {
    by: 'being the answer to',
    request: '7644-3.9-attributes.json',
  },
  '7644-3.12-not-found.json': { by: 'being refused', path: `/Users/${BABS}` },
  '7644-3.12-read-only.json': {
    by: 'being refused',
    // By PATCH: of a PUT, §3.5.1 says that readOnly values are ignored.
    given: [babs],
    path: `/Users/${BABS}`,
    method: 'PATCH',
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'id', value: 'another' }],
    },
  },
  '7644-3.14-create-user.json': { by: 'sending', status: 201 },
  '7644-3.14-create-user-response.json': {
    by: 'being the answer to',
    request: '7644-3.14-create-user.json',
  },
  '7644-3.14-if-none-match.json': { by: 'sending', given: [babs], status: 304 },
  '7644-4-resource-types.json': { by: 'discovering', path: '/ResourceTypes', without: [] },
  '7644-7.5.2-sensitive-filter.json': {
    by: 'reading',
    why: 'Refusing personal data in a URL is a SHOULD that would refuse every client there is.',
  },
}
