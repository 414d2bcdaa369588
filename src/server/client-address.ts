/**
 * Where a request came from: the other end of the connection, unless that is a proxy which the operator
 * named. Then it is whoever the last of the proxies in a row heard it from.
 *
 * `X-Forwarded-For` is read from its end: each proxy adds whom it saw, and all that stands before the
 * first one that is not ours may have been made up by the client. Nothing of it is read without
 * `--trusted-proxies`.
 *
 * @module
 */

import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, isIPv6, SocketAddress } from 'node:net'
import { addressOf } from '../use/node.ts'

export type ClientAddress = (incoming: IncomingMessage) => string | undefined

/** Addresses and ranges: `10.0.0.7, 192.168.0.0/16, fd00::/8`. @throws {Error} for a person */
export function addressList(given: string): BlockList {
  const list = new BlockList()
  for (const entry of given.split(',').map((part) => part.trim())) {
    const [address = '', prefix, ...rest] = entry.split('/')
    const family = isIP(address)
    const bits = family === 4 ? 32 : 128
    const length = prefix === undefined ? bits : Number(prefix)
    const isRange = prefix === undefined || (/^\d{1,3}$/.test(prefix) && length <= bits)
    if (family === 0 || !isRange || rest.length > 0) {
      throw new Error(`"${entry}" is not an address or a range, such as 10.0.0.7 or 10.0.0.0/8`)
    }
    list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

export const ofConnection: ClientAddress = addressOf

/** @param proxies Whose word is taken on whom they heard a request from. */
export function behind(proxies: BlockList): ClientAddress {
  const isOurs = (address: string) => proxies.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
  return (incoming) => {
    const nearest = ofConnection(incoming)
    if (nearest === undefined || !isOurs(nearest)) return nearest
    const { 'x-forwarded-for': sent = '' } = incoming.headers
    let client = nearest
    for (const hop of String(sent).split(',').reverse()) {
      const address = plain(hop)
      // What is no address says nothing of what stands before it.
      if (isIP(address) === 0) return client
      client = address
      if (!isOurs(address)) return client
    }
    return client
  }
}

// Some proxies add the port: '203.0.113.9:4711', '[2001:db8::1]:4711'. And one address is to be counted
// as one, however they spell it: '::ffff:cb00:7109' is 203.0.113.9.
function plain(hop: string): string {
  const address = hop
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
  if (!isIPv6(address)) return address
  return new SocketAddress({ address, family: 'ipv6' }).address.replace(MAPPED, '')
}

/** An address of IPv4 as IPv6 has it (RFC 4291 §2.5.5.2), where `SocketAddress` wrote it. */
const MAPPED = /^::ffff:(?=\d+\.)/
