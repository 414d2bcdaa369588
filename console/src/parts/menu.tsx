/**
 * A button and its menu; the three dots at the same place on every page head and row.
 *
 * The menu lies in the browser's top layer, so that nothing cuts it off. Arrows, Home, End and first
 * letters move, Enter and Space choose, Esc and Tab close; the focus goes back to the button.
 *
 * @module
 */

import { useNavigate } from '@tanstack/react-router'
import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import buttons from './button.module.css'
import { classes } from './button.tsx'
import { Icon } from './icon.tsx'
import styles from './menu.module.css'

const Close = createContext(() => {})

export function MoreActions({
  label = 'More actions',
  children,
}: {
  readonly label?: string
  readonly children: ReactNode
}) {
  return (
    <MenuButton label={label} className={buttons.icon} face={<Icon sign="more" />}>
      {children}
    </MenuButton>
  )
}

/** A menu with a button of its own. */
export function MenuButton({
  label,
  face,
  className,
  align = 'end',
  children,
}: {
  /** For a button whose face has no words. */
  readonly label?: string
  readonly face: ReactNode
  readonly className?: string | undefined
  readonly align?: 'start' | 'end'
  readonly children: ReactNode
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<'first' | 'last' | null>(null)
  const close = (): void => {
    button.current?.focus()
    setOpen(null)
  }
  return (
    <>
      <button
        ref={button}
        id={id}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open !== null ? `${id}-menu` : undefined}
        aria-label={label}
        title={label}
        className={classes(className, label && styles.more)}
        data-open={open !== null || undefined}
        onClick={() => setOpen(open === null ? 'first' : null)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setOpen(event.key === 'ArrowDown' ? 'first' : 'last')
        }}
      >
        {face}
      </button>
      {open !== null && (
        <Close value={close}>
          <Popup
            id={id}
            button={button}
            startsAt={open}
            align={align}
            onLeave={() => setOpen(null)}
          >
            {children}
          </Popup>
        </Close>
      )}
    </>
  )
}

interface PopupProps {
  readonly id: string
  readonly button: React.RefObject<HTMLButtonElement | null>
  readonly startsAt: 'first' | 'last'
  readonly align: 'start' | 'end'
  /** Closed by a press elsewhere, where the focus goes instead. */
  readonly onLeave: () => void
  readonly children: ReactNode
}

function Popup({ id, button, startsAt, align, onLeave, children }: PopupProps) {
  const menu = useRef<HTMLDivElement>(null)
  const close = useContext(Close)
  useLayoutEffect(() => {
    const { current: shown } = menu
    const { current: from } = button
    if (!shown || !from) return
    shown.showPopover()
    const settle = (): void => place(shown, from.getBoundingClientRect(), align)
    settle()
    itemsOf(shown)
      .at(startsAt === 'first' ? 0 : -1)
      ?.focus()
    window.addEventListener('resize', settle)
    window.addEventListener('scroll', settle, true)
    return () => {
      window.removeEventListener('resize', settle)
      window.removeEventListener('scroll', settle, true)
    }
  }, [button, startsAt, align])
  useEffect(() => {
    const onPress = (event: PointerEvent): void => {
      const { target } = event
      if (!(target instanceof Node)) return
      if (!menu.current?.contains(target) && !button.current?.contains(target)) onLeave()
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  })
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') {
      close()
      return
    }
    const items = itemsOf(event.currentTarget)
    const at = items.indexOf(document.activeElement as HTMLElement)
    const next = {
      ArrowDown: items[(at + 1) % items.length],
      ArrowUp: items.at(at <= 0 ? -1 : at - 1),
      Home: items[0],
      End: items.at(-1),
    }[event.key]
    if (event.key === 'Escape') close()
    else if (next) next.focus()
    else if (/^\S$/.test(event.key)) byLetter(items, at, event.key)?.focus()
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={menu}
      id={`${id}-menu`}
      role="menu"
      tabIndex={-1}
      aria-labelledby={id}
      popover="manual"
      className={styles.popup}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  )
}

function itemsOf(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]:not([aria-disabled])')]
}

function byLetter(items: readonly HTMLElement[], at: number, letter: string) {
  const fromHere = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  return fromHere.find((item) =>
    item.textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()),
  )
}

/** Below the button, or above it where there is no room; never off the screen. */
function place(menu: HTMLElement, button: DOMRect, align: 'start' | 'end'): void {
  const { offsetWidth: width, offsetHeight: height } = menu
  const { clientWidth, clientHeight } = document.documentElement
  const left = align === 'end' ? button.right - width : button.left
  const isBelow = button.bottom + height + 8 <= clientHeight || button.top < height + 8
  menu.style.left = `${Math.max(8, Math.min(left, clientWidth - width - 8))}px`
  menu.style.top = `${isBelow ? button.bottom + 4 : button.top - height - 4}px`
}

export function MenuItem({
  children,
  onSelect,
  isDanger = false,
  isDisabled = false,
}: {
  readonly children: ReactNode
  readonly onSelect: () => void
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
}) {
  const close = useContext(Close)
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={isDisabled || undefined}
      className={classes(styles.item, isDanger && styles.danger)}
      onMouseMove={(event) => event.currentTarget.focus()}
      onClick={() => {
        if (isDisabled) return
        close()
        onSelect()
      }}
    >
      {children}
    </button>
  )
}

/** An item that leads somewhere within the console. */
export function MenuGo({
  to,
  search,
  children,
}: {
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  readonly children: ReactNode
}) {
  const navigate = useNavigate()
  return (
    <MenuItem onSelect={() => navigate({ to, ...(search && { search }) })}>{children}</MenuItem>
  )
}

export function MenuRule() {
  return <hr className={styles.rule} />
}
