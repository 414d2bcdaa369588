/**
 * What the console and the service say to each other: every body of `/console/api`, as JSON has it.
 *
 * The console imports this file and nothing else of ours, and nothing but `contract/` is imported here, so
 * that the two sides can be built apart. Times are epoch milliseconds. A problem comes as
 * {@link Problem} with its status; a list says `next` when there is more, to be sent back as
 * `before` or `after`.
 *
 * @module
 */

export type * from './contract/activity.ts'
export type * from './contract/connect.ts'
export type * from './contract/groups.ts'
export type * from './contract/keys.ts'
export type * from './contract/lists.ts'
export type * from './contract/my-stuff.ts'
export type * from './contract/overview.ts'
export type * from './contract/problem.ts'
export type * from './contract/request.ts'
export type * from './contract/search.ts'
export type * from './contract/settings.ts'
export type * from './contract/sign-in.ts'
export type * from './contract/tenants.ts'
export type * from './contract/timeline.ts'
export type * from './contract/try-it.ts'
export type * from './contract/users.ts'
