import { expect, test } from 'vitest'
import {
  ENTERPRISE_USER,
  GROUP,
  LIST_RESPONSE,
  RESOURCE_TYPE,
  SCHEMA,
  SERVICE_PROVIDER_CONFIG,
  USER,
} from '../../src/protocol/urn.ts'
import { BASE_URL } from '../support/app.ts'
import { expectError, searchOf } from '../support/client.ts'
import { onEveryStore, readOnEveryStore } from '../support/suite.ts'

const SCHEMAS = [USER, ENTERPRISE_USER, GROUP, SCHEMA, RESOURCE_TYPE, SERVICE_PROVIDER_CONFIG]

interface Characteristics {
  readonly name: string
  readonly type: string
  readonly subAttributes?: readonly Characteristics[]
}

readOnEveryStore('discovery (§4)', (suite) => {
  test('ServiceProviderConfig says who it is and where', async () => {
    const { status, headers, body } = await suite.get('/ServiceProviderConfig')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      schemas: [SERVICE_PROVIDER_CONFIG],
      meta: {
        resourceType: 'ServiceProviderConfig',
        location: `${BASE_URL}/ServiceProviderConfig`,
      },
    })
    expect(headers.get('Content-Location')).toBe(body.meta.location)
    const [scheme, ...others] = body.authenticationSchemes as Record<string, unknown>[]
    expect(scheme).toMatchObject({ type: 'oauthbearertoken', primary: true })
    expect(others).toEqual([])
  })

  test('ResourceTypes names the types, their endpoints and schemas (RFC 7643 §6)', async () => {
    const { body } = await suite.get('/ResourceTypes')
    expect(body).toMatchObject({ schemas: [LIST_RESPONSE], totalResults: 2, startIndex: 1 })
    expect(body.Resources).toMatchObject([
      {
        schemas: [RESOURCE_TYPE],
        id: 'User',
        name: 'User',
        endpoint: '/Users',
        schema: USER,
        schemaExtensions: [{ schema: ENTERPRISE_USER, required: false }],
        meta: { resourceType: 'ResourceType', location: `${BASE_URL}/ResourceTypes/User` },
      },
      { id: 'Group', endpoint: '/Groups', schema: GROUP },
    ])
    for (const type of body.Resources) {
      expect((await suite.get(String(type.endpoint))).status).toBe(200)
      const { headers, body: one } = await suite.get(`/ResourceTypes/${type.id}`)
      expect(one).toEqual(type)
      expect(headers.get('Content-Location')).toBe(type.meta.location)
    }
  })

  test('Schemas lists each schema once, and each is found by its URN in any case', async () => {
    const { body } = await suite.get('/Schemas')
    expect(body.Resources.map(({ id }) => id).sort()).toEqual([...SCHEMAS].sort())
    expect(body).toMatchObject({ schemas: [LIST_RESPONSE], totalResults: 6, itemsPerPage: 6 })
    for (const schema of body.Resources) {
      expect(schema.meta.location).toBe(`${BASE_URL}/Schemas/${schema.id}`)
      for (const id of [schema.id, schema.id.toUpperCase(), encodeURIComponent(schema.id)]) {
        expect((await suite.get(`/Schemas/${id}`)).body).toEqual(schema)
      }
    }
  })

  test('every attribute has all of its characteristics, and none is null (RFC 7643 §7)', async () => {
    const { text, body } = await suite.get('/Schemas')
    expect(text).not.toContain('null')
    const check = (attribute: Characteristics): void => {
      expect(Object.keys(attribute)).toEqual(
        expect.arrayContaining([
          ...['name', 'type', 'multiValued', 'description', 'required'],
          ...['caseExact', 'mutability', 'returned', 'uniqueness'],
        ]),
      )
      expect(attribute.subAttributes !== undefined, attribute.name).toBe(
        attribute.type === 'complex',
      )
      attribute.subAttributes?.forEach(check)
    }
    for (const { attributes } of body.Resources) (attributes as Characteristics[]).forEach(check)
  })

  test.each(['/Schemas', '/ResourceTypes', '/ServiceProviderConfig'])(
    '%s refuses a filter with 403 and ignores every other parameter',
    async (path) => {
      expectError(await suite.get(`${path}?filter=${encodeURIComponent('id pr')}`), 403)
      const plain = await suite.get(path)
      const query = 'attributes=id&sortBy=id&startIndex=2&count=1&anything=1'
      expect((await suite.get(`${path}?${query}`)).text).toBe(plain.text)
    },
  )

  test.each([
    '/Schemas/urn:x:y',
    '/Schemas/User',
    '/ResourceTypes/Device',
    '/ServiceProviderConfig/x',
    '/Schemas/x/y',
  ])('%s answers 404', async (path) => {
    expectError(await suite.get(path), 404)
  })

  test.each([
    '/Schemas',
    '/ResourceTypes',
    '/ServiceProviderConfig',
    `/Schemas/${USER}`,
    '/ResourceTypes/User',
  ])('%s can be read with any key, by none without, and not be written', async (path) => {
    expect((await suite.get(path, { key: 'read' })).status).toBe(200)
    expectError(await suite.get(path, { key: null }), 401)
    for (const reply of [
      await suite.post(path, {}),
      await suite.put(path, {}),
      await suite.del(path),
    ]) {
      expectError(reply, 405)
      expect(reply.headers.get('Allow')).toBe('GET, HEAD')
    }
  })

  test('tells every tenant the same', async () => {
    const own = await suite.get('/Schemas')
    expect((await suite.get('/Schemas', { key: 'canary' })).text).toBe(own.text)
  })

  test('is no part of a search at the root', async () => {
    const { body } = await suite.post('/.search', searchOf({ filter: 'id pr' }))
    expect(body.totalResults).toBe(0)
  })
})

