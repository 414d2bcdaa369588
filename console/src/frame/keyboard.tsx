/**
 * The keys that work everywhere: Cmd/Ctrl-K, `/`, `g` and a letter, `?`. None of them fires while
 * somebody types or while a dialog is open, and My Stuff switches the single letters off (WCAG 2.1.4).
 *
 * @module
 */

import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Dialog } from '../parts/dialog.tsx'
import { GO_TO, type GoKey } from '../words/shortcuts.ts'
import styles from './keyboard.module.css'
import { Palette } from './palette.tsx'
import { shortcutsAreOn } from './preferences.ts'
import type { Tenant } from './tenant.tsx'

/** How long after `g` the letter may come. */
const PATIENCE = 1500

export function Keyboard({ tenant }: { readonly tenant: Tenant | undefined }) {
  const navigate = useNavigate()
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  useEffect(() => {
    let goingSince = 0
    const onKey = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        setOpen((before) => (before === 'palette' ? null : 'palette'))
        return
      }
      if (!shortcutsAreOn() || event.metaKey || event.ctrlKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('[role="dialog"],[role="menu"]')) return
      const isGoing = event.timeStamp - goingSince < PATIENCE
      goingSince = 0
      if (isGoing && event.key in GO_TO) {
        const { page } = GO_TO[event.key as GoKey]
        if (page === null) void navigate({ to: '/my-stuff' })
        else if (tenant) void navigate({ to: `/t/${encodeURIComponent(tenant.name)}/${page}` })
      } else if (event.key === 'g') {
        goingSince = event.timeStamp
      } else if (event.key === '/') {
        const box = document.querySelector<HTMLElement>('main input[type="search"]')
        if (box) box.focus()
        else setOpen('palette')
      } else if (event.key === '?') {
        setOpen('help')
      } else {
        return
      }
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate, tenant])
  return (
    <>
      {open === 'palette' && <Palette tenant={tenant} onClose={() => setOpen(null)} />}
      <Dialog
        isOpen={open === 'help'}
        onClose={() => setOpen(null)}
        title="Keyboard shortcuts"
        intro="The single letters can be switched off in My Stuff."
      >
        <ShortcutList />
      </Dialog>
    </>
  )
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

export function ShortcutList() {
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <dl className={styles.keys}>
      <Shortcut
        keys={[isMac ? 'Cmd' : 'Ctrl', 'K']}
        does="Find a page, a user, a group, a request"
      />
      <Shortcut keys={['/']} does="Search in this list" />
      <Shortcut keys={['?']} does="This list" />
      <Shortcut keys={['Esc']} does="Close what is open" />
      {Object.entries(GO_TO).map(([key, { label }]) => (
        <Shortcut key={key} keys={['g', key]} does={label} />
      ))}
    </dl>
  )
}

function Shortcut({ keys, does }: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  )
}
