import { describe, expect, test } from 'vitest'
import { isSwitch, oneOf, optional, readSettings, SettingsError, text } from './settings.ts'

const settings = {
  port: {
    flag: 'port',
    argument: 'PORT',
    env: 'X_PORT',
    fallback: '3000',
    help: '',
    value: text((given) => {
      if (!/^\d+$/.test(given)) throw new Error(`"${given}" is not a port`)
      return Number(given)
    }),
  },
  secret: {
    flag: 'secret',
    argument: 'TEXT',
    env: 'X_SECRET',
    secret: true,
    help: '',
    value: optional(text((given) => given)),
  },
  level: {
    flag: 'level',
    argument: 'LEVEL',
    fallback: 'info',
    help: '',
    value: oneOf(['info', 'debug']),
  },
  quiet: { flag: 'quiet', help: '', value: isSwitch },
} as const

const files: Record<string, string> = { '/run/secret': 'from the file\n' }

function read(args: string[], env: Record<string, string> = {}, operands: string[] = []) {
  const readFile = (path: string) => {
    const content = files[path]
    if (content === undefined) throw new Error('ENOENT')
    return content
  }
  return readSettings(settings, operands, { args, env, readFile })
}

function problems(...given: Parameters<typeof read>): readonly string[] {
  try {
    read(...given)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

describe('settings', () => {
  test('come from the flag, then the environment, then the default', () => {
    expect(read(['--port', '1'], { X_PORT: '2' }).values.port).toBe(1)
    expect(read(['--port=1'], { X_PORT: '2' }).values.port).toBe(1)
    expect(read([], { X_PORT: '2' }).values.port).toBe(2)
    expect(read([]).values).toEqual({ port: 3000, level: 'info', quiet: false })
  })

  test('an empty variable counts as not set', () => {
    expect(read([], { X_PORT: '' }).values.port).toBe(3000)
  })

  test('a secret may lie in a file, whose last line break does not count', () => {
    expect(read([], { X_SECRET_FILE: '/run/secret' }).values.secret).toBe('from the file')
    expect(problems([], { X_SECRET_FILE: '/nowhere' })).toEqual([
      'X_SECRET_FILE: cannot read /nowhere',
    ])
    expect(problems([], { X_SECRET_FILE: '/run/secret', X_SECRET: 'a' })).toEqual([
      'X_SECRET and X_SECRET_FILE are both set; keep one',
    ])
  })

  test('all that is wrong is said at once, each under where it came from', () => {
    expect(
      problems(['--prot', '8', '--level', 'loud', '--quiet=yes'], { X_PORT: 'http' }).toSorted(),
    ).toEqual([
      '--level: "loud" is not one of info, debug',
      '--prot: unknown flag',
      '--quiet: takes no value',
      'X_PORT: "http" is not a port',
    ])
  })

  test('a flag without its value is named once, and does not swallow the next flag silently', () => {
    expect(problems(['--port'])).toEqual(['--port: needs a value, PORT'])
    expect(problems(['--port', '--quiet'])).toEqual(['--port: needs a value, PORT'])
  })

  test('a flag given twice is refused rather than decided by order', () => {
    expect(problems(['--port', '1', '--port', '2'])).toEqual(['--port: given twice'])
  })

  test('short flags and names of Object.prototype are unknown flags like any other', () => {
    expect(problems(['-p'])).toEqual(['-p: unknown flag'])
    expect(problems(['--constructor'])).toEqual(['--constructor: unknown flag'])
    expect(problems(['--__proto__=1'])).toEqual(['--__proto__: unknown flag'])
  })

  test('operands must be as many as are asked for', () => {
    expect(read(['a', '--quiet'], {}, ['ID']).operands).toEqual(['a'])
    expect(problems([], {}, ['ID'])).toEqual(['ID is missing'])
    expect(problems(['a', 'b'], {}, ['ID'])).toEqual(['"b" is not expected here'])
  })
})
