// What package.json's scripts call. Plain JavaScript without packages, for Node 18 and newer: it is what installs the packages,
// the right Node among them, and then hands over to it.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findBundled, guardKept } from './bundled.mjs'

const root = dirname(fileURLToPath(import.meta.url))
const neededNode = 24
// Read first of all: npm may be killed at any time.
const parent = process.ppid

const commands = {
  start: ['--import', 'tsx', 'src/main.ts'],
  dev: [
    '--watch',
    '--watch-preserve-output',
    '--watch-path=src',
    '--watch-path=database',
    '--import',
    'tsx',
    'src/main.ts',
    'all',
  ],
  test: ['--import', 'tsx', 'test/run.ts'],
  check: ['--import', 'tsx', 'test/check.ts'],
  operator: ['--import', 'tsx', 'src/doors/commands/operator.ts'],
  bench: ['--import', 'tsx', 'bench/bench.ts'],
}

/** What is run in one piece where it can be kept. */
const bundled = { start: 'main', operator: 'operator' }

const flags = {
  // Without it, the space for young objects takes 120 MB more under load, and no page is quicker for it.
  start: ['--max-semi-space-size=8'],
}

const modules = join(root, 'node_modules')
const stampFile = join(modules, '.installed')
const lockFile = join(root, '.installing')
const lockDraft = `${lockFile}-${process.pid}`

await main()

async function main() {
  const [command, ...args] = process.argv.slice(2)
  if (!command || !Object.hasOwn(commands, command)) fail(`usage: node run.mjs ${Object.keys(commands).join(' | ')}`)
  process.chdir(root)
  if (!isInstalled()) await install()
  const node = findNode()
  // So that whatever is started from here finds the same Node and the packages' programs.
  process.env.PATH = [join(modules, '.bin'), process.env.PATH].join(delimiter)
  // As program/config.ts reads it: an empty value is none.
  const dataDir = [process.env.DATA_DIR, './data'].find(Boolean)
  const program = Object.hasOwn(bundled, command) ? findBundled(bundled[command], { node, dataDir, say }) : undefined
  if (!program) guardKept(say)
  await become(node, [...(flags[command] ?? []), ...(program ?? commands[command]), ...args])
}

/** Whether the packages are those of the lock file, for this machine. */
function isInstalled() {
  if (readIfThere(stampFile) === stamp()) return true
  const installed = JSON.parse(readIfThere(join(modules, '.package-lock.json')) ?? '{}').packages
  if (!installed) return false
  // npm writes that file last of all: somebody has called npm by hand.
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages)
  const fits = wanted.every(([path, { version, integrity, ...about }]) => {
    const found = installed[path]
    return (
      path === '' ||
      (found ? found.version === version && found.integrity === integrity : about.optional && !isForThisMachine(about))
    )
  })
  if (fits) tryTo(() => writeFileSync(stampFile, stamp()))
  return fits
}

function stamp() {
  return `${createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')} ${process.platform}-${process.arch}\n`
}

/** An optional package that names no machine belongs to another that does. */
function isForThisMachine({ os, cpu, libc }) {
  return os?.includes(process.platform) && cpu?.includes(process.arch) && !libc?.includes('musl')
}

async function install() {
  if (!mayWrite(root))
    fail(`the packages are not installed, and this user cannot write to ${root}: run "npm ci" there as its owner`)
  await holdInstallation()
  const cache = findCache()
  // Another start may have done it while we waited.
  const { code, signal } = isInstalled() ? { code: 0 } : await installWith(cache)
  if (code === 0) writeFileSync(stampFile, stamp())
  if (cache.temporary) rmSync(cache.folder, { recursive: true, force: true })
  rmSync(lockFile, { force: true })
  if (signal) process.kill(process.pid, signal)
  else if (code !== 0) fail('the packages could not be installed: npm ci has said why above')
}

function installWith(cache) {
  say('installing the packages (npm ci)')
  const started = ({ pid }) => {
    writeFileSync(lockDraft, `${process.pid}\n${pid}\n`)
    renameSync(lockDraft, lockFile)
  }
  const options = {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, npm_config_cache: cache.folder },
    started,
  }
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  return run(...npm(['ci', ...quiet, '--include=dev', '--include=optional']), options)
}

