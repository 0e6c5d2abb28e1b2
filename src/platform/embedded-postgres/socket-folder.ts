import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseUser, mayEnter } from '#platform/embedded-postgres/account.ts'

/** Only a part of the socket's name: PostgreSQL listens on no network. */
export const port = 5432

/**
 * A folder for the socket that only the database's user may enter: whoever gets in is let in without a password.
 * Its path is short, for a socket's address holds 107 bytes (103 on macOS; sockaddr_un).
 */
export function makeSocketFolder(databaseFolder: string, account: DatabaseUser): string {
  const uid = account?.uid ?? process.getuid?.() ?? 0
  const hash = createHash('sha256').update(`${uid} ${databaseFolder}`).digest('hex').slice(0, 16)
  const parent = temporaryFolder(account)
  const folder = join(parent, `madoguchi-${hash}`)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch {
    // Left by a start that was killed, or planted by somebody else.
  }
  if (isPrivate(folder, uid)) {
    // A killed server leaves its socket's lock, and a stranger may have got its process id. Only the holder of the database comes here.
    for (const name of readdirSync(folder)) rmSync(join(folder, name))
    if (account) chownSync(folder, account.uid, account.gid)
    return folder
  }
  const fresh = mkdtempSync(join(parent, 'madoguchi-'))
  if (account) chownSync(fresh, account.uid, account.gid)
  return fresh
}

const longestParent = 103 - '/madoguchi-0123456789abcdef/.s.PGSQL.5432'.length

function temporaryFolder(account: DatabaseUser): string {
  const usual = tmpdir()
  return Buffer.byteLength(usual) <= longestParent && (!account || mayEnter(usual, account)) ? usual : '/tmp'
}

/** The folder itself, not a link to one; of the database's user, or still of ours; and closed to all others. */
function isPrivate(folder: string, uid: number): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return (
    found !== undefined &&
    found.isDirectory() &&
    (found.uid === uid || found.uid === process.getuid?.()) &&
    (found.mode & 0o077) === 0
  )
}
