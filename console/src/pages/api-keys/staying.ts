/**
 * What is shown this once is not lost by a wrong step: the way back asks as the dialog's cross does, and
 * whoever closes the tab is asked by the browser. What the page itself does is meant.
 *
 * It watches as long as the dialog is open: begun when the key is shown, it would miss a step in the moment
 * after.
 *
 * @module
 */

import { useBlocker } from '@tanstack/react-router'
import { useEffectEvent } from 'react'

const TRAVELS = new Set(['BACK', 'FORWARD', 'GO'])

export function useStaying(isOpen: boolean, isShown: boolean, ask: () => void): void {
  const onTravel = useEffectEvent(() => {
    if (isShown) ask()
    return isShown
  })
  useBlocker({
    shouldBlockFn: ({ action }) => TRAVELS.has(action) && onTravel(),
    enableBeforeUnload: isShown,
    disabled: !isOpen,
  })
}
