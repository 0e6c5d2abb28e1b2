import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { minutes, seconds } from '#platform/time/duration.ts'
import { findBundled } from '../bundled.mjs'

const root = join(import.meta.dirname, '..')
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'madoguchi-bundled-')))
after(() => rmSync(folder, { recursive: true }))

function makeFolder(name: string): string {
  const made = join(folder, name)
  mkdirSync(made, { recursive: true, mode: 0o755 })
  return made
}

/** `npm run operator -- --help` of a project's folder. */
function help(project: string, settings: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, TMPDIR: makeFolder('temporary'), ...settings }
  return promisify(execFile)(process.execPath, ['run.mjs', 'operator', '--help'], { cwd: project, env })
}

function replaceIn(file: string, text: string, other: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(text, other))
}

/** Another project's folder with the same packages, and of the programs the command line alone. */
function copyProject(): string {
  const copy = makeFolder('project')
  for (const name of ['bundled.mjs', 'package.json', 'package-lock.json', 'run.mjs', 'src', 'tsconfig.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  writeFileSync(join(copy, 'src', 'main.ts'), '')
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

const usage = 'Usage: npm run operator'

test('starts run the bundle of the sources as they are, whose makers do not disturb each other', async () => {
  const project = copyProject()
  const bundles = join(project, 'data', 'bundles')
  for (const { stdout, stderr } of await Promise.all([help(project, {}), help(project, {})])) {
    assert(stdout.startsWith(usage))
    assert.equal(stderr, '')
  }
  const [first = '', ...others] = readdirSync(bundles)
  assert.deepEqual(others, [], 'neither a second one nor what one was made of')
  assert.equal(statSync(bundles).mode & 0o777, 0o700)
  replaceIn(join(bundles, first, 'operator.mjs'), usage, 'Kept')
  assert.match((await help(project, {})).stdout, /^Kept/)

  const longAgo = (Date.now() - 10 * minutes) / seconds
  utimesSync(join(bundles, first), longAgo, longAgo)
  replaceIn(join(project, 'src/doors/commands/command-line.ts'), usage, 'Changed')
  assert.match((await help(project, {})).stdout, /^Changed/)
  const [second, ...left] = readdirSync(bundles)
  assert.notEqual(second, first)
  assert.deepEqual(left, [])
})

/** Where Node should be: what it makes of the sources is quickly made. */
function quickNode(script: string): string {
  const file = join(makeFolder('quick'), `node-${readdirSync(folder, { recursive: true }).length}`)
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return file
}

interface Found {
  program: string | undefined
  said: string
}

function find(dataDir: string, script = 'touch "$2/main.mjs"'): Found {
  const said: string[] = []
  const found = findBundled('main', { node: quickNode(script), dataDir, say: (line) => said.push(line) })
  return { program: found?.at(-1), said: said.join('\n') }
}

test('a bundle is kept in a data folder of ours that only we can write to, and in none else', (t) => {
  const dataDir = makeFolder('closed/data')
  const { program, said } = find(dataDir)
  const bundles = join(dataDir, 'bundles')
  const [name = ''] = readdirSync(bundles)
  assert.deepEqual({ program, said }, { program: join(bundles, name, 'main.mjs'), said: '' })
  for (const [open, mode] of [
    [bundles, 0o770],
    [dataDir, 0o775],
    [join(folder, 'closed'), 0o777],
  ] as const) {
    const { mode: before } = statSync(open)
    chmodSync(open, mode)
    assert.equal(find(dataDir).program, undefined, open)
    assert.match(find(dataDir).said, /^others may write to .*\/closed\/data\/bundles or above it/)
    chmodSync(open, before)
  }
  // As the machine's folder for temporary files.
  chmodSync(join(folder, 'closed'), 0o1777)
  assert.equal(find(dataDir).program, program)
  chmodSync(join(bundles, name), 0o777)
  assert.equal(find(dataDir).program, undefined, 'a bundle that others can change')
  chmodSync(join(bundles, name), 0o700)
  assert.deepEqual(find('/dev/null'), { program: undefined, said: '' }, 'nothing can be written')
  if (process.getuid?.() !== 0) return t.diagnostic('only root can make a folder that is not its own')
  chownSync(dataDir, 65534, 65534)
  assert.deepEqual(find(dataDir), { program: undefined, said: '' }, 'anothers data folder')
  chownSync(dataDir, 0, 0)
  chownSync(bundles, 65534, 65534)
  assert.equal(find(dataDir).program, undefined, 'anothers bundles')
})

test('one that was not finished is not run, and nothing of it stays', () => {
  const dataDir = makeFolder('unfinished')
  const { program, said } = find(dataDir, 'touch "$2/main.mjs"; echo no space left >&2; exit 1')
  assert.equal(program, undefined)
  assert.match(said, /^the sources are run unbundled, .*no space left/)
  assert.deepEqual(readdirSync(join(dataDir, 'bundles')), [])
  assert(find(dataDir).program)
})

test('what others can put among the sources that were made ready earlier is not run', async () => {
  const unbundled = { DATA_DIR: '/dev/null' }
  await help(root, unbundled)
  const temporary = makeFolder('temporary')
  const [name = ''] = readdirSync(temporary)
  const kept = join(temporary, name)
  assert.equal(statSync(kept).mode & 0o777, 0o700)
  assert((await help(root, unbundled)).stdout.startsWith(usage))
  for (const file of readdirSync(kept).map((one) => join(kept, one))) replaceIn(file, usage, 'planted')
  assert.match((await help(root, unbundled)).stdout, /^planted/, 'what this user has kept is run')
  chmodSync(kept, 0o777)
  const { stdout, stderr } = await help(root, unbundled)
  assert(stdout.startsWith(usage))
  assert.match(stderr, /is not this user's alone/)
})
