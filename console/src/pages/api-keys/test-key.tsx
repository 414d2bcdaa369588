/** Trying a key out: the one that is shown, or one that somebody has from elsewhere. */

import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { KeyTest } from '../../../../src/server/admin/types.ts'
import { testKey } from '../../api/changes.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Stack } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import styles from './api-keys.module.css'

export function TestIt({
  onTest,
  isDisabled = false,
}: {
  readonly onTest: () => Promise<KeyTest>
  readonly isDisabled?: boolean
}) {
  const [said, setSaid] = useState<KeyTest>()
  const test = useMutation({ mutationFn: onTest, onSuccess: setSaid })
  const place = useRef<HTMLDivElement>(null)
  const { isPending, status } = test
  // Below what is seen of a dialog nobody would know that anything was said.
  useEffect(() => {
    if (status !== 'idle') place.current?.scrollIntoView({ block: 'nearest' })
  }, [status])
  return (
    <div ref={place} className={styles.test}>
      <Button
        sign="activity"
        disabled={isDisabled}
        isBusy={isPending}
        onClick={() => test.mutate()}
      >
        Test it
      </Button>
      <div role="status" className={styles.testSays}>
        {isPending && 'Testing …'}
        {said && !isPending && (
          <Note kind={said.ok ? 'good' : 'warn'}>
            {said.says}
            {said.status !== null && ` (${said.milliseconds} ms)`}
          </Note>
        )}
      </div>
      {test.error && <Problem error={test.error} />}
    </div>
  )
}

/** For a key that does not work where it was put: what is wrong with it is told of none that is shown here. */
export function TestAnother({ tenant }: { readonly tenant: string }) {
  const [key, setKey] = useState('')
  return (
    <details>
      <summary>Test a key that you have</summary>
      <Stack>
        <TextField
          label="An API key"
          hint="As it stands where it is used. It is kept nowhere."
          isCode
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
        <TestIt key={key} isDisabled={key === ''} onTest={() => testKey(tenant, key)} />
      </Stack>
    </details>
  )
}
