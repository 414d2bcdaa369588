/** How others see this person in the audit log and on the page of operators. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { changeProfile } from '../../api/changes.ts'
import { sessionQuery } from '../../api/queries/people.ts'
import { useSession } from '../../frame/tenant.tsx'
import { Button } from '../../parts/button.tsx'
import { Form, FormButtons, TextField } from '../../parts/field.tsx'
import { Fact, Facts, Section } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { say } from '../../parts/toasts.tsx'
import styles from './my-stuff.module.css'

export function Profile() {
  const session = useSession()
  const client = useQueryClient()
  const [name, setName] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: () => changeProfile({ name: (name ?? '').trim() }),
    onSuccess: (next) => {
      client.setQueryData(sessionQuery.queryKey, next)
      setName(null)
      say('Your name was changed.')
    },
  })
  return (
    <Section title="You">
      {name === null ? (
        <Facts>
          <Fact name="Name">
            <span className={styles.editable}>
              {session.operator.name || 'Not said yet'}
              <Button look="quiet" onClick={() => setName(session.operator.name)}>
                Change name
              </Button>
            </span>
          </Fact>
          <Fact name="E-mail">{session.operator.email}</Fact>
          <Fact name="May enter">
            {session.isRoot && <p>Owner of every tenant, of those made later as well:</p>}
            <ul className={styles.tenants}>
              {session.tenants.map((tenant) => (
                <li key={tenant.id}>
                  <Link to="/t/$tenant/overview" params={{ tenant: tenant.name }}>
                    {tenant.name}
                  </Link>
                  {!session.isRoot && ` as ${tenant.role}`}
                </li>
              ))}
            </ul>
          </Fact>
        </Facts>
      ) : (
        <div className={styles.narrow}>
          <Form
            onSubmit={(event) => {
              event.preventDefault()
              save.mutate()
            }}
          >
            <TextField
              label="Name"
              autoComplete="name"
              autoFocus
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            {save.error && <Problem error={save.error} />}
            <FormButtons>
              <Button type="submit" look="primary" isBusy={save.isPending}>
                Save
              </Button>
              <Button onClick={() => setName(null)}>Cancel</Button>
            </FormButtons>
          </Form>
        </div>
      )}
    </Section>
  )
}
