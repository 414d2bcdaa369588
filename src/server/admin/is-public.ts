/** Told before an identity provider in the cloud is given an address that it cannot reach. */

import { BlockList, isIP } from 'node:net'
import type { AdminService } from './service.ts'

/** Of this machine, of this network, shared by those behind one address, or of examples (RFC 6890). */
const OWN = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  OWN.addSubnet(network, bits, 'ipv4')
}
OWN.addSubnet('::', 127, 'ipv6')
OWN.addSubnet('fc00::', 7, 'ipv6')
OWN.addSubnet('fe80::', 10, 'ipv6')
OWN.addSubnet('2001:db8::', 32, 'ipv6')

/** No name of the Internet: of one label, or below one that is kept, or used, for networks of one's own. */
const OWN_NAME =
  /^[^.]+$|\.(?:localhost|local|internal|home\.arpa|lan|home|corp|intranet|private|test|invalid|example)$/

/** Whether others than this machine could reach the service: an identity provider has to. */
export function isPublic({ publicUrl }: Pick<AdminService, 'publicUrl'>): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return protocol === 'https:' && !isOwn(hostname.replace(/\.$/, ''))
}

// e.g. `[fe80::1]`, as a URL has it; of an IPv4 address every spelling was made one by then.
function isOwn(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '')
  const family = isIP(address)
  return family === 0 ? OWN_NAME.test(host) : OWN.check(address, family === 6 ? 'ipv6' : 'ipv4')
}
