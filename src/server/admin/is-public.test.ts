import { expect, test } from 'vitest'
import { isPublic } from './is-public.ts'

const isOf = (host: string, scheme = 'https') => isPublic({ publicUrl: `${scheme}://${host}` })

test.each([
  ...['localhost', 'rollcall', 'id.localhost', 'printer.local', 'id.internal', 'id.home.arpa.'],
  ...['a.lan', 'a.corp', 'id.test', 'x.invalid', '192.0.2.1', '198.18.0.1', '255.255.255.255'],
  ...['[2001:db8::1]', '203.0.113.9'],
  ...['127.0.0.1', '127.255.0.1', '0x7f.1', '10.0.0.1', '10.255.255.255', '0.0.0.0'],
  ...['172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '100.127.9.9', '169.254.1.1'],
  ...['[::1]', '[::]', '[fc00::1]', '[fd12:3456::1]', '[fe80::1]', '[febf::1]'],
  ...['[::ffff:10.0.0.1]', '[::ffff:127.0.0.1]', '10.0.0.1:8443'],
])('%s is reached from this network alone', (host) => {
  expect(isOf(host)).toBe(false)
})

test.each([
  ...['id.example.com', 'id.example.com.', 'local.example.com', '10.example.com', '11.0.0.1'],
  ...['172.15.0.1', '172.32.0.1', '192.169.0.1', '100.63.0.1', '100.128.0.1', '169.255.0.1'],
  ...[
    '[2001:db9::1]',
    '[fec0::1]',
    'corp.example.com',
    '192.0.3.1',
    '[::2]',
    '[::ffff:8.8.8.8]',
    'id.example.com:8443',
  ],
])('%s may be reached from elsewhere, with TLS', (host) => {
  expect(isOf(host)).toBe(true)
  expect(isOf(host, 'http')).toBe(false)
})
