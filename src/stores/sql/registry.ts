/**
 * Tenants and API keys in rows.
 *
 * What authentication asks is one statement: on a server far away it is one journey.
 *
 * @module
 */

import {
  type ApiKey,
  type KeyAndTenant,
  type KeyUse,
  laterSettings,
  NameTaken,
  type Registry,
  type Tenant,
  type TenantSettings,
} from '../../store/registry.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { one, rows, run } from './work.ts'

interface TenantRow extends Omit<Tenant, 'settings'> {
  readonly settings: string
}

interface KeyRow extends Omit<ApiKey, 'lastUsed'> {
  readonly used_at: number | null
  readonly used_from: string | null
  readonly used_agent: string | null
}

interface FoundRow extends KeyRow {
  readonly tenant_name: string
  readonly tenant_created: number
  readonly tenant_settings: string
}

const tenantColumns = sql`t.id, t.name, t.created, t.settings`
const keyColumns = sql`k.id, k.tenant, k.name, k.scope, k.hash, k.hint, k.created, k.expires,
  k.revoked, k.replaces, k.used_at, k.used_from, k.used_agent`

export function registry(spelling: Spelling, { read, write }: Executor): Registry {
  const insertTenant = spelling.compile(sql`
    insert into tenants (id, name, created, settings)
    values (${slot('id')}, ${slot('name')}, ${slot('created')}, ${slot('settings')})
    on conflict do nothing`)
  const allTenants = spelling.compile<TenantRow>(sql`
    select ${tenantColumns} from tenants t order by t.created, t.id`)
  const oneTenant = spelling.compile<TenantRow>(sql`
    select ${tenantColumns} from tenants t
    where t.id = ${slot('id')} or t.name = ${slot('id')} order by t.id <> ${slot('id')} limit 1`)
  const updateSettings = spelling.compile(sql`
    update tenants set settings = ${slot('settings')} where id = ${slot('id')}`)
  const insertKey = spelling.compile(sql`
    insert into api_keys (id, tenant, name, scope, hash, hint, created, expires, revoked,
      replaces, used_at, used_from, used_agent)
    values (${slot('id')}, ${slot('tenant')}, ${slot('name')}, ${slot('scope')}, ${slot('hash')},
      ${slot('hint')}, ${slot('created')}, ${slot('expires')}, ${slot('revoked')},
      ${slot('replaces')}, ${slot('usedAt')}, ${slot('usedFrom')}, ${slot('usedAgent')})`)
  const allKeys = spelling.compile<KeyRow>(sql`
    select ${keyColumns} from api_keys k order by k.created desc, k.id desc`)
  const ownKeys = spelling.compile<KeyRow>(sql`
    select ${keyColumns} from api_keys k
    where k.tenant = ${slot('tenant')} order by k.created desc, k.id desc`)
  const byHash = spelling.compile<FoundRow>(sql`
    select ${keyColumns}, t.name as tenant_name, t.created as tenant_created,
      t.settings as tenant_settings
    from api_keys k join tenants t on t.id = k.tenant where k.hash = ${slot('hash')}`)
  const revoke = spelling.compile(sql`
    update api_keys set revoked = ${slot('at')} where id = ${slot('id')} and revoked is null`)
  const expire = spelling.compile(sql`
    update api_keys
    set expires = case when expires <= ${slot('at')} then expires else ${slot('at')} end
    where id = ${slot('id')} and revoked is null`)
  const keep = spelling.compile(sql`
    insert into secrets (name, value) values (${slot('name')}, ${slot('value')})
    on conflict do nothing`)
  const kept = spelling.compile<{ value: string }>(sql`
    select value from secrets where name = ${slot('name')}`)
  // No secret, but one row of the service's own as those are.
  const settle = spelling.compile(sql`
    insert into secrets (name, value) values ('address', ${slot('url')})
    on conflict (name) do update set value = excluded.value`)
  const touch = spelling.compile(sql`
    update api_keys set used_at = ${slot('at')}, used_from = ${slot('from')},
      used_agent = ${slot('agent')} where id = ${slot('id')}`)

  return {
    addTenant: ({ id, name, created, settings }) =>
      write(function* () {
        const values = { id, name, created, settings: JSON.stringify(settings) }
        if ((yield* run(insertTenant, values)) > 0) return
        const holder = yield* one(oneTenant, { id: name })
        if (holder?.name === name) throw new NameTaken(`"${name}" is taken`)
        throw new Error(`tenant "${id}" is there already`)
      }),

    tenants: () =>
      read(function* () {
        return (yield* rows(allTenants, {})).map(tenantOf)
      }),

    tenant: (id) =>
      read(function* () {
        const row = yield* one(oneTenant, { id })
        return row && tenantOf(row)
      }),

    changeSettings: (id, settings) =>
      write(function* () {
        yield* run(updateSettings, { id, settings: JSON.stringify(settings) })
      }),

    addKey: ({ lastUsed, ...key }) =>
      write(function* () {
        yield* run(insertKey, {
          ...key,
          usedAt: lastUsed?.at ?? null,
          usedFrom: lastUsed?.from ?? null,
          usedAgent: lastUsed?.agent ?? null,
        })
      }),

    keys: (tenant) =>
      read(function* () {
        const found = tenant === undefined ? rows(allKeys, {}) : rows(ownKeys, { tenant })
        return (yield* found).map(keyOf)
      }),

    keyByHash: (hash) =>
      read(function* () {
        const row = yield* one(byHash, { hash })
        return row && foundOf(row)
      }),

    revokeKey: (id, at) =>
      write(function* () {
        return (yield* run(revoke, { id, at })) > 0
      }),

    expireKey: (id, at) =>
      write(function* () {
        return (yield* run(expire, { id, at })) > 0
      }),

    secret: async (name, make) => {
      const value = make()
      const found = await write(function* () {
        yield* run(keep, { name, value })
        return yield* one(kept, { name })
      })
      return found?.value ?? value
    },

    address: () =>
      read(function* () {
        return (yield* one(kept, { name: 'address' }))?.value
      }),

    setAddress: (url) =>
      write(function* () {
        yield* run(settle, { url })
      }),

    touchKey: (id: string, { at, from, agent }: KeyUse) =>
      write(function* () {
        yield* run(touch, { id, at, from, agent })
      }),
  }
}

function tenantOf({ id, name, created, settings }: TenantRow): Tenant {
  const known = JSON.parse(settings) as TenantSettings
  return { id, name, created, settings: { ...laterSettings, ...known } }
}

function foundOf(row: FoundRow): KeyAndTenant {
  const { tenant_name: name, tenant_created: created, tenant_settings: settings, ...key } = row
  return { key: keyOf(key), tenant: tenantOf({ id: key.tenant, name, created, settings }) }
}

function keyOf({ used_at, used_from, used_agent, ...key }: KeyRow): ApiKey {
  const lastUsed = used_at === null ? null : { at: used_at, from: used_from, agent: used_agent }
  return { ...key, lastUsed }
}
