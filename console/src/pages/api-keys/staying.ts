/**
 * What is shown this once is not lost by a wrong step: the way back asks as the dialog's cross does, and
 * whoever closes the tab is asked by the browser. What the page itself does is meant.
 *
 * @module
 */

import { useBlocker } from '@tanstack/react-router'

const TRAVELS = new Set(['BACK', 'FORWARD', 'GO'])

export function useStaying(isShown: boolean, ask: () => void): void {
  useBlocker({
    shouldBlockFn: ({ action }) => {
      if (!TRAVELS.has(action)) return false
      ask()
      return true
    },
    enableBeforeUnload: isShown,
    disabled: !isShown,
  })
}
