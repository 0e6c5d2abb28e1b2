import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'

test('what others can put among the sources that were made ready earlier is not run', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-kept-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const help = () =>
    promisify(execFile)(process.execPath, ['run.mjs', 'operator', '--help'], {
      env: { PATH: process.env.PATH, TMPDIR: folder },
    })
  await help()
  const [name = ''] = readdirSync(folder)
  const kept = join(folder, name)
  assert.equal(statSync(kept).mode & 0o777, 0o700)
  assert.match((await help()).stdout, /^Usage: npm run operator/)
  for (const file of readdirSync(kept).map((one) => join(kept, one)))
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('Usage: npm run operator', 'planted'))
  assert.match((await help()).stdout, /^planted/, 'what this user has kept is run')
  chmodSync(kept, 0o777)
  const { stdout, stderr } = await help()
  assert.match(stdout, /^Usage: npm run operator/)
  assert.match(stderr, /is not this user's alone/)
})
