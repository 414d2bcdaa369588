/** Every row, in the order of the table. */

import type { Row } from '../result.ts'
import { combined } from './combined.ts'
import { filters } from './filters.ts'
import { groups } from './groups.ts'
import { journal } from './journal.ts'
import { members } from './members.ts'
import { pages } from './pages.ts'
import { peers } from './peers.ts'
import { read } from './read.ts'
import { scans } from './scans.ts'
import { start } from './start.ts'
import { sync } from './sync.ts'
import { patch, post } from './writes.ts'

export const rows: readonly Row[] = [
  read,
  filters,
  pages,
  combined,
  post,
  patch,
  journal,
  members,
  groups,
  scans,
  start,
  peers,
  sync,
]
