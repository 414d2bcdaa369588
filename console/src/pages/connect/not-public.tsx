/** A base URL that only this machine understands is the first thing that would go wrong. */

import { Note } from '../../parts/problem.tsx'

export function NotPublic({ baseUrl }: { readonly baseUrl: string }) {
  return (
    <Note kind="warn">
      <p>
        <strong>An identity provider in the cloud cannot reach {baseUrl}.</strong> Put TLS in front
        of this service under a public name, and start it with{' '}
        <code>--public-url https://id.example.com</code>; the values below then say so.
      </p>
    </Note>
  )
}
