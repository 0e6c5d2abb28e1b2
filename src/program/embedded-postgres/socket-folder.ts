import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Account, DatabaseUser } from './account.ts'
import { systemFolder } from './database-folder.ts'

/** Only a part of the socket's name: PostgreSQL listens on no network. */
export const port = 5432

/**
 * A folder for the socket that only the database's user may enter: whoever gets in is let in without a password.
 * Its path is short, for a socket's address holds 107 bytes (103 on macOS; sockaddr_un).
 */
export function makeSocketFolder(databaseFolder: string, account: DatabaseUser): string {
  const hash = createHash('sha256').update(databaseFolder).digest('hex').slice(0, 16)
  return account ? makeFor(account, hash) : makeOwn(hash)
}

/** After its server has ended. */
export function removeSocketFolder(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Another's file in it is no reason to fail a stop.
  }
}

/** In root's own folder nobody can put a link in its place while root works in it. */
function makeFor({ uid, gid }: Account, hash: string): string {
  if (mkdirSync(systemFolder, { recursive: true })) chmodSync(systemFolder, 0o755)
  const folder = join(systemFolder, `socket-${hash}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chownSync(folder, uid, gid)
  empty(folder)
  return folder
}

function makeOwn(hash: string): string {
  const usual = tmpdir()
  const parent = Buffer.byteLength(usual) <= longestParent ? usual : '/tmp'
  const folder = join(parent, `madoguchi-${hash}`)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch {
    // Left by a start that was killed, or planted by somebody else.
  }
  if (!isOwn(folder)) return mkdtempSync(join(parent, 'madoguchi-'))
  empty(folder)
  return folder
}

const longestParent = 103 - '/madoguchi-0123456789abcdef/.s.PGSQL.5432'.length

/** The folder itself, not a link to one; ours, and closed to all others. */
function isOwn(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return (
    found !== undefined && found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o777) === 0o700
  )
}

/** A killed server leaves its socket's lock, and a stranger may have got its process id. Only the holder of the database comes here. */
function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
}
