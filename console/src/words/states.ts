/** Active or deactivated, as a plain choice: a part of the SCIM filter that stands before the rest of it. */

/** As the list shows it: whoever says nothing of it is active. */
export const STATES = { 'active ne false': 'Active', 'active eq false': 'Deactivated' } as const

export type State = keyof typeof STATES | ''

/** What a filter says of the state, and what else. */
export function parted(filter: string): { readonly state: State; readonly rest: string } {
  for (const state of Object.keys(STATES) as (keyof typeof STATES)[]) {
    if (filter === state) return { state, rest: '' }
    const begin = `${state} and (`
    const rest = filter.slice(begin.length, -1)
    if (filter.startsWith(begin) && filter.endsWith(')') && isClosed(rest)) return { state, rest }
  }
  return { state: '', rest: filter }
}

export function joined(state: State, rest: string): string {
  return state === '' || rest === '' ? state || rest : `${state} and (${rest})`
}

/** Whether each bracket that is opened within is closed there, in this order. */
function isClosed(filter: string): boolean {
  let depth = 0
  for (const sign of filter.replaceAll(/"(?:\\.|[^"\\])*"/g, '')) {
    if (sign === '(') depth++
    if (sign === ')' && --depth < 0) return false
  }
  return depth === 0
}
