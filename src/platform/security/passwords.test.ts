import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPasswords } from './passwords.ts'

test('a password fits its own hash, to the letter', async () => {
  const passwords = await openPasswords()
  const hash = await passwords.hash('Pass phrase é')
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await passwords.verify('Pass phrase é', hash), true)
  for (const other of ['pass phrase é', 'Pass phrase é ', 'Pass phrase e\u0301', ''])
    assert.equal(await passwords.verify(other, hash), false, other)
})

test('without a hash no password fits, not even that of the comparison', async () => {
  const passwords = await openPasswords()
  for (const typed of ['nobody has this password', '', 'x'])
    assert.equal(await passwords.verify(typed, undefined), false)
})

test('without a hash a password takes as long as with one', async () => {
  const passwords = await openPasswords()
  const hash = await passwords.hash('a long enough password')
  const times = { known: Infinity, unknown: Infinity }
  // The other files run at the same time, so the quickest of some in turn is looked at, and only a gross difference can be told.
  for (let round = 0; round < 9; round++) {
    times.known = Math.min(times.known, await verify(hash))
    times.unknown = Math.min(times.unknown, await verify(undefined))
  }
  const { known, unknown } = times
  assert.ok(unknown > known / 3 && unknown < known * 3, `${known} ms and ${unknown} ms`)

  async function verify(against: string | undefined): Promise<number> {
    const start = performance.now()
    await passwords.verify('wrong', against)
    return performance.now() - start
  }
})
