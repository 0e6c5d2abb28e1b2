import assert from 'node:assert/strict'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { accountOf } from './account.ts'
import { makeSocketFolder } from './socket-folder.ts'

// The folder for temporary files, as os.tmpdir finds it, is one that others may enter.
const parent = mkdtempSync(join(tmpdir(), 'madoguchi-test-'))
chmodSync(parent, 0o755)
const { TMPDIR = tmpdir() } = process.env
process.env.TMPDIR = parent
after(() => {
  process.env.TMPDIR = TMPDIR
  rmSync(parent, { recursive: true })
})

const asRoot = process.getuid?.() === 0
const onlyRoot = { skip: asRoot ? false : 'only root can try this' }
const nobody = accountOf(65_534, 65_534)
/** Where the socket of the database lies as a rule. */
let usual: string

beforeEach(() => {
  usual = makeSocketFolder('/some/database', undefined)
  rmdirSync(usual)
})

function expectFresh(folder: string, owner = process.getuid?.()): void {
  assert.notEqual(folder, usual)
  const found = lstatSync(folder)
  assert.deepEqual([found.isDirectory(), found.mode & 0o777, found.uid], [true, 0o700, owner])
}

test('one that was left is used again, emptied', () => {
  mkdirSync(usual, { mode: 0o700 })
  writeFileSync(join(usual, '.s.PGSQL.5432.lock'), '1')
  assert.equal(makeSocketFolder('/some/database', undefined), usual)
  assert(!existsSync(join(usual, '.s.PGSQL.5432.lock')))
})

test('a link in its place is left alone, and so is what it leads to', () => {
  const target = join(parent, 'target')
  mkdirSync(target, { mode: 0o700 })
  writeFileSync(join(target, 'kept'), '')
  symlinkSync(target, usual)
  expectFresh(makeSocketFolder('/some/database', undefined))
  assert(existsSync(join(target, 'kept')))
  rmSync(usual)
})

test('one that others may enter is left alone', () => {
  mkdirSync(usual)
  chmodSync(usual, 0o711)
  expectFresh(makeSocketFolder('/some/database', undefined))
  rmdirSync(usual)
})

test("another's is left alone", onlyRoot, () => {
  mkdirSync(usual, { mode: 0o700 })
  chownSync(usual, nobody.uid, nobody.gid)
  expectFresh(makeSocketFolder('/some/database', undefined))
  rmdirSync(usual)
})

test("another account's lies where nobody else can make one, and is used again, emptied", onlyRoot, () => {
  const folder = makeSocketFolder('/some/database', nobody)
  expectFresh(folder, nobody.uid)
  const above = lstatSync(dirname(folder))
  assert.deepEqual([above.isDirectory(), above.uid, above.mode & 0o022], [true, 0, 0])
  writeFileSync(join(folder, '.s.PGSQL.5432.lock'), '1')
  assert.equal(makeSocketFolder('/some/database', nobody), folder)
  assert(!existsSync(join(folder, '.s.PGSQL.5432.lock')))
  rmdirSync(folder)
})
