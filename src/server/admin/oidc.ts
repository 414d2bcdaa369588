/**
 * Signing in through the organisation's own OpenID provider (OpenID Connect Core 1.0, code flow with
 * PKCE).
 *
 * What has to come back as it went lies in a cookie of its own for ten minutes: unlike a session's it
 * is sent when the provider sends the person back (`Lax`). It holds a few, for people begin in several
 * tabs, and each knows its own by its state. The provider says who somebody is and
 * never makes one: a person is known by issuer and subject, and the first time by an e-mail address
 * that the provider has verified.
 *
 * @module
 */

import type * as Client from 'openid-client'
import type { Operator, Operators } from '../../store/operators.ts'
import { foldEmail } from './people.ts'
import type { SignInTrouble } from './types.ts'

export const FLOW_COOKIE = '__Host-rollcall-oidc'
/** How many are remembered at most, and in how many characters: browsers keep 4,096 of a cookie. */
const FLOWS = 4
const ROOM = 3_000
/** Loaded by whoever signs in that way. */
const library = () => import('openid-client')

const CALLBACK = '/console/api/sign-in/oidc/callback'

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
  /** What the button says. */
  readonly label: string
  readonly publicUrl: string
}

/** What is remembered while the person is at the provider. */
interface Flow {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Where in the console they want to. */
  readonly back: string
  /** Whether they are to prove who they are once more. */
  readonly confirm: boolean
}

export interface Identity {
  readonly issuer: string
  readonly subject: string
  /** One that the provider has verified. */
  readonly email: string | null
  /** There is an e-mail, of which the provider does not say that it is verified. */
  readonly isUnproved: boolean
  /** Epoch milliseconds; when they proved who they are, if that is told. */
  readonly provedAt: number | null
  readonly back: string
}

export interface Oidc {
  readonly label: string
  /**
   * Where to send a person, and the cookie that goes with them.
   *
   * @param flows The value of the cookie so far.
   * @throws {SignInFailed}
   */
  begin(wish: Wish, flows: string | undefined): Promise<Departure>
  /** Who came back. @param flows The value of the cookie. @throws {SignInFailed} */
  finish(search: string, flows: string | undefined): Promise<Identity>
}

export interface Wish extends Pick<Flow, 'back' | 'confirm'> {
  /** Whether the provider is to ask who they are, though it knows: they were the wrong one. */
  readonly anew: boolean
}

export interface Departure {
  readonly url: string
  readonly cookie: string
}

/** Why nobody was signed in; the message is for the log. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed'
  readonly trouble: SignInTrouble

  constructor(trouble: SignInTrouble, message: string, cause?: unknown) {
    super(message, { cause })
    this.trouble = trouble
  }
}

/** Nothing is asked of the provider before somebody wants to sign in. */
export function oidc(settings: OidcSettings): Oidc {
  const redirect = settings.publicUrl + CALLBACK
  let known: Promise<Client.Configuration> | undefined
  const configuration = () => {
    known ??= discover(settings).catch((error) => {
      known = undefined
      throw error
    })
    return known
  }
  return {
    label: settings.label,
    async begin({ back, confirm, anew }, flows) {
      const client = await library()
      const flow: Flow = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        back: ownPath(back),
        confirm,
      }
      const url = client.buildAuthorizationUrl(await reached(configuration()), {
        redirect_uri: redirect,
        scope: 'openid email profile',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        ...(confirm ? { max_age: '0' } : {}),
        ...(anew ? { prompt: 'login' } : {}),
      })
      return { url: url.href, cookie: kept([flow, ...unpacked(flows)]) }
    },

    async finish(search, flows) {
      const flow = flowOf(search, flows)
      if (flow === undefined)
        throw new SignInFailed('too-late', 'nothing was begun with this state')
      const client = await library()
      const config = await reached(configuration())
      const tokens = await client
        .authorizationCodeGrant(config, new URL(redirect + search), {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
          ...(flow.confirm ? { maxAge: 0 } : {}),
        })
        .catch((error: Error) => {
          throw new SignInFailed('not-let-in', 'the provider refused', error)
        })
      const claims = tokens.claims()
      if (claims === undefined) {
        throw new SignInFailed('not-let-in', 'the provider did not say who it is')
      }
      const { email, email_verified: isVerified } =
        claims.email === undefined && config.serverMetadata().userinfo_endpoint !== undefined
          ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
          : claims
      const isProved = isVerified === true
      return {
        issuer: claims.iss,
        subject: claims.sub,
        email: typeof email === 'string' && isProved ? foldEmail(email) : null,
        isUnproved: typeof email === 'string' && !isProved,
        provedAt: typeof claims.auth_time === 'number' ? claims.auth_time * 1000 : null,
        back: flow.back,
      }
    },
  }
}

