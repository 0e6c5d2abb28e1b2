import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type pg from 'pg'

const run = promisify(execFile)
const file = new URL('tables.ts', import.meta.url)

/** Writes tables.ts from a migrated database; with `verify` it only checks, and throws when the file is stale. */
export async function generateTables(
  { host, port, user, database }: pg.ClientConfig,
  { verify }: { verify: boolean },
): Promise<void> {
  const url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? '')}`
  const options = {
    dialect: 'postgres',
    url,
    'out-file': file.pathname,
    'default-schema': 'public',
    'date-parser': 'string',
    'type-mapping': '{"int8":"number"}',
    'exclude-pattern': '{graphile_worker.*,migration,access_history_*}',
  }
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  await run('kysely-codegen', verify ? [...words, '--verify'] : words)
}
