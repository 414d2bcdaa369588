/**
 * A command line as the words that its program would be given: what quotes, carets and backslashes of sh,
 * cmd and PowerShell stand for. Variables stay as they are written; nothing is run.
 *
 * @module
 */

export type Shell = 'sh' | 'cmd' | 'powershell'

export interface CommandLine {
  readonly words: readonly string[]
  /** What is between `<<EOF` and `EOF`. */
  readonly input: string | null
  /** A quote has no end. */
  readonly isOpen: boolean
}

export function shellOf(text: string): Shell {
  if (/\^[ \t]*\r?\n|\s\^"|"[{[]\s*""/.test(text)) return 'cmd'
  return /`[ \t]*\r?\n|`"|\bcurl\.exe\b/.test(text) ? 'powershell' : 'sh'
}

/** The first command of a text. */
export function commandLine(text: string, shell: Shell = shellOf(text)): CommandLine {
  const lines = text.replaceAll('\r\n', '\n')
  if (shell === 'cmd') return { ...split(withoutCarets(lines), CMD), input: null }
  if (shell === 'powershell') return { ...split(lines, POWERSHELL), input: null }
  const [here, , , input] = HERE.exec(lines) ?? []
  return { ...split(here ? lines.replace(here, '') : lines, SH), input: input ?? null }
}

const HERE = /<<-?[ \t]*(['"]?)(\w+)\1[^\n]*\n(.*?)\n[ \t]*\2[ \t]*(?=\n|$)/s

/** Something in a word, and the text that it stands for; the end of a line that goes on is none. */
type Rule = readonly [RegExp, (found: readonly string[]) => string | undefined]

const BLANK = /[ \t]+/y
const END = /[\n;|<>]|(?<=[ \t])[&#]/y

const SH: readonly Rule[] = [
  [/\\(?:\n|(.))/sy, ([, one]) => one],
  [/\$'((?:[^'\\]|\\.)*)'/sy, ([, quoted = '']) => quoted.replaceAll(ANSI, ansi)],
  [/'([^']*)'/y, ([, quoted = '']) => quoted],
  [/"((?:[^"\\]|\\.)*)"/sy, ([, quoted = '']) => quoted.replaceAll(/\\(?:\n|(["\\$`]))/g, '$1')],
]

const ANSI = /\\(?:u([\da-f]{1,4})|U([\da-f]{1,8})|x([\da-f]{1,2})|(.))/gs
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function ansi(_: string, short?: string, long?: string, byte?: string, one = ''): string {
  const code = Number.parseInt(short ?? long ?? byte ?? '', 16)
  if (Number.isNaN(code)) return CONTROLS[one] ?? one
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

const POWERSHELL: readonly Rule[] = [
  [/`[ \t]*\n/y, () => undefined],
  [/`(.)/sy, ([, one = '']) => CONTROLS[one] ?? one],
  [/'((?:[^']|'')*)'/y, ([, quoted = '']) => quoted.replaceAll("''", "'")],
  [/"((?:[^"`]|`.|"")*)"/sy, ([, quoted = '']) => quoted.replaceAll(/`(.)|"(")/gs, backtick)],
]

const backtick = (_: string, one?: string, quote = '') =>
  one === undefined ? quote : (CONTROLS[one] ?? one)

// Programs of Windows take their line apart themselves: a backslash is one unless a quote follows.
const CMD: readonly Rule[] = [
  [/\\"/y, () => '"'],
  [
    /"((?:[^"\\]|\\.|"")*)"/sy,
    ([, quoted = '']) =>
      quoted
        .replaceAll(/((?:\\\\)*)(?:""|\\")/g, (_, slashes = '') => `${half(slashes)}"`)
        .replace(/\\+$/, half),
  ],
]

const half = (slashes: string) => slashes.slice(0, slashes.length / 2)

/** As cmd itself reads: outside of its quotes a caret takes the next character as it is. */
function withoutCarets(text: string): string {
  return text.replaceAll(
    /("[^"]*")|\^[ \t]*\n(\n?)|\^(.)/gs,
    (_, quoted?: string, line?: string, one?: string) => quoted ?? line ?? one ?? '',
  )
}

function split(text: string, rules: readonly Rule[]): Omit<CommandLine, 'input'> {
  const words: string[] = []
  let word: string | undefined
  const close = (): void => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  for (let at = 0; at < text.length; ) {
    const [rule, found] = first(text, at, rules)
    if (rule && found) {
      const meant = rule[1](found)
      if (meant !== undefined) word = (word ?? '') + meant
      at += found[0].length
    } else if (matched(BLANK, text, at)) {
      close()
      at += 1
    } else if (matched(END, text, at)) {
      // 2>/dev/null
      if (/^\d$/.test(word ?? '')) word = undefined
      close()
      return { words, isOpen: false }
    } else {
      const one = text[at] as string
      if (one === '"' || one === "'") return { words, isOpen: true }
      word = (word ?? '') + one
      at += 1
    }
  }
  close()
  return { words, isOpen: false }
}

function first(text: string, at: number, rules: readonly Rule[]) {
  for (const rule of rules) {
    const found = matched(rule[0], text, at)
    if (found) return [rule, found] as const
  }
  return []
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
