import { describe, expect, test } from 'vitest'
import { filterLimits } from '../../protocol/filter/options.ts'
import { parseFilter } from '../../protocol/filter/parser.ts'
import { tolerant } from '../../protocol/quirks.ts'
import { newSecret } from '../api-keys.ts'
import { redactBody, UNREADABLE } from './body.ts'
import { canFind, cleaner, without } from './cleaner.ts'
import { secretsIn, withoutCredentials } from './credentials.ts'
import { withoutKeysInUrl } from './keys.ts'
import { redactPath, redactQuery } from './url.ts'

const redacted = (text: string) => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {}
  return redactBody(text, parsed)
}

function deep(levels: number): string {
  return `{"password":"hunter22","x":${'['.repeat(levels)}${']'.repeat(levels)}}`
}

describe('a body', () => {
  test('that holds nothing secret stays as it came, blanks and all', () => {
    const text = '{ "userName": "bjensen",\n "title": "Passwordless" }'
    expect(redacted(text).text).toBe(text)
  })

  test.each([
    ['as an attribute', '{"userName":"b","password":"hunter22"}'],
    ['in another letter case', '{"PassWord":"hunter22"}'],
    ['in escapes', '{"p\\u0061ssword":"hunter22"}'],
    ['below its URN', '{"urn:ietf:params:scim:schemas:core:2.0:User:password":"hunter22"}'],
    ['twice, of which a reader sees the last', '{"password":"hunter22","password":null}'],
    ['in what a second member of the name hides', '{"a":{"password":"hunter22"},"a":1}'],
    ['in an operation', '{"Operations":[{"op":"replace","path":"password","value":"hunter22"}]}'],
    [
      'in an operation without a path',
      '{"Operations":[{"op":"add","value":{"password":"hunter22"}}]}',
    ],
    ['as an object', '{"password":{"value":"hunter22"}}'],
    ['in a filter', '{"filter":"password eq \\"hunter22\\""}'],
    [
      'in a path with a filter',
      '{"Operations":[{"op":"remove","path":"x[password eq \\"hunter22\\"]"}]}',
    ],
    ['in a text that tells it', '{"title":"password: hunter22"}'],
    ['in a text that tells it', '{"title":"my password : hunter22"}'],
    ['in what to sort by', '{"sortBy":"password[value eq \\"hunter22\\"]"}'],
    ['in what to sort by, in bare words', '{"sortBy":"password hunter22"}'],
    ['in what to sort by, in escapes', '{"sortBy":"passw%256Frd%20hunter22"}'],
    ['in a list', '{"attributes":["userName","password:hunter22"]}'],
    ['beside its name in a list', '{"excludedAttributes":["password","x \\"hunter22\\""]}'],
    ['in a list that is a text', '{"attributes":"password:hunter22"}'],
    ['of a path in escapes of JSON', '{"path":"p\\\\u0061ssword","value":"hunter22"}'],
    ['of a path in other escapes of JSON', '{"path":"p\\\\U0061ssword","value":"hunter22"}'],
    ['of a path in escapes', '{"Operations":[{"path":"passw%6Frd","value":"hunter22"}]}'],
    ['of a path in escapes of escapes', '{"path":"passw%25256Frd","value":"hunter22"}'],
    ['in a path with a filter in escapes', '{"path":"passw%6Frd[value eq \\"hunter22\\"]"}'],
    ['in what is no JSON', '{"password":"hunter22"'],
    ['in escapes that nobody can read', '{"p\\u0061ssword":"hunter22"'],
    ['in escapes that are not of JSON', '{"passwor\\x64":"hunter22"}'],
    ['in a form', 'passwor%64=hunter22'],
    ['in an operation whose path is a list', '{"path":["password"],"value":"hunter22"}'],
    ['in a message in a string', '{"value":"{\\"password\\":\\"hunter22\\"}"}'],
    ['in escapes in a string', '{"value":"{\\"p\\\\u0061ssword\\":\\"hunter22\\"}"}'],
    ['in half a message in a string', '{"value":"{\\"password\\":\\"hunter22\\""}'],
    ['beside what is too deep', `{"password":"hunter22","x":${'['.repeat(99)}${']'.repeat(99)}}`],
    ['in a string that is too deep', `{"value":${JSON.stringify(deep(200_000))}}`],
  ])('does not keep a password %s', (_, text) => {
    expect(text).toContain('hunter22')
    expect(redacted(text).text).not.toContain('hunter22')
  })

  test('is read once from beginning to end, however deep or full of quotation marks', () => {
    expect(redacted(deep(200_000)).text).toBe(UNREADABLE)
    const filter = `password eq ${'"\\'.repeat(500_000)}`
    expect(redacted(JSON.stringify({ filter })).text).not.toContain('eq')
    expect(canFind(redacted(JSON.stringify({ filter })).secrets)).toBe(false)
  })

  test('keeps the rest of what holds a password', () => {
    const { text, secrets } = redacted('{"userName":"b","password":"hunter22","active":true}')
    expect(JSON.parse(text)).toEqual({ userName: 'b', password: '[redacted]', active: true })
    expect(secrets).toContain('hunter22')
  })

  test.each([
    '{"attributes": ["userName", "password"]}',
    '{"path": "password"}',
    '{"path": "urn:ietf:params:scim:schemas:core:2.0:User:password"}',
    '{"sortBy": "password", "attributes": "userName, password"}',
    '{"title": "password desk", "nickName": "passwords: ask"}',
    '{"path": "title", "value": "50%25 %70assword"}',
  ])('keeps the bare names in %s', (text) => {
    expect(redacted(text)).toMatchObject({ secrets: [] })
    expect(JSON.parse(redacted(text).text)).toEqual(JSON.parse(text))
  })

  test('that is deep and has a per cent sign is read to an end', () => {
    const text = `{"x":"%"${',"y":{"x":1'.repeat(3_000)}${'}'.repeat(3_001)}`
    expect(redacted(text).text).toBe(UNREADABLE)
  })

  test('that is no JSON and may hold a password is not kept', () => {
    expect(redacted('{"password": "x').text).toBe(UNREADABLE)
    expect(redacted('{"userName": "x').text).toBe('{"userName": "x')
  })

  test('does not keep an API key, wherever it is', () => {
    const key = newSecret()
    expect(redacted(`{"title":"${key}"}`).text).not.toContain(key.slice(3))
  })

  test('does not keep one that is spelled as in a URL, and stays the JSON that it was', () => {
    const key = newSecret()
    const once = [key.replace('_', '%5F'), `%72${key.slice(1)}`]
    const twice = [key.replace('_', '%255f'), `%2572${key.slice(1)}`]
    for (const spelled of [...once, ...twice, encodeURIComponent(`%72${key.slice(1)}`)]) {
      const password = spelled.length % 2 === 0 ? { password: 'hunter22' } : {}
      const before = { profileUrl: 'X', title: '\\X\\"a\r', nickName: 'X\\', n: 1, ...password }
      const text = JSON.stringify(before).replaceAll('X', spelled)
      for (const sent of [
        text,
        text.replace('%', '\\u0025'),
        text.replace('\\\\\\"a', '\\/\\"a'),
      ]) {
        const after = JSON.parse(redacted(sent).text)
        expect(Object.keys(after)).toEqual(Object.keys(before))
        expect(after.title).toMatch(/(\\|\/)"a\r$/)
        expect(JSON.stringify(after)).not.toContain(key.slice(3))
      }
    }
    for (const text of ['{"title":"100%"}', '{"title":"50%25, \\"a%2525b\\""}']) {
      expect(redacted(text).text).toBe(text)
    }
  })
})

test('a URL keeps no key, however it is spelled', () => {
  const key = newSecret()
  const letters = Array.from(key, (one) => `%${one.charCodeAt(0).toString(16)}`).join('')
  for (const spelled of [key, key.replace('_', '%5F'), letters]) {
    expect(withoutKeysInUrl(`/Users/${spelled}/x`)).toBe('/Users/rc_[redacted]/x')
    expect(redactQuery(`filter=${spelled}`).text).toBe('filter=rc_[redacted]')
  }
  const again = letters.replaceAll('%', '%25')
  const inFilter = `r%5Cu0063${key.slice(2)}`
  for (const spelled of [`%2572c${key.slice(2)}`, again, again.replaceAll('%', '%25'), inFilter]) {
    expect(withoutKeysInUrl(`/Users/${spelled}/x`)).toBe('/Users/[redacted]/x')
    expect(redactQuery(`filter=${spelled}&count=1`).text).toBe('filter=[redacted]&count=1')
  }
  for (const text of ['/Users/a%20b', 'filter=a%25b', '100% \\u0041', '%', '%zz%41']) {
    expect(withoutKeysInUrl(text)).toBe(text)
  }
})

test.each([
  ['filter=password%20eq%20%22hunter22%22&count=1', 'filter=[redacted]&count=1'],
  ['PASSWORD=hunter22', 'PASSWORD=[redacted]'],
  ['access_token=hunter22', 'access_token=[redacted]'],
  ['attributes=password,userName', 'attributes=password,userName'],
  ['attributes=userName,+password', 'attributes=userName,+password'],
  ['sortBy=urn:ietf:params:scim:schemas:core:2.0:User:password', undefined],
  ['attributes=userName,password:hunter22', 'attributes=[redacted]'],
  ['attributes=urn:ietf:params:scim:schemas:core:2.0:User:password:x', 'attributes=[redacted]'],
  ['sortBy=password[value+eq+"hunter22"]', 'sortBy=[redacted]'],
  ['excludedAttributes=password%2Cx%20y', 'excludedAttributes=[redacted]'],
  ['sortOrder=password%25253Ahunter22', 'sortOrder=[redacted]'],
  ['filter=userName+eq+"a"', 'filter=userName+eq+"a"'],
  ['%zz&password=%zz', '[redacted]&password=[redacted]'],
  ['refresh_token=hunter22&count=1', 'refresh_token=[redacted]&count=1'],
  ['x-api-key=hunter22&pwd=hunter22', 'x-api-key=[redacted]&pwd=[redacted]'],
  ['anything=hunter22&hunter22', 'anything=[redacted]&[redacted]'],
  ['Zx81kq0PflTm93Zx81kq0PflTm93=1', '[redacted]'],
  ['aadOptscim062020&%66ilter=title+pr', 'aadOptscim062020&%66ilter=title+pr'],
  ['filter=%70assword%20eq%20%22hunter22%25%22%', 'filter=[redacted]'],
  ['filter=urn%3Ax%3Apassword+eq+%22hunter22%E9%22', 'filter=[redacted]'],
])('the query %s is kept as %s', (query, kept = query) => {
  expect(redactQuery(query).text).toBe(kept)
})

test('what is grown together with the name of a secret in a filter is looked for, too', () => {
  for (const filter of [
    'password:hunter22',
    'title pr or password.hunter22',
    'password="hunter22"',
  ]) {
    const { secrets } = redactQuery(`filter=${filter}`)
    expect(without('no hunter22 of userName', secrets)).toBe('no [redacted] of userName')
  }
})

test('what a list tells besides names is looked for in all else', () => {
  for (const query of [
    'attributes=userName,password:hunter22',
    'sortBy=password[value+eq+"hunter22"]',
  ]) {
    const { secrets } = redactQuery(query)
    expect(without('no hunter22 of userName', secrets)).toBe('no [redacted] of userName')
    const [, name, value] = query.split(/(\w+)=/)
    const body = redacted(JSON.stringify({ [name as string]: value?.replaceAll('+', ' ') }))
    expect(without('no hunter22 of userName', body.secrets)).toBe('no [redacted] of userName')
  }
})

describe('what is said of a filter that cannot be read', () => {
  const secret = newSecret()
  const refusalOf = (filter: string) => {
    try {
      return parseFilter(filter, { tolerate: tolerant(), limits: filterLimits }) && ''
    } catch (error) {
      return (error as Error).message
    }
  }
  const escaped = (text: string, times: number): string =>
    times === 0 ? text : escaped(encodeURIComponent(text), times - 1)

  test.each([
    ['password eq "Summer2026x" and userName eq "a@b.c"', 2],
    ['password eq "Summer2026x"', 2],
    ['title eq a password%20eq%20%22Summer2026x%22', 1],
    ['password eq Summer Summer2026x', 1],
    ['passwor\\u0064 eq "Summer2026x"', 1],
    ['passw%6frd eq "Summer2026x"', 2],
    [`userName eq "${secret}"`, 2],
    [`userName eq "%72${secret.slice(1)}"`, 3],
  ])('%s, escaped %i times, holds nothing of the secret, nor does the query', (filter, times) => {
    const sent = escaped(filter, times)
    const query = redactQuery(`filter=${sent}`)
    const said = refusalOf(decodeURIComponent(sent))
    expect(said).not.toBe('')
    const kept = [query.text, cleaner(false, query.secrets).own(said)]
    const body = redacted(JSON.stringify({ filter: decodeURIComponent(sent) }))
    kept.push(cleaner(false, body.secrets).own(JSON.stringify({ detail: said })))
    expect(kept.join(' ')).not.toMatch(/Summer|2026x|rc_\w/)
    expect(said.length - (kept[1]?.length ?? 0)).toBeLessThan(45)
  })

  test('is kept where there was no secret', () => {
    const said = refusalOf(`title eq "a" ${'x%20'.repeat(20)}`)
    expect(cleaner(false, ['password eq "b"']).own(said)).toBe(said)
  })
})

describe('of a request of nobody', () => {
  test.each([
    ['key=foobar&count=1', 'key=[redacted]&count=1'],
    ['filter=userName+eq+%22a%22&x=foobar', 'filter=userName+eq+%22a%22&x=[redacted]'],
    ['filter=Bearer+foobar&cursor', 'filter=[redacted]&cursor'],
    ['count=B%65arer%20foobar', 'count=[redacted]'],
    ['Bearer%20foobar=1', '[redacted]'],
    ['foobar', '[redacted]'],
    ['', ''],
  ])('the query %s is kept as %s', (query, kept) => {
    expect(redactQuery(query, true).text).toBe(kept)
  })

  test.each([
    ['Bearer foobar', 'Bearer [redacted]'],
    ['curl/8 Basic Zm9vYmFyOmZvb2Jhcg==', 'curl/8 Basic [redacted]'],
    ['/Users/SSWS%20foobar', '/Users/SSWS [redacted]'],
    ['/Users/%42earer%2520foobar', '[redacted]'],
    ['a eyJhbGciOiJI.eyJzdWIi.foobar b', 'a [redacted] b'],
    ['Client/1.0 (x; 100%)', 'Client/1.0 (x; 100%)'],
    ['/Users/a%20b', '/Users/a%20b'],
  ])('%s is kept as %s', (text, kept) => {
    expect(withoutCredentials(text)).toBe(kept)
  })

  test.each([
    ['/OktaTok3nZZ77qqPP/Users', '/[redacted]/Users'],
    ['/Users/0190a1b2-0000-7000-8000-0123456789ab', '/Users/0190a1b2-0000-7000-8000-0123456789ab'],
    ['/Schemas/urn:ietf:params:scim:schemas:core:2.0:User', undefined],
    ['/scim/v2/ServiceProviderConfig', undefined],
    ['/Users/%2566%256f%256fobar', '/Users/[redacted]'],
  ])('its path %s is kept as %s', (path, kept = path) => {
    expect(cleaner(true, ['fooobar']).path(path)).toBe(kept)
  })

  test.each([
    ['/Users/x;password=hunter2', '/Users/x;password=[redacted]', ['hunter2']],
    ['/Users;a=1%202/x;b', '/Users;a=[redacted]/x;[redacted]', ['1%202', '1 2', 'b']],
    ['/Users/x;a=b+c%20d', '/Users/x;a=[redacted]', ['b+c%20d', 'b+c d']],
    ['/Users/x', '/Users/x', []],
    ['/Users/a%20b=c/password', '/Users/a%20b=c/password', []],
    ['/Users/password=hunter2', '/Users/[redacted]', ['password=hunter2', 'hunter2']],
  ])('the parameters in its path %s are kept as %s', (path, kept, secrets) => {
    expect(cleaner(false, []).path(path)).toBe(kept)
    expect(new Set(redactPath(path).secrets)).toEqual(new Set(secrets))
  })

  test.each([
    'x;password=hunter2',
    'password=hunter2',
    'x;hunter2',
    'pwd=hunter2',
    'password:hunter2',
  ])('%s in a path is hidden, however often it is escaped', (text) => {
    for (let part = text, times = 0; times < 7; times++, part = encodeURIComponent(part)) {
      const path = `/Users/${part}/x`
      expect(cleaner(false, []).path(path)).not.toContain('hunter2')
      expect(cleaner(false, []).path(path)).toMatch(/\/x$/)
      const said = cleaner(false, redactPath(path).secrets).own(`no user ${text}`)
      if (times < 6) expect(said).not.toContain('hunter2')
    }
  })

  test('what came as its credential is looked for, and the password in it', () => {
    expect(secretsIn('Bearer foobar')).toEqual(['foobar'])
    expect(secretsIn('Basic YWRhOmh1bnRlcjI6Mg==')).toEqual(['YWRhOmh1bnRlcjI6Mg==', 'hunter2:2'])
    expect(canFind(secretsIn(`Negotiate ${'x'.repeat(2_000)}`))).toBe(true)
  })
})

test.each([
  ['App password=hunter22 x', 'App password=[redacted]'],
  ['App "Password": hunter22', 'App "Password=[redacted]'],
  ['App password=[redacted]', undefined],
  ['App passw%256Frd=hunter22', '[redacted]'],
  ['Password Sync/1.0', undefined],
])('what a client says of itself, %s, is kept as %s', (said, kept = said) => {
  expect(cleaner(false, []).client(said)).toBe(kept)
})

test('a secret is taken out of what was said about it, also as JSON and URLs have it', () => {
  expect(without('x=a%26b%20c', ['a&b c'])).toBe('x=[redacted]')
  expect(without('{"detail":"\\"a\\\\b\\" is wrong, a\\\\b"}', ['a\\b'])).not.toContain('a\\\\b')
  expect(without('it is a', ['a'])).toBe('it is a')
  expect(without('secret', ['secret', 'red', 'acted'])).toBe('[redacted]')
})
