/**
 * What a command about people wants here beside its own words, for the pages of who has not signed in.
 * A stranger sees them too, so where the data lies is not told: `URL` stands for it, and who runs the
 * service has the whole command from its start.
 *
 * @module
 */

import { type DatabaseAddress, isDefaultDatabase } from './config.ts'

/** e.g. started with `--port 8771 --database sqlite:/srv/a.db` → `['--database URL', '--port 8771']` */
export function commandFlags(database: DatabaseAddress, publicUrl: string): readonly string[] {
  return [...(isDefaultDatabase(database) ? [] : ['--database URL']), ...linkFlags(publicUrl)]
}

/** So that the link that the command prints leads here. */
function linkFlags(publicUrl: string): readonly string[] {
  const [, port] = /^http:\/\/127\.0\.0\.1:(\d+)$/.exec(publicUrl) ?? []
  if (port === undefined) return [`--public-url ${publicUrl}`]
  return port === '3000' ? [] : [`--port ${port}`]
}
