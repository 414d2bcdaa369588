/** A request that is pasted as a whole, over the wire or for a shell, comes apart into what it says. */

import { describe, expect, test } from 'vitest'
import { examplesWith } from './examples.ts'
import { pasted, unreadable } from './pasted.ts'
import { commandLine } from './shell.ts'

const BASE = 'https://id.example.com/scim/v2'
const JSON_BODY = '{\n  "userName": "o\'neil",\n  "title": "a \\"b\\""\n}'

const drafted = (text: string) => pasted(text, BASE)?.draft

test('a request of the wire: its line, its headers, its body', () => {
  const text = [
    'POST /scim/v2/Users?attributes=id HTTP/1.1',
    'Host: id.example.com',
    'Authorization: Bearer rc_secret',
    'Content-Type: application/json',
    'User-Agent: Okta SCIM',
    ' Client',
    '',
    '{"userName":"ann"}',
  ].join('\r\n')
  expect(pasted(text, BASE)).toEqual({
    draft: {
      method: 'POST',
      path: '/Users?attributes=id',
      headers: 'Content-Type: application/json\nUser-Agent: Okta SCIM Client',
      body: '{\n  "userName": "ann"\n}',
    },
    leftOut: ['the credential'],
    remarks: [],
  })
})

test('a line alone; one with no header sends SCIM; an unknown method is said', () => {
  expect(drafted('GET /Users?filter=userName eq "ann"')).toMatchObject({
    path: '/Users?filter=userName eq "ann"',
    headers: '',
  })
  const bare = drafted('# make her\nPOST /Users\n\n{"a": 1, "a": 2}')
  expect(bare?.headers).toBe('Content-Type: application/scim+json')
  expect(bare?.body).toBe('{"a": 1, "a": 2}')
  expect(drafted('POST /Users\n{}')?.body).toBe('{}')
  expect(drafted('POST /Users\nAccept: */*\n\n{}')?.headers).toBe('Accept: */*')
  expect(pasted('HEAD /Users HTTP/1.1', BASE)?.remarks).toHaveLength(1)
})

test.each([
  ['https://id.example.com/scim/v2/Users/1', '/Users/1', []],
  ['https://id.example.com/scim/v2/scim/v2/Users', '/scim/v2/Users', []],
  ['https://id.example.com/scim/v2', '/', []],
  ['https://id.example.com/scim/v2?count=1', '/?count=1', []],
  [
    'https://other.example/t/1/scim/Users?filter=a/Groups',
    '/Users?filter=a/Groups',
    ['the address of the service, https://other.example/t/1/scim'],
  ],
  ['localhost:3000/scim/v2/Me', '/Me', ['the address of the service, localhost:3000/scim/v2']],
  ['$BASE/Users/.search', '/Users/.search', ['the address of the service, $BASE']],
])('of %s is tried %s', (address, path, leftOut) => {
  expect(pasted(`curl '${address}'`, BASE)).toMatchObject({ draft: { path }, leftOut })
})

describe('a curl of', () => {
  const wanted = {
    method: 'PUT',
    path: '/Users/1',
    headers: 'If-Match: W/"3"\nContent-Type: application/scim+json',
    body: JSON_BODY,
  }
  test.each([
    [
      'sh',
      `$ curl -s -X PUT "https://id.example.com/scim/v2/Users/1" \\
  -H 'If-Match: W/"3"' -H "Authorization: Bearer $KEY" \\
  -H 'Content-Type: application/scim+json' \\
  --data-raw '{"userName":"o'\\''neil","title":"a \\"b\\""}' | jq .`,
    ],
    [
      'sh, as Chrome copies it',
      `curl 'https://id.example.com/scim/v2/Users/1' -X 'PUT' -H 'If-Match: W/"3"' \\
  -H 'Content-Type: application/scim+json' \\
  --data-raw $'{"userName":"o\\u0027neil","title":"a \\\\"b\\\\""}' --compressed -k 2>/dev/null`,
    ],
    [
      'sh with double quotes',
      `curl -XPUT https://id.example.com/scim/v2/Users/1 -H "If-Match: W/\\"3\\"" -H "Content-Type: application/scim+json" -d "{\\"userName\\":\\"o'neil\\",\\"title\\":\\"a \\\\\\"b\\\\\\"\\"}"`,
    ],
    [
      'sh with its input',
      `curl -sSXPUT --url https://id.example.com/scim/v2/Users/1 -H 'If-Match: W/"3"' \\
  -H 'Content-Type: application/scim+json' -d @- <<'EOF'
{"userName":"o'neil","title":"a \\"b\\""}
EOF`,
    ],
    [
      'cmd, as Chrome copies it',
      `curl ^"https://id.example.com/scim/v2/Users/1^" ^
  -X ^"PUT^" ^
  -H ^"If-Match: W/\\^"3\\^"^" ^
  -H ^"Content-Type: application/scim+json^" ^
  --data-raw ^"^{\\^"userName\\^":\\^"o'neil\\^",\\^"title\\^":\\^"a \\\\\\^"b\\\\\\^"\\^"^}^"`,
    ],
    [
      'cmd with doubled quotes',
      `C:\\Users\\ann>curl.exe -X PUT "https://id.example.com/scim/v2/Users/1" -H "If-Match: W/""3""" -H "Content-Type: application/scim+json" -d "{""userName"":""o'neil"",""title"":""a \\\\""b\\\\""""}"`,
    ],
    [
      'PowerShell',
      `PS C:\\> curl.exe -X PUT "https://id.example.com/scim/v2/Users/1" \`
  -H "If-Match: W/\`"3\`"" \`
  -H 'Content-Type: application/scim+json' \`
  -d '{"userName":"o''neil","title":"a \\"b\\""}'`,
    ],
  ])('%s', (_, text) => {
    expect(pasted(text, BASE)).toMatchObject({ draft: wanted, remarks: [] })
  })
})

