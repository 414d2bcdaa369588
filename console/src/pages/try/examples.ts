/**
 * Requests to begin with, as the clients themselves send them. Where one needs a user or a group that is
 * there, it names one of this tenant.
 *
 * @module
 */

import { AS_SCIM, type Draft } from './draft.ts'

export interface Example {
  readonly id: string
  readonly name: string
  readonly draft: Draft
}

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export interface Present {
  readonly userId: string
  readonly userName: string
  readonly groupId: string
}

export function examplesWith({ userId, userName, groupId }: Present): readonly Example[] {
  const patch = (path: string, operations: readonly unknown[]): Draft => ({
    method: 'PATCH',
    path,
    headers: AS_SCIM,
    body: printed({ schemas: [PATCH], Operations: operations }),
  })
  return [
    {
      id: 'entra-create',
      name: 'Create as Entra does',
      draft: {
        method: 'POST',
        path: '/Users',
        headers: AS_SCIM,
        body: printed({
          schemas: [USER, ENTERPRISE],
          externalId: 'maria.lopez',
          userName: 'maria.lopez@example.com',
          active: true,
          displayName: 'María López',
          emails: [{ primary: true, type: 'work', value: 'maria.lopez@example.com' }],
          meta: { resourceType: 'User' },
          name: { formatted: 'María López', familyName: 'López', givenName: 'María' },
          title: 'Accountant',
          [ENTERPRISE]: { department: 'Finance' },
        }),
      },
    },
    {
      id: 'entra-change',
      name: 'Change as Entra does',
      draft: patch(`/Users/${userId}`, [
        { op: 'Replace', path: 'title', value: 'Team lead' },
        { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Finance' },
        { op: 'Replace', path: 'active', value: 'False' },
      ]),
    },
    {
      id: 'okta-deactivate',
      name: 'Deactivate as Okta does',
      draft: patch(`/Users/${userId}`, [{ op: 'replace', value: { active: false } }]),
    },
    {
      id: 'filter',
      name: 'Find by user name',
      draft: bare('GET', `/Users?filter=userName eq "${userName}"`),
    },
    {
      id: 'member',
      name: 'Add to a group',
      draft: patch(`/Groups/${groupId}`, [
        { op: 'add', path: 'members', value: [{ value: userId }] },
      ]),
    },
    { id: 'delete', name: 'Delete a user', draft: bare('DELETE', `/Users/${userId}`) },
    {
      id: 'mistake',
      name: 'See a refusal',
      draft: {
        method: 'POST',
        path: '/Users',
        headers: AS_SCIM,
        body: printed({ schemas: [USER], name: { givenName: 'Nobody' } }),
      },
    },
  ]
}

const bare = (method: string, path: string): Draft => ({ method, path, headers: '', body: '' })

function printed(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
