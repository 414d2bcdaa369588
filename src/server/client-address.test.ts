import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { addressList, behind, ofConnection } from './client-address.ts'

const incoming = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

const ours = behind(addressList('10.0.0.0/8, 192.0.2.1,fd00::/8'))

test.each([
  ['203.0.113.9', '1.1.1.1', '203.0.113.9'],
  ['10.0.0.1', undefined, '10.0.0.1'],
  ['10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['::ffff:10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['fd00::1', '2001:db8::1', '2001:db8::1'],
  ['10.0.0.1', '1.1.1.1, 203.0.113.9, 192.0.2.1', '203.0.113.9'],
  ['10.0.0.1', '10.0.0.3,10.0.0.2', '10.0.0.3'],
  ['10.0.0.1', '1.1.1.1, unknown, 10.0.0.2', '10.0.0.2'],
  ['10.0.0.1', '1.1.1.1, ', '10.0.0.1'],
  ['10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
  ['10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
  ['10.0.0.1', '2001:DB8:0:0::1', '2001:db8::1'],
  ['10.0.0.1', '::FFFF:203.0.113.9', '203.0.113.9'],
  ['10.0.0.1', '::ffff:cb00:7109', '203.0.113.9'],
  ['10.0.0.1', '0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9'],
  ['10.0.0.1', '203.0.113.9, ::ffff:a00:2', '203.0.113.9'],
])('a request from %s for %s is of %s', (remote, forwarded, expected) => {
  expect(ours(incoming(remote, forwarded))).toBe(expected)
})

test('without proxies nobody is believed', () => {
  expect(ofConnection(incoming('10.0.0.1', '1.1.1.1'))).toBe('10.0.0.1')
})

test.each(['', 'proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.1,,'])(
  '"%s" is no list of addresses',
  (given) => {
    expect(() => addressList(given)).toThrow('is not an address or a range')
  },
)