test('what curl does by itself: methods, types, a query out of data', () => {
  const at = 'https://id.example.com/scim/v2/Users'
  expect(drafted(`curl ${at}`)?.method).toBe('GET')
  expect(drafted(`curl ${at} --json '{}'`)).toMatchObject({
    method: 'POST',
    headers: 'Accept: application/json\nContent-Type: application/json',
  })
  const form = pasted(`curl -u ann:secret ${at} -d '{}'`, BASE)
  expect(form?.draft.headers).toContain('x-www-form-urlencoded')
  expect(form?.remarks).toHaveLength(1)
  expect(form?.leftOut).toEqual(['the credential'])
  expect(JSON.stringify(form)).not.toContain('secret')
  expect(
    drafted(`curl -g -H "API-Key: $KEY" -G ${at}?count=1 --data-urlencode 'filter=a eq "b&c"'`),
  ).toEqual({
    method: 'GET',
    path: '/Users?count=1&filter=a eq "b%26c"',
    headers: '',
    body: '',
  })
})

test('what cannot be read is said, and what is no request is left alone', () => {
  expect(pasted(`curl $BASE/Users -d '{"a": 1`, BASE)?.remarks[0]).toContain('no end')
  expect(pasted('curl $BASE/Users -d @ann.json', BASE)?.remarks[0]).toContain('ann.json')
  for (const text of ['{"curl": 1}', '/Users', 'curled up', 'GET', 'Users', '', 'curl ']) {
    expect(pasted(text, BASE)).toBeUndefined()
  }
})

test.each([
  [`curl -X POST 'https://id.example.com/scim/v2/Users -H "Authorization: Bearer x"`, 'no end'],
  [`$ curl -H "Authorization: Bearer x`, 'no end'],
  ['curl -X POST', 'no address'],
  ['wget --header="Authorization: Bearer x" https://id.example.com/scim/v2/Users', 'of curl'],
  ['PS C:\\> Invoke-RestMethod -Uri $u -Headers @{ "API-Key" = "x" }', 'of curl'],
  ['http POST id.example.com/scim/v2/Users API-Key:x', 'of curl'],
])('of %s it is said why it is not taken apart', (text, why) => {
  expect(pasted(text, BASE)).toBeUndefined()
  expect(unreadable(text)).toContain(why)
})

test.each(['{"curl": 1}', '/Users', 'curled up', 'curl ', 'https://id.example.com/', 'http', ''])(
  '%j may go into any field',
  (text) => {
    expect(unreadable(text)).toBeUndefined()
  },
)

test('no example is of a user or a group that is not there', () => {
  const user = { id: 'u1', userName: 'ann' }
  const names = (present: Parameters<typeof examplesWith>[0]) =>
    examplesWith(present).map(({ id }) => id)
  const always = ['entra-create', 'filter', 'mistake']
  const none = { user: undefined, group: undefined }
  expect(names(none)).toEqual(['entra-create', 'filter', 'group', 'mistake'])
  expect(names({ user, group: { id: 'g1' } })).toEqual(
    expect.arrayContaining(['member', ...always]),
  )
  expect(JSON.stringify(examplesWith({ user, group: undefined }))).not.toContain('undefined')
  expect(JSON.stringify(examplesWith(none))).not.toContain('undefined')
})

test('words of a shell stay whole', () => {
  expect(commandLine(`a 'b c'd "e\\$f" \\"g # h`).words).toEqual(['a', 'b cd', 'e$f', '"g'])
  expect(commandLine('a "b^c" ^^d & e', 'cmd').words).toEqual(['a', 'b^c', '^d'])
  expect(commandLine("a 'b`c' `\"d`ne; f", 'powershell').words).toEqual(['a', 'b`c', '"d\ne'])
})
