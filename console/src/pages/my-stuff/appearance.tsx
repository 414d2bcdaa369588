/** How the console looks and listens in this browser. */

import { type Theme, useShortcutsAreOn, useTheme } from '../../frame/preferences.ts'
import { Checkbox, Choices } from '../../parts/field.tsx'
import { Section } from '../../parts/page.tsx'

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { value: Theme; label: string }[]

export function Appearance() {
  const [theme, setTheme] = useTheme()
  const [areOn, setOn] = useShortcutsAreOn()
  return (
    <Section title="This browser">
      <Choices legend="Theme" choices={THEMES} value={theme} onChange={setTheme} isInline />
      <Checkbox
        label="Keyboard shortcuts of a single letter"
        hint="Press ? for the list. Ctrl-K or Cmd-K works either way."
        checked={areOn}
        onChange={(event) => setOn(event.target.checked)}
      />
    </Section>
  )
}
