/**
 * The log: one JSON object a line, on standard output.
 *
 * A line tells what happened and never what was in it: no bodies, no credentials, no query strings,
 * since a filter holds somebody's name. Why a request was refused (`detail`) quotes what the client
 * sent, so it is written at level `debug` only. What looks like a key of ours is masked wherever a client
 * has put it.
 *
 * @module
 */

import { type DestinationStream, type Logger, pino, symbols } from 'pino'
import type { RequestEntry } from '../http/handler.ts'
import { instantText } from '../protocol/instant.ts'
import { TESTING_AGENT, TESTING_NAME } from './api-keys.ts'
import { withoutKeys, withoutKeysInUrl } from './journal/redact.ts'

export type Log = Logger

/** What may be in a line: nothing that a client keeps secret. */
export type Loggable = Omit<RequestEntry, 'query' | 'request' | 'text' | 'response'>

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export function createLog(level: LogLevel, destination: DestinationStream): Log {
  const options = {
    level,
    base: null,
    messageKey: 'msg',
    timestamp: () => `,"time":"${instantText(Date.now())}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['authorization', 'secret', 'password', 'query', 'body', 'headers'].flatMap(
        (field) => [field, `*.${field}`],
      ),
      censor: '[redacted]',
    },
  }
  return pino(options, destination)
}

/**
 * Writes one line for a request: `error` from 500 up, else `info`.
 *
 * The fields are these and no others, so nothing is looked for that would have to be redacted, and the
 * line is put together here: pino takes five times as long for it.
 */
export function requestLog(log: Log): (facts: Loggable) => void {
  const output = (log as unknown as Outgoing)[symbols.streamSym]
  return (facts) => {
    const level = facts.status >= 500 ? 'error' : 'info'
    if (!log.isLevelEnabled(level)) return
    const line = {
      level,
      time: instantText(Date.now()),
      request_id: withoutKeys(facts.requestId),
      method: facts.method,
      route: facts.route,
      path: withoutQuery(facts.path),
      status: facts.status,
      duration_ms: Math.round(facts.durationMs * 10) / 10,
      tenant_id: facts.tenant,
      actor: facts.actor,
      address: facts.address,
      agent: agentOf(facts.agent),
      scim_type: facts.scimType,
      quirks: facts.quirks.length > 0 ? facts.quirks : undefined,
      detail: log.isLevelEnabled('debug')
        ? withoutKeys(facts.detail ?? '') || undefined
        : undefined,
      msg: 'request',
    }
    output.write(`${JSON.stringify(line)}\n`)
  }
}

function agentOf(agent: string | undefined): string | undefined {
  if (agent === TESTING_AGENT) return TESTING_NAME
  return agent === undefined ? undefined : withoutKeys(agent).slice(0, 200)
}

/** Where a log writes to. */
type Outgoing = Readonly<Record<typeof symbols.streamSym, DestinationStream>>

// A path is the client's text too: one that goes on for kilobytes is nobody's to keep.
function withoutQuery(path: string): string {
  const beginning = (path.split('?', 1)[0] ?? '').slice(0, 1_000)
  return withoutKeysInUrl(beginning).slice(0, 300)
}
