/**
 * The User schema (RFC 7643 §4.1, §8.7.1).
 *
 * Where the listing of §8.7.1 and the text disagree, the text wins: a password is case-exact, and so
 * is every reference (§2.3.7). `addresses` has a `primary`, which the listing forgets and the RFC's
 * own examples send (§8.2). Nothing here has its format checked beyond its type: clients put any
 * text into `locale`, `country` or `profileUrl`.
 *
 * @module
 */

import { USER } from '../../urn.ts'
import { type AttributeInput, attribute } from '../attribute.ts'
import type { Schema } from '../schema.ts'
import { plural, primarySubAttribute } from './plural.ts'

const singular: readonly AttributeInput[] = [
  {
    name: 'userName',
    description: 'The name a person signs in with; no two users share one.',
    required: true,
    uniqueness: 'server',
  },
  {
    name: 'name',
    description: "The parts of a person's name.",
    subAttributes: [
      { name: 'formatted', description: 'The whole name, ready to be shown.' },
      { name: 'familyName', description: 'Family name, or last name.' },
      { name: 'givenName', description: 'Given name, or first name.' },
      { name: 'middleName', description: 'Middle names.' },
      { name: 'honorificPrefix', description: 'Title before the name, such as "Dr.".' },
      { name: 'honorificSuffix', description: 'Suffix after the name, such as "III".' },
    ],
  },
  { name: 'displayName', description: 'The name to show to people.' },
  { name: 'nickName', description: 'What friends and colleagues say.' },
  {
    name: 'profileUrl',
    type: 'reference',
    referenceTypes: ['external'],
    description: 'A page about the person.',
  },
  { name: 'title', description: 'Position held, such as "Vice President".' },
  { name: 'userType', description: 'Relation to the organisation, such as "Contractor".' },
  { name: 'preferredLanguage', description: 'Languages preferred, as in Accept-Language.' },
  { name: 'locale', description: 'Where dates, numbers and currency are formatted for.' },
  { name: 'timezone', description: 'Time zone, such as "Europe/Paris".' },
  { name: 'active', type: 'boolean', description: 'Whether the account may be used.' },
  {
    name: 'password',
    description: 'A new password in clear text; kept as a hash and never shown.',
    caseExact: true,
    mutability: 'writeOnly',
    returned: 'never',
  },
]

const multiValued: readonly AttributeInput[] = [
  plural({
    name: 'emails',
    description: 'E-mail addresses.',
    value: { description: 'An e-mail address.' },
    types: ['work', 'home', 'other'],
  }),
  plural({
    name: 'phoneNumbers',
    description: 'Telephone numbers.',
    value: { description: 'A telephone number, best as a tel: URI.' },
    types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'],
  }),
  plural({
    name: 'ims',
    description: 'Instant messaging addresses.',
    value: { description: 'An instant messaging address.' },
    types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'],
  }),
  plural({
    name: 'photos',
    description: 'Pictures of the person.',
    value: {
      type: 'reference',
      referenceTypes: ['external'],
      description: 'Where the picture is found.',
    },
    types: ['photo', 'thumbnail'],
  }),
  {
    name: 'addresses',
    multiValued: true,
    description: 'Postal addresses.',
    subAttributes: [
      { name: 'formatted', description: 'The whole address, ready for a label.' },
      { name: 'streetAddress', description: 'Street, house number and what goes with them.' },
      { name: 'locality', description: 'City or town.' },
      { name: 'region', description: 'State or region.' },
      { name: 'postalCode', description: 'Postal code.' },
      { name: 'country', description: 'Country, best as an ISO 3166-1 alpha-2 code.' },
      {
        name: 'type',
        description: 'What the address is used for.',
        canonicalValues: ['work', 'home', 'other'],
      },
      primarySubAttribute,
    ],
  },
  {
    name: 'groups',
    multiValued: true,
    description: 'Groups the user is a member of; changed at the group.',
    mutability: 'readOnly',
    subAttributes: [
      { name: 'value', description: "The group's id.", caseExact: true, mutability: 'readOnly' },
      {
        name: '$ref',
        type: 'reference',
        referenceTypes: ['User', 'Group'],
        description: "The group's URI.",
        mutability: 'readOnly',
      },
      { name: 'display', description: "The group's name.", mutability: 'readOnly' },
      {
        name: 'type',
        description: 'Whether membership is direct or through another group.',
        canonicalValues: ['direct', 'indirect'],
        mutability: 'readOnly',
      },
    ],
  },
  plural({
    name: 'entitlements',
    description: 'Things the person has a right to.',
    value: { description: 'An entitlement.' },
  }),
  plural({
    name: 'roles',
    description: 'Roles that say together who the person is.',
    value: { description: 'A role.' },
  }),
  plural({
    name: 'x509Certificates',
    description: 'Certificates issued to the person.',
    value: { type: 'binary', description: 'A DER certificate in base64.' },
  }),
]

export const userSchema: Schema = {
  id: USER,
  name: 'User',
  description: 'A person with an account.',
  attributes: [...singular, ...multiValued].map(attribute),
}
