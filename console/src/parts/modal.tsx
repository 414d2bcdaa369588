/**
 * What takes the page over until it is closed: a dialog, the navigation drawer.
 *
 * Everything else in the body becomes `inert`, which keeps focus, pointer and screen reader inside
 * better than any trap; only the live region of the toasts stays alive. Esc and a press on the shade
 * ask to close; afterwards the focus is where it was, or in the section that it was in when what had it is
 * gone.
 *
 * @module
 */

import {
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
} from 'react'
import { createPortal } from 'react-dom'
import styles from './modal.module.css'

interface ModalProps {
  readonly onClose: () => void
  readonly labelledBy?: string
  readonly describedBy?: string
  readonly label?: string
  /** Of the surface itself. */
  readonly className?: string | undefined
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined
  readonly isWide?: boolean
  readonly children: ReactNode
}

const FOCUSABLE = 'input, select, textarea, button, a[href], [tabindex]'

export function Modal({
  onClose,
  labelledBy,
  describedBy,
  label,
  className,
  initialFocus,
  isWide,
  children,
}: ModalProps) {
  const shade = useRef<HTMLDivElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  useAlone(shade)
  useFocusInside(surface, initialFocus)
  // What closing means may have changed in the moment before the key: a key that is shown now is not left.
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || shade.current?.inert) return
    event.preventDefault()
    onClose()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return createPortal(
    <div
      ref={shade}
      className={styles.shade}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div
        ref={surface}
        role="dialog"
        aria-modal="true"
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-label={label}
        tabIndex={-1}
        className={className}
        data-wide={isWide || undefined}
      >
        {children}
      </div>
    </div>,
    document.body,
  )
}

/** Makes all else inert, and the page stand still. One above another each undo what they did. */
function useAlone(shade: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const others = [...document.body.children].filter(
      (element): element is HTMLElement =>
        element instanceof HTMLElement &&
        element !== shade.current &&
        !element.inert &&
        !element.hasAttribute('aria-live'),
    )
    const { overflow } = document.documentElement.style
    for (const element of others) element.inert = true
    document.documentElement.style.overflow = 'hidden'
    return () => {
      for (const element of others) element.inert = false
      document.documentElement.style.overflow = overflow
    }
  }, [shade])
}

function useFocusInside(
  surface: RefObject<HTMLElement | null>,
  initial: RefObject<HTMLElement | null> | undefined,
): void {
  // Remembered while rendering: a field with `autoFocus` has it before any effect runs.
  const before = useRef<From>(null)
  before.current ??= whereFrom()
  useEffect(() => {
    const from = before.current
    const inside = surface.current
    if (initial?.current) initial.current.focus()
    else if (inside && !inside.contains(document.activeElement)) firstOf(inside).focus()
    return () => {
      // After the cleanup that makes the page alive again, and unless a new page took it.
      queueMicrotask(() => {
        if (document.activeElement === document.body) goBack(from)
      })
    }
  }, [surface, initial])
  useEffect(() => keepInside(surface.current), [surface])
}

/** What had the focus, and around it what will be there still when it is gone itself. */
type From = readonly Element[] | null

function whereFrom(): From {
  const places: Element[] = []
  const { activeElement, body } = document
  let place = activeElement === body ? null : activeElement
  if (place) places.push(place)
  while (place) {
    place = place.parentElement?.closest('section, main, [role="dialog"]') ?? null
    if (place) places.push(place)
  }
  const main = document.querySelector('main')
  return main ? [...places, main] : places
}

function goBack(from: From): void {
  const seen = from?.find((one) => one.isConnected && one.checkVisibility())
  // One that was open from the start came before the page below it.
  const place = seen ?? document.querySelector('main')
  if (!(place instanceof HTMLElement)) return
  const isWhole = place.matches('section, main')
  if (isWhole && !place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus({ preventScroll: isWhole })
  whenGone(place, () => goBack(from))
}

/** The row of what was just ended goes a moment after its dialog. */
function whenGone(place: Element, then: () => void): void {
  const watch = new MutationObserver(() => {
    if (document.activeElement === place) return
    watch.disconnect()
    if (!place.isConnected && document.activeElement === document.body) then()
  })
  watch.observe(document.body, { childList: true, subtree: true })
}

/** When what has the focus is taken out of a dialog, the dialog itself has it. */
function keepInside(surface: HTMLElement | null): () => void {
  if (!surface) return () => {}
  const watch = new MutationObserver(() => {
    if (document.activeElement === document.body && !surface.closest('[inert]')) surface.focus()
  })
  watch.observe(surface, { childList: true, subtree: true })
  return () => watch.disconnect()
}

/** A field rather than the cross that closes. */
function firstOf(inside: HTMLElement): HTMLElement {
  const all = [...inside.querySelectorAll<HTMLElement>(FOCUSABLE)]
  return all.find((element) => !element.closest('header')) ?? all[0] ?? inside
}
