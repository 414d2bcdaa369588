/**
 * The one way to the service: `fetch`, with the header that no form of a stranger can send, and every
 * problem as an {@link ApiError}.
 *
 * Two problems are answered here rather than by the page: `confirm` asks for the password and
 * repeats the call, `signIn` leaves for the sign-in page. Who asks, and who leaves, is told by
 * {@link answerProblems}, so that this file knows no component and no router.
 *
 * @module
 */

import type { Problem } from '../../../src/server/admin/types.ts'
import { absence } from './presence.ts'

const BASE = '/console/api'

const isAbsent = absence(window)

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly signal?: AbortSignal
  /** A setup link's token, for a guest who has no session. */
  readonly setup?: string
  /** The page deals with a session that is over. */
  readonly staysHere?: boolean
}

/** A refusal. Its message is the service's own sentence, fit to be shown. */
export class ApiError extends Error {
  readonly problem: Problem
  /** Seconds until it is worth trying again. */
  readonly retryAfter: number | null

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail)
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

interface Answers {
  /** Resolves with `true` once the password was given, `false` when the person gave up. */
  confirm: () => Promise<boolean>
  /** @param isGuessed Whether the session ended for wrong passwords. */
  signIn: (isGuessed: boolean) => void
}

let answers: Answers = { confirm: async () => false, signIn: () => {} }

export function answerProblems(given: Answers): void {
  answers = given
}

export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const response = await send(path, options)
  if (response.ok) return (await bodyOf(response)) as T
  const error = await refusal(response)
  if (error.problem.code === 'confirm' && (await answers.confirm())) {
    const again = await send(path, options)
    if (again.ok) return (await bodyOf(again)) as T
    throw await refusal(again)
  }
  if (error.problem.code === 'signIn' && !options.staysHere) {
    answers.signIn(error.problem.field === 'password')
  }
  throw error
}

/** Where a browser may go by itself to fetch a file: an export, for one. */
export function addressOf(path: string, query: Call['query'] = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return `${BASE}${path}${search.size > 0 ? `?${search}` : ''}`
}

const NO_ANSWER: Problem = {
  status: 0,
  detail: 'The service did not answer. Is it running, and is this machine on the network?',
}

/** Whether there is a service, or a way to it. */
export async function isReached(): Promise<boolean> {
  try {
    return (await fetch(addressOf('/sign-in'), { cache: 'no-store' })).status < 500
  } catch {
    return false
  }
}

/** For the code of a page: without an answer its failure is that of any call. */
export async function orNoAnswer<T>(loading: Promise<T>): Promise<T> {
  try {
    return await loading
  } catch (error) {
    throw (await isReached()) ? error : new ApiError(NO_ANSWER)
  }
}

async function send(path: string, { method, body, query, signal, setup }: Call) {
  try {
    return await fetch(addressOf(path, query), {
      method: method ?? 'GET',
      headers: {
        accept: 'application/json',
        'x-rollcall-console': '1',
        ...(isAbsent() && { 'x-rollcall-unattended': '1' }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(setup !== undefined && { authorization: `Setup ${setup}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(NO_ANSWER)
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  return text === '' ? undefined : JSON.parse(text)
}

async function refusal(response: Response): Promise<ApiError> {
  const after = Number(response.headers.get('retry-after'))
  const problem = await bodyOf(response).catch(() => undefined)
  return new ApiError(
    isProblem(problem)
      ? problem
      : { status: response.status, detail: `The service answered ${response.status}.` },
    Number.isFinite(after) && after > 0 ? after : null,
  )
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'detail' in value && 'status' in value
}
