import { expect, test } from 'vitest'
import { newSecret } from './api-keys.ts'
import { createLog, requestLog } from './log.ts'

function lines(level: 'info' | 'debug', write: (log: ReturnType<typeof createLog>) => void) {
  const written: string[] = []
  write(createLog(level, { write: (line) => written.push(line) }))
  return written
}

const facts = {
  requestId: 'r1',
  at: 1_800_000_000_000,
  durationMs: 1.2345,
  method: 'GET',
  path: '/scim/v2/Users?filter=userName%20eq%20%22ada%22',
  route: '/Users',
  status: 400,
  tenant: 't1',
  actor: 'key:k1',
  address: '10.0.0.7',
  agent: 'test',
  scimType: 'invalidFilter',
  detail: 'userName eq "ada"',
  quirks: [],
}

test('a request is one JSON line with RFC 3339 time in UTC', () => {
  const [line = '', ...rest] = lines('info', (log) => requestLog(log)(facts))
  expect(rest).toEqual([])
  expect(line.endsWith('}\n')).toBe(true)
  const { time, ...entry } = JSON.parse(line)
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(entry).toEqual({
    level: 'info',
    msg: 'request',
    request_id: 'r1',
    method: 'GET',
    route: '/Users',
    path: '/scim/v2/Users',
    status: 400,
    duration_ms: 1.2,
    tenant_id: 't1',
    actor: 'key:k1',
    address: '10.0.0.7',
    agent: 'test',
    scim_type: 'invalidFilter',
  })
})

test('neither a filter nor what an error quotes of it is in the log above debug', () => {
  expect(lines('info', (log) => requestLog(log)(facts)).join('')).not.toContain('ada')
  expect(lines('debug', (log) => requestLog(log)(facts)).join('')).toContain('ada')
})

test('fields that may hold a secret are redacted wherever somebody puts them', () => {
  const [line = ''] = lines('info', (log) =>
    log.info({ authorization: 'rc_x', request: { headers: { a: 'rc_x' }, body: 'rc_x' } }, 'm'),
  )
  expect(line).not.toContain('rc_x')
})

test('a line break in what a client sent stays inside its line', () => {
  const agent = 'x\r\n{"level":"fatal"}'
  const written = lines('info', (log) => requestLog(log)({ ...facts, agent }))
  expect(written.join('').trimEnd().split('\n')).toHaveLength(1)
})

test('a key is masked wherever a client has put it', () => {
  const key = newSecret()
  const [requestId, path] = [key, `/Users/${key}/${key.replace('_', '%5f')}`]
  const [agent, detail] = [`${'x'.repeat(190)}${key}`, `no ${key}`]
  const written = lines('debug', (log) =>
    requestLog(log)({ ...facts, requestId, path, agent, detail }),
  ).join('')
  expect(written).not.toContain(key.slice(3, 10))
  expect(JSON.parse(written).path).toBe('/Users/rc_[redacted]/rc_[redacted]')
})

test('a credential of another service is in no line, wherever its client has put it', () => {
  const token = 'OktaTok3nZZ77qqPP'
  const sent = (authorization: string) => ({
    ...{ method: 'GET', target: '/', body: async () => undefined },
    header: (name: string) => (name === 'authorization' ? authorization : null),
    signal: new AbortController().signal,
  })
  const { tenant: _, ...nobodys } = facts
  const all = [`Bearer ${token}`, `Bearer:${token}`, `SSWS ${token}`, 'x,'.repeat(100) + token]
  for (const authorization of all) {
    const told = { ...nobodys, path: `/Users/${token}`, agent: `a/${token}`, detail: `no ${token}` }
    const written = lines('debug', (log) =>
      requestLog(log)({ ...told, request: sent(authorization) }),
    ).join('')
    expect(written).not.toContain(token)
  }
  const [line = ''] = lines('info', (log) =>
    requestLog(log)({ ...nobodys, path: `/${token}/Users`, agent: `Bearer ${token}` }),
  )
  expect(JSON.parse(line)).toMatchObject({ path: '/[redacted]/Users', agent: 'Bearer [redacted]' })
})

test('a password is in no line: of the query or the path, nor where its client repeats it', () => {
  const all = [
    {
      query: 'filter=password%20eq%20%22hunter22%22',
      agent: 'App hunter22',
      detail: 'no hunter22',
    },
    { query: 'filter=passw%256Frd%20eq%20%22hunter22%22', agent: 'App/hunter22' },
    { query: 'sortBy=%70assword:hunter22&sig=x', path: '/Users/hunter22' },
    { query: 'sig=hunter22', agent: 'App hunter22' },
    { path: '/Users/x%3Bpassword%3Dhunter22', detail: 'no hunter22' },
    { agent: 'App password=hunter22' },
    { text: '{"sortBy":"password hunter22"}', detail: 'no "password hunter22"' },
    { text: '{"filter":"passw%6Frd eq hunter22"}', detail: 'no hunter22' },
    { agent: 'App passw%6Frd%253Dhunter22', requestId: 'password: hunter22' },
  ]
  for (const told of all) {
    const written = lines('debug', (log) => requestLog(log)({ ...facts, ...told })).join('')
    expect(written).not.toContain('hunter22')
  }
  const agent = 'Password Sync/1.0 (passwords: 100%)'
  const [line = ''] = lines('info', (log) => requestLog(log)({ ...facts, agent, query: 'count=1' }))
  expect(JSON.parse(line).agent).toBe(agent)
})