/** Where somebody wanted to who comes back, with success or without. */
export const backOf = (search: string, flows: string | undefined): string =>
  flowOf(search, flows)?.back ?? '/'

/** The cookie without what has come back. */
export function withoutFlow(search: string, flows: string | undefined): string {
  const done = flowOf(search, flows)
  return kept(unpacked(flows).filter(({ state }) => state !== done?.state))
}

function flowOf(search: string, flows: string | undefined): Flow | undefined {
  const own = new URLSearchParams(search).get('state')
  return unpacked(flows).find(({ state }) => state === own)
}

/** The person that an identity is; `undefined` when nobody here. */
export async function operatorOf(
  operators: Operators,
  { issuer, subject, email }: Identity,
): Promise<Operator | undefined> {
  const known = await operators.bySubject(issuer, subject)
  if (known !== undefined || email === null) return known
  const named = await operators.byEmail(email)
  if (named === undefined || named.federated !== null) return undefined
  await operators.change(named.id, { federated: { issuer, subject } })
  return operators.operator(named.id)
}

async function discover(settings: OidcSettings): Promise<Client.Configuration> {
  const client = await library()
  const issuer = new URL(settings.issuer)
  const isHere = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(issuer.hostname)
  // Only a provider on this machine, which is one to try with, is asked without TLS.
  const execute = isHere ? [client.allowInsecureRequests] : []
  const authentication =
    settings.clientSecret === undefined ? client.None() : client.ClientSecretPost()
  const metadata =
    settings.clientSecret === undefined ? {} : { client_secret: settings.clientSecret }
  return client.discovery(issuer, settings.clientId, metadata, authentication, { execute })
}

async function reached(configuration: Promise<Client.Configuration>) {
  try {
    return await configuration
  } catch (error) {
    throw new SignInFailed('unreachable', 'the provider cannot be reached', error)
  }
}

function cookie(value: string): string {
  return `${FLOW_COOKIE}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax`
}

/** As many as there is room for, the newest first. */
function kept(flows: readonly Flow[]): string {
  if (flows.length === 0) return `${cookie('')}; Max-Age=0`
  const value = Buffer.from(JSON.stringify(flows)).toString('base64url')
  const isTooMuch = flows.length > FLOWS || value.length > ROOM
  if (flows.length > 1 && isTooMuch) return kept(flows.slice(0, -1))
  return `${cookie(value)}; Max-Age=600`
}

function unpacked(given: string | undefined): readonly Flow[] {
  try {
    const flows: unknown = JSON.parse(Buffer.from(given ?? '', 'base64url').toString())
    return Array.isArray(flows) ? flows.slice(0, FLOWS).flatMap(accepted) : []
  } catch {
    return []
  }
}

function accepted(given: Partial<Flow> | null): readonly Flow[] {
  const { state, nonce, verifier, back, confirm } = given ?? {}
  if (!state || !nonce || !verifier || confirm === undefined) return []
  return [{ state, nonce, verifier, back: ownPath(String(back)), confirm }]
}

/** Only ever a path of ours: `//elsewhere` and the like lead home. */
export function ownPath(path: string): string {
  return /^\/(?![/\\])[\x21-\x7e]{0,2000}$/.test(path) ? path : '/'
}
