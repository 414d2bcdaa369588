/**
 * Requests to begin with, as the clients themselves send them. One that needs a user or a group names one
 * of this tenant; where there is none, it is left out.
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
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

export interface Present {
  readonly user: { readonly id: string; readonly userName: string } | undefined
  readonly group: { readonly id: string } | undefined
}

export function examplesWith({ user, group }: Present): readonly Example[] {
  const patch = (path: string, operations: readonly unknown[]): Draft => ({
    method: 'PATCH',
    path,
    headers: AS_SCIM,
    body: printed({ schemas: [PATCH], Operations: operations }),
  })
  const ofUser = `/Users/${user?.id}`
  const all: readonly (Example | false | undefined)[] = [
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
    user && {
      id: 'entra-change',
      name: 'Change as Entra does',
      draft: patch(ofUser, [
        { op: 'Replace', path: 'title', value: 'Team lead' },
        { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Finance' },
        { op: 'Replace', path: 'active', value: 'False' },
      ]),
    },
    user && {
      id: 'okta-deactivate',
      name: 'Deactivate as Okta does',
      draft: patch(ofUser, [{ op: 'replace', value: { active: false } }]),
    },
    {
      id: 'filter',
      name: 'Find by user name',
      draft: bare('GET', `/Users?filter=userName eq "${user?.userName ?? NOBODY}"`),
    },
    !group && {
      id: 'group',
      name: 'Create a group',
      draft: {
        method: 'POST',
        path: '/Groups',
        headers: AS_SCIM,
        body: printed({ schemas: [GROUP], displayName: 'Finance' }),
      },
    },
    user &&
      group && {
        id: 'member',
        name: 'Add to a group',
        draft: patch(`/Groups/${group.id}`, [
          { op: 'add', path: 'members', value: [{ value: user.id }] },
        ]),
      },
    user && { id: 'delete', name: 'Delete a user', draft: bare('DELETE', ofUser) },
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
  return all.filter((one) => !!one)
}

const NOBODY = 'maria.lopez@example.com'

const bare = (method: string, path: string): Draft => ({ method, path, headers: '', body: '' })

function printed(value: unknown): string {
  return JSON.stringify(value, null, 2)
}
