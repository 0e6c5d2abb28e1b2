import { createHash } from 'node:crypto'
import { chownSync, lchownSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Account, accountOf, type DatabaseUser, findOrCreateSystemUser, isRoot, mayEnter } from './account.ts'
import { startProblem } from '#platform/start-problem.ts'

export interface DatabaseFolder {
  folder: string
  account: DatabaseUser
}

/** What root keeps for a database user who may not enter the folders of the project. */
export const systemFolder = '/var/lib/madoguchi'

/**
 * Where the database lies and who runs it. A database that exists stays where it is and with its owner, whatever user starts the
 * program: one must never begin an empty database because a folder's mode was changed.
 */
export function chooseDatabaseFolder(dataDir: string, log: (line: string) => void): DatabaseFolder {
  const [inside, outside] = placesOf(dataDir)
  const owner = ownerOf(inside)
  if (!isRoot()) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw startProblem(
        'data-folder-closed',
        `the database ${inside} belongs to the user ${owner.name}: start as that user or as root, or set DATA_DIR to another folder`,
      )
    }
    return { folder: inside, account: undefined }
  }
  const account = owner && owner.uid !== 0 ? owner : findOrCreateSystemUser(log)
  if (owner) {
    if (!mayEnter(dataDir, account)) {
      throw startProblem(
        'data-folder-closed',
        `the user ${account.name}, as whom PostgreSQL runs, cannot enter ${inside}: open the folders above it (chmod o+x) or move it to ${outside}`,
      )
    }
    // A copy made by root belongs to root, and PostgreSQL refuses another's folder.
    if (owner.uid === 0) giveTo(inside, account)
    return { folder: inside, account }
  }
  if (!ownerOf(outside) && mayEnter(dataDir, account)) return { folder: inside, account }
  log(`the database lies in ${outside}: the user ${account.name}, as whom PostgreSQL runs, cannot enter ${dataDir}`)
  mkdirSync(dirname(outside), { recursive: true, mode: 0o755 })
  return { folder: outside, account: ownerOf(outside) ?? account }
}

/** The folders that may hold the database of a data folder; for a process that only looks for it. */
export function existingDatabaseFolders(dataDir: string): string[] {
  try {
    return placesOf(realpathSync(dataDir)).filter((folder) => ownerOf(folder))
  } catch {
    return []
  }
}

function placesOf(dataDir: string): [inside: string, outside: string] {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  return [join(dataDir, 'postgres'), join(systemFolder, `${basename(dirname(dataDir))}-${hash}`, 'postgres')]
}

function ownerOf(folder: string): Account | undefined {
  const found = statSync(folder, { throwIfNoEntry: false })
  return found && accountOf(found.uid, found.gid)
}

function giveTo(folder: string, { uid, gid }: Account): void {
  chownSync(folder, uid, gid)
  for (const name of readdirSync(folder, { encoding: 'utf8', recursive: true }))
    lchownSync(join(folder, name), uid, gid)
}
