/**
 * The resource types every service has: User and Group (RFC 7643 §4, §6).
 *
 * @module
 */

import { type ResourceType, resourceType } from '../resource-type.ts'
import { enterpriseUserSchema } from './enterprise-user.ts'
import { groupSchema } from './group.ts'
import { userSchema } from './user.ts'

export const userType: ResourceType = resourceType({
  name: 'User',
  endpoint: '/Users',
  description: 'People with an account.',
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
  edges: [{ attribute: 'groups', side: 'member', types: ['Group'] }],
  lookups: [
    'userName',
    'externalId',
    'displayName',
    'name.givenName',
    'name.familyName',
    'name.formatted',
    'emails.value',
    'phoneNumbers.value',
    'active',
  ],
  suspendBy: 'userName',
  label: ['displayName', 'name.formatted', 'userName'],
})

export const groupType: ResourceType = resourceType({
  name: 'Group',
  endpoint: '/Groups',
  description: 'Sets of users and groups.',
  schema: groupSchema,
  edges: [{ attribute: 'members', side: 'owner', types: ['User', 'Group'] }],
  lookups: ['displayName', 'externalId'],
  label: ['displayName'],
})
