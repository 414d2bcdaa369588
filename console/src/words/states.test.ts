/** A state that is chosen is part of the filter, and leaves the rest as it was. */

import { expect, test } from 'vitest'
import { joined, parted, type State } from './states.ts'

test('what was joined is parted again', () => {
  for (const state of ['', 'active ne false', 'active eq false'] satisfies State[]) {
    for (const rest of ['', 'title pr', '(a pr) or (b pr)', 'a eq ")" and (b eq "(\\"")']) {
      expect(parted(joined(state, rest))).toEqual({ state, rest })
    }
  }
})

test('brackets that belong elsewhere are left where they are', () => {
  for (const filter of ['active eq false and (a pr) or (b pr)', 'active eq true', 'title pr']) {
    expect(parted(filter)).toEqual({ state: '', rest: filter })
  }
})
