/**
 * Two ways for a request of the server: nearly all of them are SCIM, and go to the handler straight
 * from the socket; the rest, and whatever is spelled in a way that wants a second look, takes the
 * router's.
 *
 * Both ways end at one handler, which authenticates whatever the path is.
 *
 * @module
 */

import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { ScimHandler } from '../http/handler.ts'
import { nodeListener } from '../use/node.ts'
import { type App, problem } from './app.ts'
import { type ClientAddress, ofConnection } from './client-address.ts'
import { PROOF_PATH } from './own-calls.ts'
import { SCIM_PATH } from './scim.ts'

/** @param prefix The path of the public URL, which a proxy in front of us may have cut off. */
export function listener(
  app: App,
  scim: ScimHandler,
  prefix: string,
  address: ClientAddress = ofConnection,
): RequestListener {
  const straight = nodeListener(scim.answer, { target: (target) => prefix + target, address })
  const routed = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => problem(400, 'the request line or the Host header is malformed', true),
  })
  return (incoming, outgoing) => {
    const { url = '', method, headers } = incoming
    const isStraight =
      url.startsWith(`${SCIM_PATH}/`) &&
      !url.startsWith(PROOF_PATH, SCIM_PATH.length) &&
      method !== 'TRACE' &&
      PLAIN_HOST.test(headers.host ?? '')
    if (isStraight) straight(incoming, outgoing)
    else routed(incoming, outgoing)
  }
}

const PLAIN_HOST = /^[\w.-]+(?::\d+)?$/
