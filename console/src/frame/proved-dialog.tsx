/** A question before what gives power away, with the password among its fields when that is wanted. */

import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Form, FormButtons } from '../parts/field.tsx'
import { Problem } from '../parts/problem.tsx'
import { useProof } from './proof.tsx'

interface Props<T> {
  readonly title: string
  readonly children: ReactNode
  /** What happens, in words: "Make Ann Lee admin". */
  readonly action: string
  readonly run: () => Promise<T>
  readonly onDone: (made: T) => unknown
  readonly onClose: () => void
}

export function ProvedDialog<T>({ title, children, action, run, onDone, onClose }: Props<T>) {
  const proof = useProof()
  const deed = useMutation({ mutationFn: () => proof.first(run), onSuccess: onDone })
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <Form
        onSubmit={(event) => {
          event.preventDefault()
          if (!deed.isPending) deed.mutate()
        }}
      >
        {children}
        {proof.field}
        {proof.beside(deed.error) ? <Problem error={deed.error} /> : null}
        <FormButtons>
          <Button type="submit" look="primary" isBusy={deed.isPending}>
            {action}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </FormButtons>
      </Form>
    </Dialog>
  )
}
