/**
 * What real clients send that the RFC does not allow, each under a name.
 *
 * The rule of the house: where the engine accepts more than the RFC, it says so by calling
 * {@link Tolerance} with an entry of this table. The tolerant profile notes the use and goes on;
 * the strict profile refuses.
 *
 * @module
 */

import type { ScimError } from './errors.ts'

export interface Quirk {
  /** Who sends it. */
  readonly who: string
  /** What is sent, and what it is taken for. */
  readonly what: string
  /** Where it was seen: documentation, or an issue as owner/name#number. */
  readonly source: string
  /** The conversation under `idp/` that shows it. */
  readonly recording: string
}

/**
 * Asks leave for a quirk. Returns when the profile takes it, and throws what `refusal` makes when
 * the profile is strict.
 */
export type Tolerance = (quirk: QuirkName, refusal: () => ScimError) => void

/** Takes every quirk and says which were used. */
export function tolerant(used: Set<QuirkName> = new Set()): Tolerance {
  return (quirk) => {
    used.add(quirk)
  }
}

/** Takes none. */
export const strict: Tolerance = (_, refusal) => {
  throw refusal()
}

export type QuirkName = keyof typeof quirks

export const quirks = {
  'op-capitalised': {
    who: 'Entra ID',
    what: 'PATCH "op" in any letter case (`Add`, `Replace`, `Remove`).',
    source: 'MicrosoftDocs/entra-docs application-provisioning-config-problem-scim-compatibility',
    recording: 'entra-legacy-patch.json',
  },
  'unquoted-value': {
    who: 'authentik before 2025.10, an Entra ID tutorial',
    what: 'A filter value without quotes (`userName eq bjensen`), taken for a string.',
    source: 'goauthentik/authentik#16455',
    recording: 'authentik-unquoted-filter.json',
  },
  'value-path-compared': {
    who: 'Entra ID',
    what: 'A comparison behind brackets (`emails[type eq "work"].value eq "x"`), read into them.',
    source: 'MicrosoftDocs/entra-docs use-scim-to-provision-users-and-groups',
    recording: 'entra-queries.json',
  },
  'quoted-boolean-in-filter': {
    who: 'Entra ID',
    what: 'A boolean in quotes, in any letter case (`roles[primary eq "True"]`).',
    source: 'MicrosoftDocs/entra-docs application-provisioning-config-problem-scim-compatibility',
    recording: 'entra-legacy-patch.json',
  },
  'unqualified-extension-attribute': {
    who: 'Entra ID',
    what: 'An attribute of an extension without its URN (`manager`), when only one extension has it.',
    source: 'MicrosoftDocs/entra-docs use-scim-to-provision-users-and-groups',
    recording: 'entra-legacy-patch.json',
  },
  'dot-after-urn': {
    who: 'Entra ID',
    what: 'A dot between URN and attribute (`urn:…:enterprise:2.0:User.manager`) for the colon.',
    source: 'AzureAD/SCIMReferenceCode',
    recording: 'entra-legacy-patch.json',
  },
  'reference-compared': {
    who: 'Entra ID',
    what: 'A single-valued complex attribute compared (`manager eq "id"`), by its "value".',
    source: 'MicrosoftDocs/entra-docs use-scim-to-provision-users-and-groups',
    recording: 'entra-queries.json',
  },
  'missing-schemas': {
    who: 'home-grown clients, older OneLogin connectors',
    what: 'A message without its schema URN in "schemas"; the endpoint says what it is.',
    source: 'Infisical/infisical#6552, goauthentik/authentik#11249',
    recording: 'onelogin.json',
  },
  'foreign-schemas': {
    who: 'Entra ID',
    what: 'Unknown URNs in "schemas", such as the ADSCIM Group; they are dropped.',
    source: 'MicrosoftDocs/entra-docs use-scim-to-provision-users-and-groups',
    recording: 'entra-groups.json',
  },
  'unlisted-extension': {
    who: 'home-grown clients',
    what: 'An extension that "schemas" does not name; its presence is enough.',
    source: 'RFC 7643 §3 asks for it; scripts forget it',
    recording: 'entra-postman.json',
  },
  'unknown-attribute': {
    who: 'Entra ID, Okta',
    what: 'Attributes no schema has, in POST and PUT; they are dropped and never stored.',
    source: 'AzureAD/SCIMReferenceCode Postman collection',
    recording: 'entra-postman.json',
  },
  'single-object-for-list': {
    who: 'OneLogin, Rippling',
    what: 'One object where a multi-valued attribute wants an array.',
    source: 'goauthentik/authentik#11249, valon-technologies/gestalt#3171',
    recording: 'onelogin.json',
  },
  'boolean-as-string': {
    who: 'Entra ID',
    what: '"True" and "False" for booleans.',
    source: 'MicrosoftDocs/entra-docs application-provisioning-config-problem-scim-compatibility',
    recording: 'entra-legacy-patch.json',
  },
  'manager-as-string': {
    who: 'Entra ID',
    what: 'A complex attribute given as its "value" alone.',
    source: 'Captain-P-Goldfish/SCIM-SDK#541',
    recording: 'entra-legacy-patch.json',
  },
  'manager-as-list': {
    who: 'Entra ID',
    what: 'A single-valued complex attribute in an array of one.',
    source: 'Captain-P-Goldfish/SCIM-SDK#686',
    recording: 'entra-legacy-patch.json',
  },
  'empty-manager-removes': {
    who: 'Entra ID',
    what: '{"value": ""} for a complex attribute; it is unassigned.',
    source: 'MicrosoftDocs/entra-docs known-issues',
    recording: 'entra-legacy-patch.json',
  },
  'scalar-member': {
    who: 'Entra ID (Postman collection)',
    what: 'A member given as its id alone.',
    source: 'AzureAD/SCIMReferenceCode Postman collection',
    recording: 'entra-postman.json',
  },
  'remove-with-value-list': {
    who: 'Entra ID, JumpCloud, authentik',
    what: '"remove" with a list in "value"; only the listed values go.',
    source: 'Captain-P-Goldfish/SCIM-SDK#149',
    recording: 'entra-groups.json',
  },
  'remove-missing-value': {
    who: 'Entra ID, Okta',
    what: '"remove" of a value that is not there; nothing changes.',
    source: 'wso2/product-is#8589',
    recording: 'entra-legacy-patch.json',
  },
  'create-on-missing-value': {
    who: 'Entra ID',
    what: '"add" or "replace" on emails[type eq "work"].value that matches nothing; it is created.',
    source: 'Captain-P-Goldfish/SCIM-SDK#680',
    recording: 'entra-legacy-patch.json',
  },
  'dotted-keys': {
    who: 'Entra ID',
    what: 'Paths such as name.givenName as keys of a pathless value.',
    source: 'pingidentity/scim2#224',
    recording: 'entra-scim-flag.json',
  },
  'urn-keys-in-value': {
    who: 'Entra ID',
    what: 'URN:attribute as a key of a pathless value.',
    source: 'pingidentity/scim2#224',
    recording: 'entra-scim-flag.json',
  },
  'id-in-patch-value': {
    who: 'Okta, authentik',
    what: 'The own id in the value of a pathless operation.',
    source: 'okta/okta-developer-docs SCIM reference',
    recording: 'okta-groups.json',
  },
  'empty-operations': {
    who: 'Entra ID',
    what: 'A PATCH without operations; nothing changes.',
    source: 'scimmyjs/scimmy#59',
    recording: 'entra-scim-flag.json',
  },
  'empty-path': {
    who: 'home-grown clients',
    what: 'null or "" as "path"; the operation is on the resource.',
    source: 'goauthentik/authentik#12321',
    recording: 'authentik.json',
  },
  'parameter-case': {
    who: 'Entra ID (Postman collection)',
    what: 'Query parameters in another letter case, such as startindex.',
    source: 'AzureAD/SCIMReferenceCode Postman collection',
    recording: 'entra-postman.json',
  },
  'trailing-slash': {
    who: 'Entra ID (Postman collection)',
    what: 'A slash behind the path, as in /Users/?filter=.',
    source: 'AzureAD/SCIMReferenceCode Postman collection',
    recording: 'entra-postman.json',
  },
} as const satisfies Record<string, Quirk>
