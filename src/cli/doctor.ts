/**
 * `doctor`: looks at everything that has to be right, and says what is not.
 *
 * A problem is what breaks the service or its data; a warning is what will. Only a problem makes
 * the exit code 1. It may run beside a server, and mends beside one what it is told to mend.
 *
 * @module
 */

import { existsSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { DatabaseAddress } from '../server/config.ts'
import { requireFinished, UnfinishedCopy } from '../server/copy.ts'
import type { Database } from '../server/database.ts'
import { isSwitch } from '../server/settings.ts'
import { command, type Terminal } from './command.ts'
import { columns, commandOn, database, json, moment, withDatabase } from './common.ts'
import { FAILED, OK } from './exit-codes.ts'
import { looseEnds } from './loose-ends.ts'
import { wrongCounts } from './wrong-counts.ts'

const SOON = 30 * 86_400_000
const LITTLE_SPACE = 256 * 1024 ** 2

interface Finding {
  readonly what: string
  readonly state: 'ok' | 'warning' | 'problem'
  readonly detail: string
}

export const doctor = command({
  name: 'doctor',
  summary: 'check the installation and the data',
  settings: {
    mend: {
      flag: 'mend-counts',
      help: 'set right the counts that are kept, where they are not what is there',
      value: isSwitch,
    },
    mendEdges: {
      flag: 'mend-edges',
      help: 'take memberships away of which the group or the member is gone',
      value: isSwitch,
    },
    json,
    database,
  },
  async run({ values }, terminal) {
    const findings: Finding[] = [{ what: 'node', state: 'ok', detail: process.version }]
    if (values.database.kind === 'sqlite') findings.push(...(await file(values.database.file)))
    try {
      const inside = await withDatabase(
        values.database,
        (opened) => look(opened, values, terminal),
        {
          unfinished: true,
        },
      )
      findings.push(...inside)
    } catch (error) {
      findings.push({ what: 'database', state: 'problem', detail: (error as Error).message })
    }
    if (values.json) terminal.out(`${JSON.stringify(findings, null, 2)}\n`)
    else terminal.out(columns(findings.map(({ what, state, detail }) => [state, what, detail])))
    return findings.some(({ state }) => state === 'problem') ? FAILED : OK
  },
})

async function file(name: string): Promise<Finding[]> {
  const path = resolve(name)
  return [
    { what: 'sqlite', state: 'ok', detail: process.versions.sqlite ?? 'unknown' },
    ...(existsSync(path) ? [permissions(path), await space(path)] : []),
  ]
}

function permissions(file: string): Finding {
  const mode = statSync(file).mode & 0o777
  const shown = `${file}, mode ${mode.toString(8)}`
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    const detail = `${shown}: others on this machine may read it; chmod 600`
    return { what: 'file', state: 'warning', detail }
  }
  return { what: 'file', state: 'ok', detail: shown }
}

async function space(file: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dirname(file))
  const free = bavail * bsize
  // SQLite may need as much again as it holds, for its log and for a backup beside it.
  const wanted = Math.max(LITTLE_SPACE, statSync(file).size)
  return {
    what: 'free space',
    state: free < wanted ? 'warning' : 'ok',
    detail: `${Math.floor(free / 1024 ** 2)} MB`,
  }
}

async function look(
  opened: Database,
  given: {
    readonly database: DatabaseAddress
    readonly mend: boolean
    readonly mendEdges: boolean
  },
  terminal: Terminal,
): Promise<Finding[]> {
  const { database: address, mend, mendEdges } = given
  const findings = (await opened.check()).map(
    ({ what, ok, detail }): Finding => ({ what, state: ok ? 'ok' : 'problem', detail }),
  )
  const unfinished = await copied(opened)
  findings.push(...unfinished)
  // What is half copied is not what was counted, and a copy has to be able to go on.
  if (unfinished.length === 0) {
    // Before counts, which count them.
    const loose = commandOn(address, 'doctor --mend-edges', terminal)
    findings.push(...(await connected(opened, mendEdges, loose)))
    const words = commandOn(address, 'doctor --mend-counts', terminal)
    findings.push(...(await counted(opened, mend, words)))
  }
  const now = terminal.now()
  const keys = (await opened.registry.keys()).filter(({ revoked }) => revoked === null)
  const active = keys.filter(({ expires }) => expires === null || expires > now)
  findings.push(
    active.length > 0
      ? { what: 'keys', state: 'ok', detail: `${active.length} active` }
      : {
          what: 'keys',
          state: 'warning',
          detail: `none is active; ${commandOn(address, 'key create --name NAME', terminal)}`,
        },
  )
  for (const { id, name, expires } of active) {
    if (expires === null || expires - now > SOON) continue
    const detail = `${id} ("${name}") expires ${moment(expires)}`
    findings.push({ what: 'keys', state: 'warning', detail })
  }
  return findings
}

async function connected(opened: Database, mend: boolean, words: string): Promise<Finding[]> {
  const tenants = await looseEnds(opened, mend)
  if (tenants.length === 0)
    return [{ what: 'memberships', state: 'ok', detail: 'have both their ends' }]
  return tenants.map(({ tenant, said }): Finding => {
    return mend
      ? { what: 'memberships', state: 'ok', detail: `${tenant}: took away ${said}` }
      : { what: 'memberships', state: 'problem', detail: `${tenant}: ${said}; ${words}` }
  })
}

async function counted(opened: Database, mend: boolean, words: string): Promise<Finding[]> {
  const tenants = await wrongCounts(opened, mend)
  if (tenants.length === 0) return [{ what: 'counts', state: 'ok', detail: 'are what is there' }]
  return tenants.map(({ tenant, wrong, which, isMended }): Finding => {
    const said = `${tenant}: ${wrong} ${isMended ? 'mended' : 'wrong'} (${which})`
    return isMended
      ? { what: 'counts', state: 'ok', detail: said }
      : { what: 'counts', state: 'problem', detail: `${said}; ${words}` }
  })
}

async function copied({ transfer }: Database): Promise<Finding[]> {
  try {
    await requireFinished(transfer)
    return []
  } catch (error) {
    if (!(error instanceof UnfinishedCopy)) throw error
    return [{ what: 'copy', state: 'problem', detail: error.message }]
  }
}
