/** Closing the tab would lose what is shown this once: the browser asks. */

import { useEffect } from 'react'

export function useWarningBeforeUnload(isShown: boolean): void {
  useEffect(() => {
    if (!isShown) return
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isShown])
}
