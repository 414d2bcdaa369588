/** Status 400: what was asked is not as SCIM, or a schema, has it. */

import { any, detail, type Rule, scimType } from './rule.ts'

export const badRequest: readonly Rule[] = [
  {
    status: 400,
    ...detail('operation', /^"op" is to be/, 'invalidSyntax'),
    cause: 'A change is none that SCIM has: those are add, remove and replace.',
    next: 'Report it to the identity provider, with the request and its answer.',
  },
  {
    status: 400,
    ...scimType('invalidSyntax'),
    cause: 'The body is not the JSON message that this endpoint takes.',
    next: 'Look at the body of the request. If a proxy stands in between, see whether it changes bodies; else report it to the identity provider, with the request and its answer.',
  },
  {
    status: 400,
    ...detail('sortBy', /^"sortBy": /, 'invalidFilter'),
    cause:
      'The search wants an order by an attribute that there is not, or that has no order of its own.',
    next: 'Have the client sort by an attribute with one simple value, such as userName, displayName, name.familyName or meta.lastModified, or leave sortBy out.',
  },
  {
    status: 400,
    ...detail('malformed filter', /^malformed /, 'invalidFilter'),
    cause: 'The filter of the search is not written as SCIM has it, so it cannot be read.',
    next: 'The answer says at which character, and what was expected there: correct it where the filter is typed in, or report it to the identity provider, with the request and its answer.',
  },
  {
    status: 400,
    ...scimType('invalidFilter'),
    cause:
      'The search asks by an attribute that there is not, or in a way in which it cannot be asked by.',
    next: 'Check the matching attribute in the mapping: userName, externalId and emails.value are safe.',
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
    next: 'Report it to the identity provider, with the request and its answer.',
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
    ...detail('too many values', /has more than \d+ values$/, 'invalidValue'),
    cause: 'An attribute has more values than one may have.',
    next: 'Map fewer values to it. Where there are thousands, send them as groups.',
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
      /exclude each other|^"(sortOrder|startIndex|count|pageSize)"|is to be spelled|has more than \S+ characters$/,
      'invalidValue',
    ),
    cause: 'A parameter of the search is not as SCIM has it.',
    next: 'Report it to the identity provider, with the request and its answer.',
  },
  {
    status: 400,
    ...scimType('invalidValue'),
    cause: 'A required value is missing, or a value is not of the kind its attribute takes.',
    next: 'Correct the mapping of the attribute, or give it a default in the identity provider.',
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
    cause:
      'The cursor, which says where the next page begins, is none that this search was given: of another one, cut off, or made up.',
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
    next: 'Report it to the identity provider, with the request and its answer.',
  },
  {
    status: 400,
    ...any,
    cause: 'The request is not one that SCIM knows.',
    next: 'The answer says what was expected. A strict profile refuses what many clients send: choose tolerant in Settings.',
  },
]
