/**
 * The statements of one database, compiled.
 *
 * @module
 */

import { type ChangeLog, changeLog } from './changes.ts'
import { type DirectSearch, directSearch } from './direct.ts'
import { type Edges, edges } from './edges.ts'
import { type Lookups, lookups } from './lookups.ts'
import { type MemberFilter, memberFilter } from './member-filter.ts'
import { type OneResource, oneResource } from './one-resource.ts'
import { type Resources, resources } from './resources.ts'
import type { Spelling } from './spelling.ts'
import { type SuspendedRecords, suspendedRecords } from './suspended.ts'
import { type SuspendedSearch, suspendedSearch } from './suspended-search.ts'
import { type Tallies, tallies } from './tallies.ts'

export interface Tables {
  readonly resources: Resources
  readonly oneResource: OneResource
  readonly directSearch: DirectSearch
  readonly lookups: Lookups
  readonly edges: Edges
  readonly memberFilter: MemberFilter
  readonly changes: ChangeLog
  readonly suspended: SuspendedRecords
  readonly suspendedSearch: SuspendedSearch
  readonly tallies: Tallies
}

export function tables(spelling: Spelling): Tables {
  return {
    resources: resources(spelling),
    oneResource: oneResource(spelling),
    directSearch: directSearch(spelling),
    lookups: lookups(spelling),
    edges: edges(spelling),
    memberFilter: memberFilter(spelling),
    changes: changeLog(spelling),
    suspended: suspendedRecords(spelling),
    suspendedSearch: suspendedSearch(spelling),
    tallies: tallies(spelling),
  }
}
