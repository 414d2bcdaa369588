import { describe, expect, test } from 'vitest'
import { passwordHasher } from './passwords.ts'

const hasher = passwordHasher({ running: 2, waiting: 2 })

describe('a password at rest', () => {
  test('is argon2id in the PHC format, salted', async () => {
    const [one, two] = await Promise.all([hasher.hash('t1meMa$heen'), hasher.hash('t1meMa$heen')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
    expect(await hasher.verify('t1meMa$heen', one)).toBe(true)
    expect(await hasher.verify('t1meMa$heem', one)).toBe(false)
  })

  test('is prepared as RFC 7644 §7.8 says: composition and kinds of space do not matter', async () => {
    const phc = await hasher.hash('Zo\u00eb \u00a0x')
    expect(await hasher.verify('Zoe\u0308 \u2003x', phc)).toBe(true)
    expect(await hasher.verify('zo\u00eb \u00a0x', phc)).toBe(false)
  })

  test('is nothing that came from elsewhere', async () => {
    const tooDear =
      '$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA'
    for (const foreign of ['', 'plain', '$2b$10$abc', tooDear]) {
      expect(await hasher.verify('plain', foreign)).toBe(false)
    }
  })

  test('costs no more than so many at once; the next is told to come back', async () => {
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => hasher.hash('x')))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
    for (const result of all) {
      if (result.status === 'fulfilled') continue
      expect(result.reason).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } })
    }
    expect(await hasher.hash('x')).toBeDefined()
  })
})
