/**
 * The log: one JSON object a line, on standard output.
 *
 * A line tells what happened and never what was in it: no bodies, no credentials, no query strings,
 * since a filter holds somebody's name. Why a request was refused (`detail`) quotes what the client
 * sent, so it is written at level `debug` only.
 *
 * @module
 */

import { type DestinationStream, type Logger, pino } from 'pino'
import type { RequestEntry } from '../http/handler.ts'

export type Log = Logger
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    messageKey: 'msg',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['authorization', 'secret', 'password', 'query', 'body', 'headers'].flatMap(
        (field) => [field, `*.${field}`],
      ),
      censor: '[redacted]',
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** Writes one line for a request: `error` from 500 up, else `info`. */
export function logRequest(log: Log, facts: RequestEntry): void {
  const line = {
    request_id: facts.requestId,
    method: facts.method,
    route: facts.route,
    path: withoutQuery(facts.path),
    status: facts.status,
    duration_ms: Math.round(facts.durationMs * 10) / 10,
    tenant_id: facts.tenant,
    actor: facts.actor,
    address: facts.address,
    agent: facts.agent?.slice(0, 200),
    scim_type: facts.scimType,
    quirks: facts.quirks.length > 0 ? facts.quirks : undefined,
    ...(log.isLevelEnabled('debug') ? { detail: facts.detail } : {}),
  }
  if (facts.status >= 500) log.error(line, 'request')
  else log.info(line, 'request')
}

// A path is the client's text too: one that goes on for kilobytes is nobody's to keep.
function withoutQuery(path: string): string {
  return (path.split('?', 1)[0] ?? '').slice(0, 300)
}
