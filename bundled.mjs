// The program in one piece: its modules and those of the packages, bundled. To load three files takes a sixth of the time that two
// thousand take. Plain JavaScript without packages, as run.mjs is.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))

/**
 * Node's arguments for a program that lies bundled in the data folder; it is bundled when the sources are others than last time.
 * Undefined where nothing can be kept, or not so that nobody else can change it: then the sources are to be run.
 *
 * @param {'main' | 'operator'} program
 * @param {{ node: string, dataDir: string, say: (line: string) => void }} how
 * @returns {string[] | undefined}
 */
export function findBundled(program, { node, dataDir, say }) {
  const folder = openFolder(dataDir, say)
  if (!folder) return undefined
  const name = nameOfSources()
  const bundle = join(folder, name)
  if (!existsSync(bundle)) bundleSources(name, { node, folder, say })
  if (!isOwn(bundle)) return undefined
  // Not --enable-source-maps: told by that, the log's package has Node read the whole map at each start.
  return ['--import', 'data:text/javascript,process.setSourceMapsEnabled(true)', join(bundle, `${program}.mjs`)]
}

/**
 * What tsx has made of our sources it runs as it finds it: a folder in which others can put something is not used.
 *
 * @param {(line: string) => void} say
 */
export function guardKept(say) {
  if (!process.geteuid) return
  const folder = join(tmpdir(), `tsx-${process.geteuid()}`)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch {
    // It is there, or cannot be.
  }
  if (isOwn(folder)) return
  process.env.TSX_DISABLE_CACHE = '1'
  say(`${folder} is not this user's alone, and is not used: starts take longer until it is removed`)
}

/** Where bundles are kept: for this user alone, in a data folder of this user's. */
function openFolder(dataDir, say) {
  if (!process.geteuid) return undefined
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 })
    const above = realpathSync(dataDir)
    // Nothing is wrong with it: root types commands over another's data, too.
    if (lstatSync(above).uid !== process.geteuid()) return undefined
    const folder = join(above, 'bundles')
    if (isOutOfReach(above)) {
      if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
      if (isOwn(folder)) return folder
    }
    say(`others may write to ${folder} or above it, so no bundle is kept there: starts take longer`)
  } catch {
    // Nothing can be written there.
  }
  return undefined
}

/**
 * Whether nobody else can put another folder in the place of this one. Whoever may write above the project can change the sources,
 * and is trusted.
 */
function isOutOfReach(folder) {
  if (`${root}/`.startsWith(folder.endsWith('/') ? folder : `${folder}/`)) return true
  const { uid, mode } = lstatSync(folder)
  // In a sticky folder nobody can take away what is another's.
  const isClosed = (mode & 0o022) === 0 || (mode & 0o1000) !== 0
  return (uid === process.geteuid() || uid === 0) && isClosed && isOutOfReach(dirname(folder))
}

/** A folder into which nobody but this user can put anything. */
function isOwn(folder) {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found !== undefined && found.isDirectory() && found.uid === process.geteuid() && (found.mode & 0o022) === 0
}

/** A hash of all that goes into a bundle, with the versions of the packages, and of where it lies. */
function nameOfSources() {
  const sources = readdirSync(join(root, 'src'), { recursive: true })
    .filter((path) => /[.]\w+$/.test(path) && !path.includes('.test.'))
    .map((path) => join('src', path))
  const sum = createHash('sha256').update(root)
  for (const path of ['bundled.mjs', 'package.json', 'package-lock.json', 'tsconfig.json', ...sources.toSorted()])
    sum.update(`\0${path}\0`).update(readFileSync(join(root, path)))
  return sum.digest('hex').slice(0, 32)
}

/** It has its name only when it is complete and on the disk, and of these sources: somebody may have changed them meanwhile. */
function bundleSources(name, { node, folder, say }) {
  const draft = join(folder, `${name}-${process.pid}`)
  try {
    mkdirSync(draft, { mode: 0o700 })
    const { status, stderr } = spawnSync(node, [join(root, 'src/program/bundle.ts'), draft], { encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    if (nameOfSources() === name) renameSync(draft, join(folder, name))
    removeOld(folder, name)
  } catch (error) {
    // Another start may have been quicker.
    if (!existsSync(join(folder, name))) say(`the sources are run unbundled, and starts take longer: ${error.message}`)
  }
  rmSync(draft, { recursive: true, force: true })
}

/** How old what others have made must be, in milliseconds: by then it is loaded, and nothing of it is read again. */
const longestStart = 60_000

function removeOld(folder, name) {
  for (const path of readdirSync(folder).flatMap((other) => (other === name ? [] : [join(folder, other)])))
    if (Date.now() - lstatSync(path).mtimeMs > longestStart) rmSync(path, { recursive: true, force: true })
}
