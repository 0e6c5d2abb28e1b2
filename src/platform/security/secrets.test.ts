import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashOf, newMailCode, newToken, sameBytes, secretsOf } from './secrets.ts'

const oldKey = randomBytes(32)
const newKey = randomBytes(32)
const secrets = secretsOf([newKey])

test('what was sealed opens again, and shows nothing of itself', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 4 }), (purpose, text) => {
      const sealed = secrets.seal(purpose, text)
      assert.equal(secrets.open(purpose, sealed), text)
      assert.equal(sealed.includes(text), false)
    }),
  )
})

test('the same text is sealed differently each time', () => {
  assert.notDeepEqual(secrets.seal('totp 1', 'x'), secrets.seal('totp 1', 'x'))
})

test('a value sealed for one purpose does not open for another', () => {
  const sealed = secrets.seal('totp 1', 'JBSWY3DP')
  for (const purpose of ['totp 2', 'mail 1', 'totp 1 ', '']) assert.throws(() => secrets.open(purpose, sealed))
})

test('a value changed in any byte, cut or empty does not open', () => {
  const sealed = secrets.seal('mail 1', 'a code')
  for (let place = 0; place < sealed.length; place++) {
    const changed = Buffer.from(sealed)
    changed[place] = (changed[place] ?? 0) ^ 1
    assert.throws(() => secrets.open('mail 1', changed), `byte ${place}`)
  }
  for (let length = 0; length < sealed.length; length++)
    assert.throws(() => secrets.open('mail 1', sealed.subarray(0, length)), `${length} bytes`)
})

test('after a change of keys the older values open, until the old key is taken away', () => {
  const before = secretsOf([oldKey]).seal('totp 1', 'seed')
  const between = secretsOf([newKey, oldKey])
  assert.equal(between.open('totp 1', before), 'seed')
  const fresh = between.seal('totp 1', 'seed')
  assert.equal(secretsOf([newKey]).open('totp 1', fresh), 'seed')
  assert.throws(() => secretsOf([newKey]).open('totp 1', before), /not in the SECRET_KEY/)
  assert.throws(() => secretsOf([oldKey]).open('totp 1', fresh), /not in the SECRET_KEY/)
})

test('there is no sealing without a key', () => {
  assert.throws(() => secretsOf([]))
})

test('a keyed hash differs by key, purpose and the borders between its parts', () => {
  const hashes = [
    secrets.keyedHash('login', 'ab', 'c'),
    secrets.keyedHash('login', 'a', 'bc'),
    secrets.keyedHash('login', 'abc'),
    secrets.keyedHash('form', 'ab', 'c'),
    secretsOf([oldKey]).keyedHash('login', 'ab', 'c'),
  ].map((hash) => hash.toString('hex'))
  assert.equal(new Set(hashes).size, hashes.length)
  assert.deepEqual(secrets.keyedHash('login', 'ab', 'c').toString('hex'), hashes[0])
})

test('a token has 256 random bits, a mailed code six digits of which each is as likely as the others', () => {
  assert.match(newToken(), /^[\w-]{43}$/)
  assert.equal(new Set(Array.from({ length: 1000 }, newToken)).size, 1000)
  const codes = Array.from({ length: 5000 }, newMailCode)
  for (const code of codes) assert.match(code, /^\d{6}$/)
  const leading = Map.groupBy(codes, (code) => code[0])
  // 500 are expected of each; seven standard deviations are about 150.
  for (const digit of '0123456789') assert.ok(Math.abs((leading.get(digit)?.length ?? 0) - 500) < 150, digit)
})

test('bytes of different lengths are compared without an error', () => {
  assert.equal(sameBytes(hashOf('a'), hashOf('a')), true)
  assert.equal(sameBytes(hashOf('a'), hashOf('b')), false)
  assert.equal(sameBytes(hashOf('a'), Buffer.alloc(0)), false)
})
