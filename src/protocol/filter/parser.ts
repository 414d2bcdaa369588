/**
 * Filter text → tree (RFC 7644 §3.4.2.2, Figure 1), by recursive descent.
 *
 * The ABNF leaves precedence to prose: grouping, then `not`, `and`, `or`. A run of one operator
 * becomes one node with a list; brackets the client wrote stay brackets, so a tree prints as it was
 * read. `not` needs its bracket and is never an attribute's name. Operators and keywords are read in
 * any letter case; the JSON words `true`, `false` and `null` only in lower case, as JSON has them.
 *
 * @module
 */

import { invalidFilter, type ScimError } from '../errors.ts'
import type { AttributePath, CompareOperator, Filter, Literal } from './ast.ts'
import { attributePath, dottedName } from './attribute-path.ts'
import { isStorable, type Token, tokenize } from './lexer.ts'
import type { FilterOptions } from './options.ts'

/**
 * Parses the `filter` of a query.
 *
 * ```ts
 * parseFilter('userName eq "bjensen" and not (title pr)', options)
 * // { kind: 'and', filters: [{ kind: 'compare', … }, { kind: 'not', … }] }
 * ```
 *
 * @throws {ScimError} 400 `invalidFilter`, which says at which character (from 1) what was expected.
 */
export function parseFilter(text: string, options: FilterOptions): Filter {
  const parser = new FilterParser(text, options, 'filter', invalidFilter)
  const filter = parser.filter()
  parser.end('"and", "or" or the end')
  return filter
}

/** The descent itself; `path.ts` reads the brackets of PATCH paths with it. */
export class FilterParser {
  readonly #options: FilterOptions
  readonly #tokens: readonly Token[]
  #subject: string
  #refusal: (detail: string) => ScimError
  #at = 0
  #terms = 0
  #depth = 0

  constructor(
    text: string,
    options: FilterOptions,
    subject: string,
    refusal: (detail: string) => ScimError,
  ) {
    this.#options = options
    this.#subject = subject
    this.#refusal = refusal
    const { maxLength } = options.limits
    if (text.length > maxLength) {
      throw refusal(`the ${subject} is longer than ${maxLength} characters`)
    }
    this.#tokens = tokenize(text)
  }

  // FILTER, outermost "or" first: it binds least
  filter(): Filter {
    return this.#run('or', () => this.#run('and', () => this.#term()))
  }

  // attrPath
  path(): AttributePath {
    const token = this.#peek()
    const path = token.kind === 'word' ? attributePath(token.text) : undefined
    if (path === undefined) throw this.fail('an attribute path')
    this.#at++
    return path
  }

