/** A key made where one is wanted: the form, and then the key. Whoever asked may go on showing it. */

import { useEffect, useState } from 'react'
import type { CreatedKey } from '../../../../src/server/admin/types.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { CreateKey } from './create-key.tsx'
import { ShownKey } from './shown-key.tsx'
import { useStaying } from './staying.ts'

interface Props {
  readonly isOpen: boolean
  readonly tenant: string
  /** What it is called unless somebody says otherwise. */
  readonly name: string
  readonly onCreated: (created: CreatedKey) => void
  readonly onClose: () => void
}

export function NewKeyDialog({ isOpen, tenant, name, onCreated, onClose }: Props) {
  const [created, setCreated] = useState<CreatedKey>()
  const [isLeaving, setLeaving] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew when opened, and no key is held when closed
  useEffect(() => {
    setCreated(undefined)
    setLeaving(false)
  }, [isOpen])
  useStaying(isOpen, created !== undefined, () => setLeaving(true))
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => (created ? setLeaving(!isLeaving) : onClose())}
      title={created ? 'Your new API key' : 'Make an API key'}
      isWide
    >
      {created ? (
        <ShownKey
          tenant={tenant}
          created={created}
          isLeaving={isLeaving}
          onStay={() => setLeaving(false)}
          onDone={onClose}
          showsSnippets={false}
        />
      ) : (
        <CreateKey
          tenant={tenant}
          proposedName={name}
          onDone={(made) => {
            setCreated(made)
            onCreated(made)
          }}
        />
      )}
    </Dialog>
  )
}
