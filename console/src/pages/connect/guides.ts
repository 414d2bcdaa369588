/**
 * How each identity provider is connected, in its own words and order. Names of menus and fields are
 * theirs, so that they are found again on their screens; where they change, this is the file.
 *
 * @module
 */

export interface Guide {
  readonly id: string
  readonly name: string
  /** One line for the list of guides. */
  readonly gist: string
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
}

export interface Step {
  readonly title: string
  /** Somebody is created by it, or changed, so it takes a key that may. */
  readonly writes?: boolean
  /** For whom the step before does not fit. */
  readonly isInstead?: boolean
  /** Where to click, from the top. */
  readonly path?: readonly string[]
  readonly text?: string
  /** Said behind that to who has an account here: what the pages of the console show of it. */
  readonly inside?: string
  readonly values?: readonly Value[]
}

export interface Value {
  /** What the identity provider calls it. */
  readonly label: string
  /** `baseUrl` and `key` are this server's; anything else is meant literally. */
  readonly is: 'baseUrl' | 'key' | { readonly text: string }
}

const entra: Guide = {
  id: 'entra',
  name: 'Microsoft Entra ID',
  gist: 'An enterprise application with automatic provisioning.',
  steps: [
    {
      title: 'Make an application',
      path: ['Entra ID', 'Enterprise apps', 'New application', 'Create your own application'],
      text: 'Choose “Integrate any other application you don’t find in the gallery”. One that is there already will do as well.',
    },
    {
      title: 'Tell it where this server is',
      path: ['Provisioning', 'New configuration'],
      text: 'Older screens say “Get started”, and want the provisioning mode Automatic. The authentication method is bearer authentication.',
      values: [
        { label: 'Tenant URL', is: 'baseUrl' },
        { label: 'Secret Token', is: 'key' },
      ],
    },
    {
      title: 'Press Test Connection, then Create',
      text: 'Entra asks for a user that does not exist and is content to find none. The first three lines of the checklist tick.',
    },
    {
      title: 'Say who is sent',
      path: ['Users and groups', 'Add user/group'],
      text: 'Only who is assigned is sent, unless the scope of the provisioning says all. The mappings may stay as they are.',
    },
    {
      title: 'Try one person',
      writes: true,
      path: ['Provision on demand'],
      text: 'It takes seconds and shows each step.',
      inside: 'Then look for the person under Users.',
    },
    {
      title: 'Press Start Provisioning',
      writes: true,
      path: ['Provisioning', 'Overview'],
      text: 'The first cycle sends everybody. After that, Entra sends changes about every 40 minutes.',
      inside: 'Overview shows how far it is.',
    },
  ],
  notes: [
    'Entra sends PATCH in a form of its own unless ?aadOptscim062020 is put behind the Tenant URL. Both work here.',
    'Who is no longer assigned is deactivated first, and deleted when Entra deletes the account for good, usually 30 days later.',
  ],
}

const okta: Guide = {
  id: 'okta',
  name: 'Okta',
  gist: 'An application of the catalogue, or your own with SCIM switched on.',
  steps: [
    {
      title: 'Make an application',
      path: ['Applications', 'Browse App Catalog', 'SCIM 2.0 Test App (Header Auth)'],
      text: 'An application of your own with SAML or SWA works too: choose SCIM under General, App Settings, Provisioning.',
    },
    {
      title: 'Tell it where this server is',
      path: ['Provisioning', 'Configure API Integration', 'Enable API integration'],
      values: [
        { label: 'Base URL', is: 'baseUrl' },
        { label: 'API Token', is: 'key' },
      ],
    },
    {
      title: 'In an application of your own',
      isInstead: true,
      path: ['Provisioning', 'Integration', 'Edit'],
      text: 'The fields are other ones there. The authentication mode is HTTP Header; of the supported actions leave out “Import Groups” if you do not want those.',
      values: [
        { label: 'SCIM connector base URL', is: 'baseUrl' },
        { label: 'Unique identifier field for users', is: { text: 'userName' } },
        { label: 'Authorization: Bearer', is: 'key' },
      ],
    },
    {
      title: 'Press Test API Credentials',
      text: 'Then save. The first lines of the checklist tick.',
    },
    {
      title: 'Switch on what it may do',
      writes: true,
      path: ['Provisioning', 'To App', 'Edit'],
      text: 'Create Users, Update User Attributes and Deactivate Users.',
    },
    {
      title: 'Assign people, push groups',
      writes: true,
      path: ['Assignments', 'Assign'],
      text: 'Groups are sent from the tab Push Groups, not by assigning them.',
    },
  ],
  notes: [
    'Okta never deletes: who leaves becomes active: false, and stays in the list of users as deactivated.',
    'A group that is pushed before its members were assigned is sent without them.',
  ],
}

