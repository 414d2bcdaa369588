/** Told before an identity provider in the cloud is given an address that it cannot reach. */

import type { AdminService } from './service.ts'

/** Whether others than this machine could reach the service: an identity provider has to. */
export function isPublic({ publicUrl }: Pick<AdminService, 'publicUrl'>): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'https:' && !/^(localhost|127\.|\[::1\]|10\.|192\.168\.)/.test(hostname)
}
