/** Numbers as people read them while they wait. */

/** `1234567.8` → `1,234,567`. */
export function count(value: number): string {
  return Math.floor(value).toLocaleString('en-US')
}

/** `83.2` → `1 min 24 s`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
