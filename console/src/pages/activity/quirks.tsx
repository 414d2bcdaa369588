/** The quirks that a client was let in by, each with what it was taken for. */

import { Fact, Facts, Section } from '../../parts/page.tsx'

export function Quirks({
  quirks,
  intro,
}: {
  readonly quirks: readonly { readonly name: string; readonly means: string }[]
  readonly intro: string
}) {
  if (quirks.length === 0) return null
  return (
    <Section title="Quirks" intro={intro}>
      <Facts>
        {quirks.map(({ name, means }) => (
          <Fact key={name} name={name}>
            <Marked text={means} />
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}

/** What stands in backticks is set as code. */
function Marked({ text }: { readonly text: string }) {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith('`') ? <code key={part}>{part.slice(1, -1)}</code> : part))
}
