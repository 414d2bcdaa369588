/**
 * What is wrong with the public URL, as seen from this server.
 *
 * Somebody else may answer there, who is to see no key: so the first call brings a challenge that nodes of
 * this service alone can answer, and follows nobody elsewhere. Of what answers instead, nothing is passed on
 * but its status and where it points.
 *
 * @module
 */

import { PROOF, PROOF_PATH } from '../own-calls.ts'
import { randomText } from '../random.ts'
import { SCIM_PATH } from '../scim.ts'
import type { AdminService } from './service.ts'

export const PATIENCE = 5_000

type Asking = Pick<AdminService, 'own' | 'reach'> & { readonly patience?: number }

/** @returns What is wrong and what to look at, as the end of a sentence; nothing when it leads here. */
export async function wrongWay(
  service: Asking & Pick<AdminService, 'publicUrl'>,
): Promise<string | undefined> {
  const url = new URL(service.publicUrl)
  const wrong = await wrongAt(service, service.publicUrl)
  if (wrong === undefined || wrong.status === undefined || url.pathname === '/') return wrong?.says
  const atRoot = await wrongAt(service, url.origin)
  if (atRoot !== undefined) return wrong.says
  return `this server is at ${url.origin}. Leave ${url.pathname} out of the public URL, or have the proxy pass it on.`
}

interface Wrong {
  readonly says: string
  /** Of what answered. */
  readonly status?: number
}

async function wrongAt(
  { own, reach, patience = PATIENCE }: Asking,
  base: string,
): Promise<Wrong | undefined> {
  const challenge = randomText(32)
  const url = new URL(base)
  try {
    const response = await reach(base + SCIM_PATH + PROOF_PATH + challenge, {
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    })
    await response.body?.cancel()
    const proof = response.headers.get(PROOF)
    if (proof === own.answer(challenge)) return undefined
    return { status: response.status, says: somebodyElse(response, proof !== null, url) }
  } catch (error) {
    return { says: unreached(error, url) }
  }
}

function somebodyElse({ status, headers }: Response, isRollcall: boolean, url: URL): string {
  if (isRollcall) return `another Rollcall answers there. ${WHERE}`
  const target = URL.parse(headers.get('Location') ?? '', url.href)
  if (status >= 300 && status < 400 && target !== null) {
    return target.origin === url.origin
      ? 'it is redirected there, to another path. Look at the proxy.'
      : `it is redirected to ${target.origin}, where identity providers do not follow. Look at the public URL.`
  }
  if (status >= 502 && status <= 504) {
    return `the proxy there answers ${status}: it does not get through to this server.`
  }
  return `somebody else answers there, with ${status}. ${WHERE}`
}

const WHERE = 'Look at where the name and the proxy lead.'

/** What became of a call, by the code of its failure; the first that fits. */
const FAILURES: readonly (readonly [RegExp, (url: URL) => string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, ({ hostname }) => `there is no ${hostname}. Look at its DNS.`],
  [/^ECONNREFUSED$/, ({ host }) => `${host} takes no connections. Look at the port and the proxy.`],
  [
    /TIME_?D?OUT/,
    ({ host }) => `${host} does not answer in time. Look at the firewall and the proxy.`,
  ],
  [
    /^E(HOST|NET)UNREACH$/,
    ({ host }) => `no way leads to ${host}. Look at its DNS and the network.`,
  ],
  [/^CERT_HAS_EXPIRED$/, () => 'its certificate has expired. Identity providers refuse it too.'],
  [
    /ALTNAME/,
    ({ hostname }) => `its certificate is not for ${hostname}. Identity providers refuse it too.`,
  ],
  [
    /CERT|SIGNATURE/,
    () => 'its certificate is signed by nobody whom this server trusts. Look at the whole chain.',
  ],
  [/SSL|EPROTO/, ({ host }) => `${host} does not speak TLS as it should. Look at the proxy.`],
  [
    /ECONNRESET|EPIPE|UND_ERR_SOCKET|HPE_|HTTPParser/,
    ({ host, protocol }) =>
      protocol === 'https:'
        ? `${host} hangs up. Look at whether the proxy there speaks TLS.`
        : `${host} speaks no plain HTTP. Perhaps it wants TLS: https in the public URL.`,
  ],
]

function unreached(error: unknown, url: URL): string {
  const code = codeOf(error)
  const [, says] = FAILURES.find(([codes]) => codes.test(code)) ?? []
  return says?.(url) ?? `${url.host} cannot be called${code && ` (${code})`}.`
}

// Of a host with several addresses each failed in its own way.
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if (error.name === 'TimeoutError') return 'TIMEOUT'
  const { code, errors, cause } = error as Error & { code?: unknown; errors?: unknown[] }
  if (typeof code === 'string') return code
  return codeOf(cause ?? errors?.[0]) || (error.name === 'Error' ? error.message : error.name)
}
