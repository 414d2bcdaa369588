/**
 * Clients that write all the time while something is done to the database, and what must be true
 * afterwards: every answer is success or 503 with `Retry-After`, whatever was acknowledged is there,
 * and nothing was done twice.
 *
 * @module
 */

import { expect } from 'vitest'
import { type App, rowsOf } from './app.ts'
import { groupOf, patchOf, userOf } from './client.ts'

export interface Load {
  /** How many answers there were so far, and how many of them were 503. */
  readonly answered: number
  readonly refused: number
  /** The longest that anyone waited for an answer, in milliseconds. */
  readonly longest: number
  /** Lets every client finish what it has begun. */
  stop(): Promise<void>
  /** Checks what was promised. */
  verify(): Promise<void>
}

interface Person {
  readonly id: string
  /** Titles that were asked for since the last acknowledged one, which comes first. */
  titles: string[]
}

export async function startLoad(app: App, clients = 16): Promise<Load> {
  const group = await call(app, 'POST', '/Groups', groupOf('Everyone'))
  const people = new Map<string, Person>()
  const joined = new Set<string>()
  const told = { answered: 0, refused: 0, longest: 0 }
  let isOver = false

  async function ask(method: string, path: string, body: unknown) {
    const since = performance.now()
    const reply = await call(app, method, path, body)
    told.answered += 1
    told.longest = Math.max(told.longest, performance.now() - since)
    if (reply.status === 503) {
      expect(reply.retryAfter).not.toBeNull()
      told.refused += 1
    }
    return reply
  }

  async function client(name: string): Promise<void> {
    for (let n = 0; !isOver; n++) {
      const { status, body } = await ask('POST', '/Users', userOf(`${name}n${n}`))
      if (status === 503) continue
      expect(status).toBe(201)
      const person: Person = { id: body.id, titles: [''] }
      people.set(body.id, person)
      const add = { op: 'add', path: 'members', value: [{ value: body.id }] }
      const added = await ask('PATCH', `/Groups/${group.body.id}?attributes=id`, patchOf(add))
      expect([200, 503]).toContain(added.status)
      if (added.status === 200) joined.add(body.id)
      for (const title of ['first', 'second']) {
        person.titles.push(title)
        const replace = { op: 'replace', path: 'title', value: title }
        const changed = await ask('PATCH', `/Users/${body.id}`, patchOf(replace))
        expect([200, 503]).toContain(changed.status)
        if (changed.status === 200) person.titles = [title]
      }
    }
  }

  const running = Promise.all(Array.from({ length: clients }, (_, index) => client(`c${index}`)))
  running.catch(() => undefined)
  return {
    get answered() {
      return told.answered
    },
    get refused() {
      return told.refused
    },
    get longest() {
      return told.longest
    },
    async stop() {
      isOver = true
      await running
    },
    async verify() {
      for (const { id, titles } of people.values()) {
        const { status, body } = await call(app, 'GET', `/Users/${id}`)
        expect(status).toBe(200)
        expect(titles).toContain(body.title ?? '')
      }
      const { body } = await call(app, 'GET', `/Groups/${group.body.id}`)
      const members: string[] = (body.members ?? []).map(({ value }: { value: string }) => value)
      expect(new Set(members).size).toBe(members.length)
      expect([...joined].filter((id) => !members.includes(id))).toEqual([])
      const log = await app.store.tenant('main').changes({ after: 0, limit: 1_000_000 })
      const done = log.map(({ request, kind, member }) => `${request} ${kind} ${member}`)
      expect(done.filter((one, index) => done.indexOf(one) !== index)).toEqual([])
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
      expect(await rowsOf(app.store, 'canary')).toContain('bjensen@example.com')
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
type Reply = { status: number; retryAfter: string | null; body: any }

async function call(app: App, method: string, path: string, body?: unknown): Promise<Reply> {
  const response = await app.fetch(path, { method, ...(body === undefined ? {} : { body }) })
  const text = await response.text()
  return {
    status: response.status,
    retryAfter: response.headers.get('Retry-After'),
    body: text === '' ? undefined : JSON.parse(text),
  }
}