const oneLogin: Guide = {
  id: 'onelogin',
  name: 'OneLogin',
  gist: 'The SCIM provisioner of its catalogue.',
  steps: [
    {
      title: 'Add the application',
      path: ['Applications', 'Add App', 'SCIM Provisioner with SAML (SCIM v2 Core)'],
      text: 'With “Enterprise” in its name it sends department and manager as well.',
    },
    {
      title: 'Tell it where this server is',
      path: ['Configuration', 'API Connection'],
      values: [
        { label: 'SCIM Base URL', is: 'baseUrl' },
        { label: 'SCIM Bearer Token', is: 'key' },
      ],
    },
    {
      title: 'Press Enable under API Status',
      text: 'Then save: only after that does the application send anything.',
    },
    {
      title: 'Switch provisioning on',
      writes: true,
      path: ['Provisioning', 'Enable provisioning'],
      text: 'For users that are deleted or lose the app choose Suspend or Delete; each arrives here as what it says.',
    },
    { title: 'Give the app to somebody', writes: true, path: ['Users', 'Applications', '+'] },
  ],
  notes: [
    'While “require admin approval” is set, every change waits under Users, Provisioning until somebody approves it.',
  ],
}

const jumpCloud: Guide = {
  id: 'jumpcloud',
  name: 'JumpCloud',
  gist: 'Identity management of a custom application.',
  steps: [
    {
      title: 'Make an application',
      path: ['SSO Applications', 'Add New Application', 'Custom Application'],
      text: 'Choose “Export users to this app (Identity Management)”. In one that is there already, the tab Identity Management has it.',
    },
    {
      title: 'Tell it where this server is',
      path: ['Identity Management', 'SCIM API', 'SCIM 2.0'],
      values: [
        { label: 'Base URL', is: 'baseUrl' },
        { label: 'Token Key', is: 'key' },
      ],
    },
    {
      title: 'Give a Test User Email and press Test Connection',
      writes: true,
      text: 'It creates the user whose e-mail you give, and takes the user away again: use an address that belongs to nobody.',
    },
    {
      title: 'Activate',
      writes: true,
      text: 'Switch on group management as well if groups are to be sent.',
    },
    { title: 'Give a user group access', writes: true, path: ['User Groups', 'Applications'] },
  ],
  notes: ['Groups are sent by the name they have in JumpCloud, with their members.'],
}

const google: Guide = {
  id: 'google',
  name: 'Google Workspace',
  gist: 'Only for applications of Google’s own catalogue, and users only.',
  steps: [
    {
      title: 'See whether your application can',
      path: ['Apps', 'Web and mobile apps', 'your application', 'Autoprovisioning'],
      text: 'Google provisions applications of its catalogue. A custom SAML application has no such section; then send people through another provider, or by the API.',
    },
    {
      title: 'Tell it where this server is',
      path: ['Autoprovisioning', 'Configure autoprovisioning'],
      values: [
        { label: 'Access token', is: 'key' },
        { label: 'Endpoint URL', is: 'baseUrl' },
      ],
    },
    { title: 'Map the attributes, and say which groups are in scope' },
    {
      title: 'Say what happens to who leaves',
      text: 'Google waits for as long as you say before it suspends or deletes.',
    },
    { title: 'Switch it on', writes: true },
  ],
  notes: [
    'Google sends users and no groups. What it sends is nowhere recorded in public: if a request of it is refused, this server’s console has it whole, under Activity.',
  ],
}

const ping: Guide = {
  id: 'pingone',
  name: 'PingOne',
  gist: 'An outbound SCIM connection and a rule.',
  steps: [
    {
      title: 'Make a connection',
      path: [
        'Integrations',
        'Provisioning',
        '+',
        'New Connection',
        'Identity Store',
        'SCIM Outbound',
      ],
    },
    {
      title: 'Tell it where this server is',
      text: 'The authentication method is OAuth 2 Bearer Token.',
      values: [
        { label: 'SCIM Base URL', is: 'baseUrl' },
        { label: 'Users Resource', is: { text: '/Users' } },
        { label: 'SCIM Version', is: { text: '2.0' } },
        { label: 'Groups Resource', is: { text: '/Groups' } },
        { label: 'OAuth Access Token', is: 'key' },
        { label: 'Auth Type Header', is: { text: 'Bearer' } },
      ],
    },
    { title: 'Press Test Connection' },
    {
      title: 'Say how people are recognised',
      values: [
        { label: 'User Filter Expression', is: { text: 'userName Eq "%s"' } },
        { label: 'User Identifier', is: { text: 'userName' } },
      ],
    },
    {
      title: 'Make a rule and switch both on',
      writes: true,
      path: ['Provisioning', '+', 'New Rule'],
      text: 'The rule joins your directory with the connection and says who is sent.',
    },
  ],
  notes: ['PingOne writes users by PUT, whole, and groups’ members by PATCH.'],
}

const other: Guide = {
  id: 'other',
  name: 'Anything else',
  gist: 'Whatever speaks SCIM 2.0, or a script.',
  steps: [
    {
      title: 'Give it the two values',
      text: 'Where it asks for an authentication method, it is a bearer token (or “HTTP header”).',
      values: [
        { label: 'SCIM base URL', is: 'baseUrl' },
        { label: 'Bearer token', is: 'key' },
      ],
    },
    {
      title: 'If it asks for more',
      text: 'The version is 2.0. PATCH, filters, sorting, entity-tags and paging by index and by cursor are there; bulk is not. What is there is also told at /ServiceProviderConfig, behind the base URL.',
      values: [{ label: 'Match users by', is: { text: 'userName' } }],
    },
    {
      title: 'Send one person first',
      writes: true,
      text: 'The checklist ticks as it arrives.',
      inside: 'Then look at the request under Activity: there is all of it, and what became of it.',
    },
  ],
  notes: [],
}

export const GUIDES: readonly Guide[] = [entra, okta, oneLogin, jumpCloud, google, ping, other]