/** The npm that called us, or the machine's. */
function npm(args) {
  const caller = process.env.npm_execpath
  return caller && basename(caller) === 'npm-cli.js' && existsSync(caller)
    ? [process.execPath, [caller, ...args]]
    : ['npm', args]
}

/** npm's cache, or a folder of our own for a user without a home of their own. */
function findCache() {
  const usual = process.env.npm_config_cache ?? join(homedir(), '.npm')
  let existing = usual
  while (!existsSync(existing) && existing !== dirname(existing)) existing = dirname(existing)
  if (mayWrite(existing)) return { folder: usual, temporary: false }
  return { folder: mkdtempSync(join(tmpdir(), 'madoguchi-npm-')), temporary: true }
}

/**
 * Waits until nobody else installs here. The lock names the processes that install: the start, and its npm, which may outlive it.
 */
async function holdInstallation() {
  for (let told = false; ; await wait(200)) {
    writeFileSync(lockDraft, `${process.pid}\n`)
    // Unlike a write, a link appears with its content.
    const held = tryTo(() => linkSync(lockDraft, lockFile))
    rmSync(lockDraft)
    if (held) return
    const content = readIfThere(lockFile)
    const alive = content
      ?.split('\n')
      .map(Number)
      .filter((pid) => pid > 0 && isAlive(pid))
    if (alive?.length === 0) removeStale(content)
    else if (alive && !told) {
      say(
        `waiting for process ${alive.join(' and ')}, which is installing the packages (should it not be, remove ${lockFile})`,
      )
      told = true
    }
  }
}

/** Takes it away under a name of our own and looks again: another may have removed the same stale lock and taken a new one meanwhile. */
function removeStale(content) {
  if (!tryTo(() => renameSync(lockFile, lockDraft))) return
  if (readIfThere(lockDraft) !== content) tryTo(() => linkSync(lockDraft, lockFile))
  rmSync(lockDraft, { force: true })
}

/** The packages' Node, of the version that the lock file pins; else the machine's own where it is new enough. */
function findNode() {
  const packaged = join(modules, '.bin', 'node')
  if (existsSync(packaged)) {
    if (realpathSync(packaged) === realpathSync(process.execPath)) return process.execPath
    if (spawnSync(packaged, ['--version']).status === 0) return packaged
  }
  if (Number(process.versions.node.split('.')[0]) >= neededNode) return process.execPath
  return fail(
    `Node ${neededNode} or newer is needed: this is ${process.versions.node}, and there is none among the packages for ${process.platform}-${process.arch}`,
  )
}

/** Replaces this process where Node can (22.15 and newer), so that signals, exit code and process id are the program's own. */
async function become(node, args) {
  if (startedByNpm() && process.ppid !== parent) fail('npm has ended, and so does what it started')
  if (process.execve) {
    // It would warn that execve is experimental.
    process.removeAllListeners('warning')
    process.execve(node, [node, ...args], process.env)
  }
  const { code, signal } = await run(node, args, { stdio: 'inherit' })
  if (signal) process.kill(process.pid, signal)
  else process.exit(code)
}

/** Runs a program in the foreground until it ends, and passes on the signals that it does not get by itself. */
function run(command, args, { started = () => {}, ...options }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, options)
    // Ctrl-C and the closing of a terminal reach its whole process group: the program has them already.
    const signals = process.stdin.isTTY ? ['SIGTERM'] : ['SIGTERM', 'SIGINT', 'SIGHUP']
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
      process.on(signal, () => signals.includes(signal) && child.kill(signal))
    // npm does not pass on its own violent end.
    const watch = setInterval(() => startedByNpm() && process.ppid !== parent && child.kill('SIGTERM'), 200)
    const end = (code, signal) => {
      clearInterval(watch)
      for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeAllListeners(name)
      resolve({ code, signal })
    }
    child.once('error', (error) => fail(`${command} does not run: ${error.message}`))
    child.once('exit', end)
    if (child.pid) started(child)
  })
}

function startedByNpm() {
  return process.env.npm_lifecycle_event !== undefined
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

function mayWrite(folder) {
  return tryTo(() => accessSync(folder, constants.W_OK | constants.X_OK))
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function tryTo(act) {
  try {
    act()
    return true
  } catch {
    return false
  }
}

function say(line) {
  process.stderr.write(`madoguchi: ${line}\n`)
}

function fail(line) {
  say(line)
  process.exit(1)
}
