/** The PostgreSQL that is measured. */

export async function postgresDatabase(
  _size: number,
  _file: string,
  _say: (line: string) => void,
): Promise<string> {
  throw new Error('PostgreSQL is not measured yet')
}

export async function stopPostgres(): Promise<void> {}

/** An empty database, which is gone afterwards. */
export async function scratchPostgres(): Promise<{ url: string; drop: () => Promise<void> }> {
  throw new Error('PostgreSQL is not measured yet')
}
