/** Every command there is, in the order the help shows them. */

import { backup } from './backup.ts'
import { changes } from './changes.ts'
import type { Command } from './command.ts'
import { copy } from './copy.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { keyCreate } from './key-create.ts'
import { keyList } from './key-list.ts'
import { keyRevoke } from './key-revoke.ts'
import { migrate } from './migrate.ts'
import { operatorAdd } from './operator-add.ts'
import { operatorList } from './operator-list.ts'
import { operatorRemove } from './operator-remove.ts'
import { operatorReset } from './operator-reset.ts'
import { serve } from './serve.ts'
import { tenantCreate } from './tenant-create.ts'
import { tenantList } from './tenant-list.ts'
import { tenantSet } from './tenant-set.ts'
import { userErase } from './user-erase.ts'
import { userList } from './user-list.ts'
import { userRestore } from './user-restore.ts'

export const commands: readonly Command[] = [
  serve,
  keyCreate,
  keyList,
  keyRevoke,
  operatorAdd,
  operatorList,
  operatorReset,
  operatorRemove,
  tenantCreate,
  tenantList,
  tenantSet,
  userList,
  userRestore,
  userErase,
  changes,
  demo,
  migrate,
  copy,
  backup,
  doctor,
]
