/** The headers of a request, one a line, and which of them change nothing. */

import { TextArea } from '../../parts/field.tsx'
import { COUNTING, sorted } from './draft.ts'

export function Headers({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const { ignored, wrong } = sorted(value)
  return (
    <TextArea
      label="Headers"
      isShort
      rows={Math.min(8, Math.max(2, value.split('\n').length))}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="none"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      hint={
        ignored.length > 0
          ? `Ignored, for the answer does not depend on ${ignored.length > 1 ? 'them' : 'it'}: ${ignored.join(', ')}.`
          : `One a line: ${COUNTING.join(', ')} count here.`
      }
      error={wrong.length > 0 ? `This is no header: ${wrong.join(' · ')}` : undefined}
    />
  )
}
