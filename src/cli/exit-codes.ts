/** What the program's exit codes mean, in the one place that says so; `--help` prints it. */

export const OK = 0
/** The command could not do what it was asked, or `doctor` found a problem. */
export const FAILED = 1
/** The command line or the configuration is wrong; nothing was done. */
export const USAGE = 2
/** Ended early by a signal, or at once by a second one: 128 and the signal's number, as shells count. */
export const interrupted = (signal: 'SIGINT' | 'SIGTERM') => (signal === 'SIGINT' ? 130 : 143)

export const exitCodes: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'done'],
  ['1', 'not done, or doctor found a problem'],
  ['2', 'the command line or the configuration is wrong; nothing was done'],
  ['130, 143', 'Ctrl-C ended demo or copy early, or a second signal the service at once'],
]
