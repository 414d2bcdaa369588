/**
 * What was pasted, when it is a request as a whole: taken apart, with what was left out said.
 *
 * @module
 */

import { METHODS } from '../../words/methods.ts'
import { belowBase } from './address.ts'
import { curlIn, curlMessage } from './curl.ts'
import { AS_SCIM, type Draft, laidOut } from './draft.ts'
import { rawMessage } from './raw-http.ts'
import { commandLine, shellOf } from './shell.ts'

export interface Pasted {
  readonly draft: Draft
  /** Not taken over, each as words: "the credential". */
  readonly leftOut: readonly string[]
  /** To be known before it is tried, each a sentence. */
  readonly remarks: readonly string[]
}

/** Longer than what can be tried; not looked at. */
const LONGEST = 1_000_000

/** @returns `undefined` for what is no request as a whole: a body, a path, anything else. */
export function pasted(text: string, baseUrl: string): Pasted | undefined {
  if (text.length > LONGEST) return undefined
  const command = curlIn(text)
  const message = command === undefined ? rawMessage(text) : curlMessage(command)
  if (message === undefined || message.address === '') return undefined
  const { method, headers, body } = message
  const remarks = [...message.remarks]
  const isCredential = (name: string) => CREDENTIAL.test(name)
  const host = headers.find(({ name }) => /^host$/i.test(name))?.value ?? null
  const { path, base } = belowBase(message.address, host, baseUrl)
  const kept = headers.filter(({ name }) => !isCredential(name) && !/^host$/i.test(name))
  const lines = kept.map(({ name, value }) => `${name}: ${value}`)
  if (lines.length === 0 && body !== '' && headers.length === 0) lines.push(AS_SCIM)
  const isKnown = METHODS.some((one) => one === method)
  if (!isKnown) remarks.push(`${method} cannot be tried; GET is what it is most like.`)
  return {
    draft: {
      method: isKnown ? method : 'GET',
      path,
      headers: lines.join('\n'),
      body: laidOut(body),
    },
    leftOut: [
      ...(headers.some(({ name }) => isCredential(name)) ? ['the credential'] : []),
      ...(base === null ? [] : [`the address of the service, ${base}`]),
    ],
    remarks,
  }
}

const OTHER =
  /^\s*(?:[$%>]\s*|PS [^>\n]*>\s*)?(?:wget|https?|xh|irm|iwr|invoke-(?:restmethod|webrequest))(?:\.exe)?\s+\S/i

/**
 * Why a text that is meant as a request cannot be taken apart, for {@link pasted} to have left it alone; with
 * a key in it, most likely, so it goes into no field.
 */
export function unreadable(text: string): string | undefined {
  if (text.length > LONGEST) return undefined
  const command = curlIn(text)
  if (command !== undefined && /curl(?:\.exe)?\s+\S/i.test(command)) {
    return commandLine(command, shellOf(command)).isOpen
      ? 'This looks like a curl command, but a quote in it has no end.'
      : 'This looks like a curl command, but it has no address.'
  }
  return OTHER.test(text)
    ? 'Of commands only those of curl are taken apart. Or paste the request as it went over the wire.'
    : undefined
}

const CREDENTIAL = /^(?:(?:proxy-)?authorization|api-key|x-api-key|cookie)$/i
