/**
 * The log: one JSON object a line, on standard output.
 *
 * A line tells what happened and never what was in it: no bodies, no credentials, no query strings,
 * since a filter holds somebody's name. Why a request was refused (`detail`) quotes what the client
 * sent, so it is written at level `debug` only. What the journal takes out of what a client
 * said, keys of ours and credentials that are nobody's here, is in no line either.
 *
 * @module
 */

import { type DestinationStream, type Logger, pino, symbols } from 'pino'
import { sentSecrets } from '../http/authenticate.ts'
import type { RequestEntry } from '../http/handler.ts'
import { instantText } from '../protocol/instant.ts'
import { type OwnCalls, TESTING_NAME } from './own-calls.ts'
import { redactBody } from './redaction/body.ts'
import { type Cleaner, canFind, cleaner } from './redaction/cleaner.ts'
import { secretsIn } from './redaction/credentials.ts'
import { HIDDEN } from './redaction/names.ts'
import { redactPath, secretsInQuery } from './redaction/url.ts'

export type Log = Logger

/** What may be in a line: nothing that a client keeps secret. */
export type Loggable = Omit<RequestEntry, 'query' | 'request' | 'text' | 'response'> & {
  /** Looked at for credentials that are nobody's here, to take them out of the line. */
  readonly request?: RequestEntry['request']
  /** The same, for the secrets in it. */
  readonly query?: RequestEntry['query']
  readonly text?: RequestEntry['text']
}

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
export function requestLog(
  log: Log,
  isOwn: OwnCalls['isOwn'] = () => false,
): (facts: Loggable) => void {
  const output = (log as unknown as Outgoing)[symbols.streamSym]
  return (facts) => {
    const level = facts.status >= 500 ? 'error' : 'info'
    if (!log.isLevelEnabled(level)) return
    const quotes = facts.detail !== undefined && log.isLevelEnabled('debug')
    const clean = cleanerOf(facts, quotes ? secretsInBody(facts.text) : [])
    const line = {
      level,
      time: instantText(Date.now()),
      request_id: clean.client(facts.requestId),
      method: facts.method,
      route: facts.route,
      path: withoutQuery(facts.path, clean.path),
      status: facts.status,
      duration_ms: Math.round(facts.durationMs * 10) / 10,
      tenant_id: facts.tenant,
      actor: facts.actor,
      address: facts.address,
      agent: isOwn(facts.agent) ? TESTING_NAME : agentOf(facts.agent, clean.client),
      scim_type: facts.scimType,
      quirks: facts.quirks.length > 0 ? facts.quirks : undefined,
      detail: quotes ? clean.own(facts.detail ?? '') || undefined : undefined,
      msg: 'request',
    }
    output.write(`${JSON.stringify(line)}\n`)
  }
}

/** What the journal takes out of a request is in no line of it either. */
function cleanerOf(
  { tenant, request, path, query = '' }: Loggable,
  inBody: readonly string[],
): Cleaner {
  const found = [...redactPath(path).secrets, ...secretsInQuery(query), ...inBody]
  if (tenant !== undefined && found.length === 0) return ours
  const sent = tenant === undefined && request ? secretsIn(sentSecrets(request).join(' ')) : []
  const secrets = [...new Set([...sent, ...found])]
  return canFind(secrets) ? cleaner(tenant === undefined, secrets) : hidesAll
}

/** What a refusal may quote of a body. */
function secretsInBody(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  try {
    return redactBody(text, JSON.parse(text)).secrets
  } catch {
    // Of what is no JSON nothing is quoted.
    return []
  }
}

const ours = cleaner(false, [])
const hidesAll: Cleaner = { own: () => HIDDEN, client: () => HIDDEN, path: () => HIDDEN }

function agentOf(agent: string | undefined, clean: Clean): string | undefined {
  return agent === undefined ? undefined : clean(agent.slice(0, 1_000)).slice(0, 200)
}

type Clean = (text: string) => string

/** Where a log writes to. */
type Outgoing = Readonly<Record<typeof symbols.streamSym, DestinationStream>>

// A path is the client's text too: one that goes on for kilobytes is nobody's to keep.
function withoutQuery(path: string, clean: Clean): string {
  return clean((path.split('?', 1)[0] ?? '').slice(0, 1_000)).slice(0, 300)
}