  // "[" valFilter "]", or nothing
  brackets(): Filter | undefined {
    if (this.#peek().kind !== '[') return undefined
    const [subject, refusal] = [this.#subject, this.#refusal]
    this.#subject = 'filter'
    this.#refusal = invalidFilter
    this.#open()
    const filter = this.filter()
    this.#close(']')
    this.#subject = subject
    this.#refusal = refusal
    return filter
  }

  // subAttr right after "]", or nothing
  sub(): string | undefined {
    const token = this.#peek()
    const before = this.#tokens[this.#at - 1]
    if (before?.kind !== ']' || token.start !== before.start + 1) return undefined
    const name = token.kind === 'word' ? dottedName(token.text) : undefined
    if (name !== undefined) this.#at++
    return name
  }

  end(expected: string): void {
    if (this.#peek().kind !== 'end') throw this.fail(expected)
  }

  fail(expected: string, token = this.#peek()): ScimError {
    const where = `malformed ${this.#subject} at character ${token.start + 1}`
    if (token.kind === 'fault') return this.#refusal(`${where}: ${token.text}`)
    return this.#refusal(`${where}: expected ${expected}, found ${describe(token)}`)
  }

  #run(operator: 'and' | 'or', operand: () => Filter): Filter {
    const filters = [operand()]
    while (this.#isWord(operator)) {
      this.#at++
      filters.push(operand())
    }
    return filters.length === 1 ? filters[0]! : { kind: operator, filters }
  }

  // attrExp / valuePath / *1"not" "(" FILTER ")"
  #term(): Filter {
    const negated = this.#isWord('not')
    if (negated) this.#at++
    if (this.#peek().kind === '(') {
      this.#open()
      const filter = this.filter()
      this.#close(')')
      return negated ? { kind: 'not', filter } : filter
    }
    if (negated) throw this.fail('"(" after "not"')

    this.#count()
    const path = this.path()
    const filter = this.brackets()
    if (filter === undefined) return this.#expression(path)
    const after = this.#peek()
    const sub = this.sub()
    if (sub === undefined) return { kind: 'value', path, filter }

    // emails[type eq "work"].value eq "x": one value has this type and is this.
    this.#options.tolerate('value-path-compared', () => this.fail('"and", "or" or the end', after))
    const found = this.#expression({ attribute: sub })
    const filters = filter.kind === 'and' ? [...filter.filters, found] : [filter, found]
    return { kind: 'value', path, filter: { kind: 'and', filters } }
  }

  // SP "pr" / SP compareOp SP compValue
  #expression(path: AttributePath): Filter {
    const token = this.#peek()
    const word = token.kind === 'word' ? token.text.toLowerCase() : ''
    if (word === 'pr') {
      this.#at++
      return { kind: 'present', path }
    }
    if (!isCompareOperator(word)) {
      throw this.fail('an operator (eq, ne, co, sw, ew, pr, gt, ge, lt or le)')
    }
    this.#at++
    return { kind: 'compare', path, operator: word, value: this.#literal() }
  }

  // compValue = false / null / true / number / string
  #literal(): Literal {
    const token = this.#peek()
    const value = token.kind === 'word' ? wordLiteral(token.text) : token.value
    if (value === undefined) {
      const expected = 'a value: a string in double quotes, a number, true, false or null'
      if (token.kind !== 'word' || !isBareValue(token.text)) throw this.fail(expected)
      this.#options.tolerate('unquoted-value', () => this.fail(expected))
      this.#at++
      return token.text
    }
    this.#at++
    return value
  }

  #open(): void {
    const { maxDepth } = this.#options.limits
    if (++this.#depth > maxDepth) throw this.fail(`no more than ${maxDepth} brackets in each other`)
    this.#at++
  }

  #close(bracket: ')' | ']'): void {
    if (this.#peek().kind !== bracket) throw this.fail(`"and", "or" or "${bracket}"`)
    this.#depth--
    this.#at++
  }

  #count(): void {
    const { maxTerms } = this.#options.limits
    if (++this.#terms > maxTerms) throw this.#refusal(`the filter has more than ${maxTerms} terms`)
  }

  #peek(): Token {
    return this.#tokens[this.#at]!
  }

  #isWord(word: string): boolean {
    const token = this.#peek()
    return token.kind === 'word' && token.text.toLowerCase() === word
  }
}

const compareOperators: ReadonlySet<string> = new Set<CompareOperator>([
  'eq',
  'ne',
  'co',
  'sw',
  'ew',
  'gt',
  'ge',
  'lt',
  'le',
])

function isCompareOperator(word: string): word is CompareOperator {
  return compareOperators.has(word)
}

// The number rule of RFC 7159 §6.
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function wordLiteral(word: string): boolean | null | number | undefined {
  if (word === 'true') return true
  if (word === 'false') return false
  if (word === 'null') return null
  const number = NUMBER.test(word) ? Number(word) : Number.NaN
  // Adding 0 makes -0 an ordinary 0.
  return Number.isFinite(number) ? number + 0 : undefined
}

function isBareValue(word: string): boolean {
  return isStorable(word) && !/\p{Cc}/u.test(word) && !/^(?:and|or|not)$/i.test(word)
}

function describe(token: Token): string {
  if (token.kind === 'end') return 'the end'
  if (token.kind === 'string') return 'a string'
  return token.text.length > 40 ? `"${token.text.slice(0, 40)}…"` : `"${token.text}"`
}
