import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseUser } from './account.ts'
import type { Binaries } from './binaries.ts'
import { startProgram } from './program.ts'
import { startProblem } from '#platform/start-problem.ts'

export interface Site {
  folder: string
  account: DatabaseUser
  binaries: Binaries
  /** False: nothing waits for the disk. */
  durable: boolean
  log: (line: string) => void
}

export const superuser = 'postgres'

/** Makes the database's folder when there is none, and refuses one of another PostgreSQL. Answers whether it was made. */
export async function initialise({ folder, account, binaries, durable, log }: Site): Promise<boolean> {
  const versionFile = join(folder, 'PG_VERSION')
  if (existsSync(versionFile)) {
    const [found, ours] = [readFileSync(versionFile, 'utf8').trim(), binaries.version.split('.')[0]]
    if (found === ours) return false
    throw startProblem(
      'database-failed',
      `the database ${folder} was made by PostgreSQL ${found}, and this is ${ours}: move it over with that version's pg_dump, or set DATA_DIR to another folder`,
    )
  }
  log(`making a database in ${folder}`)
  // Under another name until it is complete: an interrupted start leaves nothing that looks like a database.
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  if (account) chownSync(draft, account.uid, account.gid)
  const initdb = startProgram({
    binaries,
    account,
    name: 'initdb',
    args: [
      `--pgdata=${draft}`,
      `--username=${superuser}`,
      '--auth=trust',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--lc-messages=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
  })
  const { reason, failed } = await initdb.ended
  if (failed) throw startProblem('database-failed', `initdb ${reason}`)
  renameSync(draft, folder)
  return true
}
