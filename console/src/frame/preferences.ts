/**
 * What this browser remembers for its person: theme, shortcuts on or off, the last tenant. All of it
 * works without storage, and is then forgotten.
 *
 * @module
 */

import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'system'

const listeners = new Set<() => void>()

function read(name: string): string | null {
  try {
    return localStorage.getItem(`rollcall.${name}`)
  } catch {
    return null
  }
}

function write(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`rollcall.${name}`)
    else localStorage.setItem(`rollcall.${name}`, value)
  } catch {
    // No storage: it holds until the page is left.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(subscribe, themeNow)
  return [theme, setTheme]
}

function themeNow(): Theme {
  const theme = document.documentElement.dataset.theme
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  write('theme', theme === 'system' ? null : theme)
}

export function useShortcutsAreOn(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, shortcutsAreOn)
  return [on, (next) => write('shortcuts', next ? null : 'off')]
}

export function shortcutsAreOn(): boolean {
  return read('shortcuts') !== 'off'
}

export function lastTenant(): string | null {
  return read('tenant')
}

export function rememberTenant(name: string): void {
  if (read('tenant') !== name) write('tenant', name)
}
