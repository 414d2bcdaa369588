/**
 * Short news of what was just done, said in a live region that is on the page from the start, for a
 * region that comes together with its text is often not read out.
 *
 * @module
 */

import { useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from './button.tsx'
import styles from './toasts.module.css'

interface Toast {
  readonly id: number
  readonly text: string
  readonly isShown: boolean
}

const STAYS = 6000
let toasts: readonly Toast[] = []
let last = 0
const listeners = new Set<() => void>()

/**
 * @param text Names in it are as `visible` has them.
 * @param isShown Not where it is seen already where it was done: then it is for the ear alone.
 */
export function say(text: string, isShown = true): void {
  last += 1
  const id = last
  set([...toasts.filter((toast) => toast.text !== text), { id, text, isShown }].slice(-3))
  setTimeout(() => dismiss(id), STAYS)
}

function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return createPortal(
    <div className={styles.toasts} role="status" aria-live="polite" aria-atomic="false">
      {shown.map((toast) => (
        <div key={toast.id} className={toast.isShown ? styles.toast : 'visually-hidden'}>
          <span>{toast.text}</span>
          {toast.isShown && (
            <IconButton sign="close" label="Dismiss" onClick={() => dismiss(toast.id)} />
          )}
        </div>
      ))}
    </div>,
    document.body,
  )
}
