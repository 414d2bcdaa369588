/** `active` as a shape and a word. It is not the same as suspended, so it never says that word. */

import { SelectField } from '../../parts/field.tsx'
import { Status } from '../../parts/status.tsx'
import { joined, parted, STATES, type State } from '../../words/states.ts'

export function Activeness({ isActive }: { readonly isActive: boolean }) {
  return isActive ? <Status tone="good">Active</Status> : <Status tone="none">Deactivated</Status>
}

/** Writes its part of the SCIM filter. */
export function StateChoice({
  filter,
  onChange,
}: {
  readonly filter: string
  readonly onChange: (filter: string) => void
}) {
  const { state, rest } = parted(filter)
  return (
    <SelectField
      label="State"
      hidesLabel
      value={state}
      onChange={(event) => onChange(joined(event.target.value as State, rest))}
    >
      <option value="">Any state</option>
      {Object.entries(STATES).map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
    </SelectField>
  )
}