onEveryStore('discovery, beside what is true (RFC 7643 §5)', (suite) => {
  test('ServiceProviderConfig claims what is there and nothing else (RFC 7643 §5)', async () => {
    const config = (await suite.get('/ServiceProviderConfig')).body
    const { id, meta } = await suite.user({ userName: 'bjensen' })
    const works = async (feature: string, request: Promise<{ status: number }>, answer: number) => {
      const { status } = await request
      const claimed = (config[feature] as { supported: boolean }).supported
      expect({ feature, claimed, status }).toEqual({ feature, claimed, status: answer })
      expect(claimed).toBe(status < 400)
    }
    const password = [{ op: 'replace', path: 'password', value: 't1meMa$heen' }]
    const title = [{ op: 'add', path: 'title', value: 'x' }]
    await works(
      'etag',
      suite.get(`/Users/${id}`, { headers: { 'If-None-Match': meta.version } }),
      304,
    )
    await works('patch', suite.patch(`/Users/${id}`, title), 200)
    await works('changePassword', suite.patch(`/Users/${id}`, password), 200)
    await works('filter', suite.get('/Users?filter=title%20pr'), 200)
    await works('sort', suite.get('/Users?sortBy=title'), 200)
    await works('bulk', suite.post('/Bulk', { Operations: [] }), 501)
    expect(config.pagination).toMatchObject({ cursor: true, index: true, cursorTimeout: 3600 })
    const { maxOperations, maxPayloadSize } = config.bulk as Record<string, number>
    expect(maxOperations, 'some clients divide by it').toBeGreaterThan(0)
    expect(maxPayloadSize).toBeGreaterThan(0)
  })

  test('filter.maxResults is what a page really holds', async () => {
    await suite.restart({ limits: { page: 2 } })
    for (let index = 0; index < 3; index++) await suite.user()
    const { filter } = (await suite.get('/ServiceProviderConfig')).body
    const { itemsPerPage } = (await suite.get('/Users?count=100')).body
    expect(filter).toEqual({ supported: true, maxResults: itemsPerPage })
  })
})

readOnEveryStore('what is not built answers 501 (§3.11)', (suite) => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s /Me', async (method) => {
    expectError(await suite.send('/Me', { method }), 501)
  })

  test('a key may come as API-Key, and Accept may ask for application/json', async () => {
    const { fetch } = suite.app
    const headers = { 'API-Key': 'read', Accept: 'application/json' }
    const response = await fetch('/ServiceProviderConfig', { key: null, headers })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('application/json')
  })
})
