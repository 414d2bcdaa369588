import { beforeAll, expect, test } from 'vitest'
import { ENTERPRISE_USER } from '../../src/protocol/urn.ts'
import { expectError, searchOf } from '../support/client.ts'
import { readOnEveryStore } from '../support/suite.ts'

readOnEveryStore('a filter that cannot be answered (§3.4.2.2, §3.12)', (suite) => {
  beforeAll(async () => {
    await suite.user({ userName: 'anna' })
  })

  test.each([
    'userName',
    'userName eq',
    'eq "x"',
    'userName is "x"',
    'userName eq "x',
    'userName eq "x" and',
    'and userName eq "x"',
    'userName eq "x" userName eq "y"',
    '(userName eq "x"',
    'userName eq "x")',
    'not userName eq "x"',
    'userName pr "x"',
    'userName eq "\\x"',
    'userName eq "\\u0000"',
    'emails[type eq "work"',
    'emails[]',
    'emails[emails[type eq "x"]]',
    'nothing eq "x"',
    'name.nothing eq "x"',
    'emails[nothing eq "x"]',
    'userName.value eq "x"',
    'title[value eq "x"]',
    `${ENTERPRISE_USER}:nothing pr`,
    'urn:x:y:z eq "x"',
    'members eq "x"',
    'toString eq "x"',
    '__proto__ pr',
    'constructor.name eq "x"',
    'active eq "maybe"',
    'active eq 1',
    'active gt true',
    'active co "tr"',
    'active ge false',
    'meta.created eq "yesterday"',
    'meta.created co "2011"',
    'meta.created gt 5',
    'userName eq 5',
    'userName eq true',
    'userName gt null',
    'name eq "x"',
    'addresses eq "x"',
    'password eq "x"',
    'password pr',
    'not (password sw "a")',
    'userName pr or password pr',
    'x509Certificates.value gt "a"',
  ])('%s answers 400 invalidFilter', async (filter) => {
    for (const path of ['/Users', '/']) {
      if (path === '/' && filter === 'members eq "x"') continue
      const reply = await suite.get(`${path}?filter=${encodeURIComponent(filter)}`)
      expectError(reply, 400, 'invalidFilter')
    }
    expectError(await suite.post('/Users/.search', searchOf({ filter })), 400, 'invalidFilter')
  })

  test.each([
    ['10,000 brackets', `${'('.repeat(10_000)}title pr${')'.repeat(10_000)}`],
    ['10,000 brackets that never close', '('.repeat(10_000)],
    ['33 brackets', `${'('.repeat(33)}title pr${')'.repeat(33)}`],
    ['5,000 terms', Array.from({ length: 5_000 }, () => 'id pr').join(' or ')],
    ['257 terms', Array.from({ length: 257 }, () => 'id pr').join(' or ')],
    ['64 KB', `title eq "${'x'.repeat(65_536)}"`],
  ])('%s answer 400 invalidFilter', async (_, filter) => {
    expectError(await suite.post('/Users/.search', searchOf({ filter })), 400, 'invalidFilter')
  })

  test('256 terms in 32 brackets are answered', async () => {
    const terms = Array.from({ length: 256 }, () => 'userName eq "ANNA"').join(' and ')
    const filter = `${'('.repeat(32)}${terms}${')'.repeat(32)}`
    const { status, body } = await suite.post('/Users/.search', searchOf({ filter }))
    expect([status, body.totalResults]).toEqual([200, 1])
  })
})
