/**
 * The three-dot menu: the same button at the same place on every page head and row. Arrows move, Esc
 * closes and gives the focus back.
 *
 * @module
 */

import { Menu } from '@base-ui/react/menu'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import buttons from './button.module.css'
import { classes } from './button.tsx'
import { Icon } from './icon.tsx'
import styles from './menu.module.css'

export function MoreActions({
  label = 'More actions',
  children,
}: {
  readonly label?: string
  readonly children: ReactNode
}) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger aria-label={label} title={label} className={classes(buttons.icon, styles.more)}>
        <Icon sign="more" />
      </Menu.Trigger>
      <MenuPopup>{children}</MenuPopup>
    </Menu.Root>
  )
}

/** What opens, for a menu with a button of its own. */
export function MenuPopup({
  children,
  align = 'end',
}: {
  readonly children: ReactNode
  readonly align?: 'start' | 'end'
}) {
  return (
    <Menu.Portal>
      <Menu.Positioner sideOffset={4} align={align} className={styles.place}>
        <Menu.Popup className={styles.popup}>{children}</Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  )
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
  return (
    <Menu.Item
      onClick={onSelect}
      disabled={isDisabled}
      className={classes(styles.item, isDanger && styles.danger)}
    >
      {children}
    </Menu.Item>
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
  return <Menu.Separator className={styles.rule} />
}
