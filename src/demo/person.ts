/**
 * The person of a number: the same for a seed, whoever else is made.
 *
 * People come in teams of eight, of which the first leads; a team's lead reports to the lead of the
 * team above, and so up to number 0, whom nobody manages. A name that comes up again gets a second
 * given name and, when those are used up, a number.
 *
 * @module
 */

import type { JsonObject } from '../protocol/json.ts'
import { ENTERPRISE_USER, USER } from '../protocol/urn.ts'
import { type Department, DOMAIN, departments, ORGANIZATION } from './company.ts'
import { demoId } from './ids.ts'
import { type Culture, cultures, type Name } from './names.ts'
import { type Dice, dice } from './random.ts'

const TEAM = 8

export interface Person {
  readonly culture: Culture
  readonly department: Department
}

/** Where somebody sits and what for: all that groups ask, and cheap. */
export function person(seed: number, index: number): Person {
  return { culture: placeOf(index).culture, department: departmentOf(seed, index) }
}

/** What a client would POST to make this person. */
export function user(seed: number, index: number): JsonObject {
  const { culture, rank } = placeOf(index)
  const department = departmentOf(seed, index)
  const roll = dice(seed, 'person', index)
  const { given, second, family, number } = nameOf(culture, rank)
  const parts = second === undefined ? [given] : [given, second]
  const local = [...parts, family].map(({ ascii }) => ascii).join('.') + number
  const address = `${local}@${culture.country.toLowerCase()}.${DOMAIN}`
  const display = displayOf(culture, parts, family)
  const level = levelOf(index)
  const manager = managerOf(index)
  const emails = [{ value: address, type: 'work', primary: true }]
  if (roll.percent(20)) {
    emails.push({ value: `${local}@home.example`, type: 'home', primary: false })
  }
  const phoneNumbers = [{ value: phone(culture, roll), type: 'work' }]
  if (roll.percent(35)) phoneNumbers.push({ value: phone(culture, roll), type: 'mobile' })
  return {
    schemas: [USER, ENTERPRISE_USER],
    externalId: uuid(roll),
    userName: address,
    name: {
      formatted: display,
      familyName: family.written,
      givenName: given.written,
      ...(second === undefined ? {} : { middleName: second.written }),
    },
    displayName: display,
    ...(roll.percent(10) ? { nickName: given.ascii.slice(0, 4) } : {}),
    title: title(department, level, roll),
    userType: roll.percent(8) ? 'Contractor' : 'Employee',
    preferredLanguage: culture.locale,
    locale: culture.locale,
    timezone: culture.timezone,
    active: !roll.percent(4),
    emails,
    phoneNumbers,
    addresses: [{ type: 'work', locality: culture.city, country: culture.country }],
    [ENTERPRISE_USER]: {
      employeeNumber: String(100_000 + index),
      costCenter: `CC-${1000 + departments.indexOf(department)}`,
      organization: ORGANIZATION,
      division: department.division,
      department: department.name,
      ...(manager === undefined ? {} : { manager: { value: demoId(seed, 'person', manager) } }),
    },
  }
}

// Which hundred people are from where, so that the one of a number is known without counting.
const SEATS: readonly { readonly culture: Culture; readonly seat: number }[] = seats()

function seats() {
  const all = cultures.flatMap((culture) =>
    Array.from({ length: culture.share }, (_, seat) => ({ culture, seat })),
  )
  // 37 and 100 have no common divisor: neighbours come from different places, and nobody twice.
  return all.map((_, at) => all[(at * 37) % all.length] as (typeof all)[0])
}

function placeOf(index: number): { readonly culture: Culture; readonly rank: number } {
  const { culture, seat } = SEATS[index % SEATS.length] as (typeof SEATS)[0]
  return { culture, rank: Math.floor(index / SEATS.length) * culture.share + seat }
}

// All pairs once, then all with a second given name, which is never the first; then again, counted.
function nameOf(culture: Culture, rank: number) {
  const { given, family } = culture
  const pairs = given.length * family.length
  const round = Math.floor(rank / pairs) % given.length
  const times = Math.floor(rank / pairs / given.length)
  // A prime that divides no number of pairs here spreads neighbours over the whole list.
  const pair = ((rank % pairs) * 7919) % pairs
  const first = pair % given.length
  const at = (list: readonly Name[], index: number) => list[index % list.length] as Name
  return {
    given: at(given, first),
    second: round === 0 ? undefined : at(given, first + round),
    family: at(family, Math.floor(pair / given.length)),
    number: times === 0 ? '' : String(times + 1),
  }
}

function displayOf(culture: Culture, given: readonly Name[], family: Name): string {
  const first = given.map(({ written }) => written)
  switch (culture.order) {
    case 'given-family':
      return [...first, family.written].join(' ')
    case 'family-given':
      return [family.written, ...first].join(' ')
    case 'family-given-joined':
      return [family.written, ...first].join('')
    default:
      return culture.order satisfies never
  }
}

function departmentOf(seed: number, index: number): Department {
  let left = dice(seed, 'team', Math.floor(index / TEAM)).below(100)
  for (const department of departments) {
    left -= department.share
    if (left < 0) return department
  }
  throw new Error('the shares of the departments come to less than 100')
}

// The number of whoever somebody reports to.
function managerOf(index: number): number | undefined {
  if (index === 0) return undefined
  const team = Math.floor(index / TEAM)
  return index % TEAM === 0 ? Math.floor(team / TEAM) * TEAM : team * TEAM
}

// 0 at the top; undefined for whoever leads nobody.
function levelOf(index: number): number | undefined {
  if (index % TEAM !== 0) return undefined
  let level = 0
  for (let team = index / TEAM; team > 0; team = Math.floor(team / TEAM)) level++
  return level
}

function title(department: Department, level: number | undefined, roll: Dice): string {
  if (level === undefined) return roll.pick(department.titles)
  if (level === 0) return 'Chief Executive Officer'
  const kinds = ['Executive Vice President', 'Vice President', 'Director', 'Senior Manager']
  return `${kinds[level - 1] ?? 'Team Lead'}, ${department.name}`
}

function phone(culture: Culture, roll: Dice): string {
  return `${culture.dial} ${1_000_000 + roll.below(9_000_000)}`
}

function uuid(roll: Dice): string {
  const hex = roll.hex(32)
  const version = `4${hex.slice(13, 16)}`
  const variant = `a${hex.slice(17, 20)}`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}-${variant}-${hex.slice(20)}`
}
