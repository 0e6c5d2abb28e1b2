import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fairLine, openPasswords, TooBusy } from './passwords.ts'

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
  const [known, unknown] = [await median(() => verify(hash)), await median(() => verify(undefined))]
  // The other files run at the same time, so only a gross difference can be told.
  assert.ok(unknown > known / 3 && unknown < known * 3, `${known} ms and ${unknown} ms`)

  async function verify(against: string | undefined): Promise<void> {
    await passwords.verify('wrong', against)
  }
})

test('the line does so much at once and no more', async () => {
  const line = fairLine(2, 10)
  const work = openWork()
  const done = ['a', 'b', 'c', 'd'].map((name) => line(name, () => work.do(name)))
  await settled()
  assert.deepEqual(work.begun, ['a', 'b'])
  work.finish('a')
  await settled()
  assert.deepEqual(work.begun, ['a', 'b', 'c'])
  work.finishAll()
  await Promise.all(done)
})

test('those in line take turns, however much one of them asks for', async () => {
  const line = fairLine(1, 10)
  const work = openWork()
  const asked = ['busy 1', 'busy 2', 'busy 3', 'busy 4', 'other 1', 'other 2', 'third 1']
  const done = asked.map((name) => line(name.split(' ')[0] ?? '', () => work.do(name)))
  work.finishAll()
  await Promise.all(done)
  assert.deepEqual(work.begun, ['busy 1', 'busy 2', 'other 1', 'third 1', 'busy 3', 'other 2', 'busy 4'])
})

test('past the end of the line there is an error at once, and room again later', async () => {
  const line = fairLine(1, 2)
  const work = openWork()
  const done = ['a', 'b', 'c'].map((name) => line(name, () => work.do(name)))
  await assert.rejects(
    line('d', async () => undefined),
    TooBusy,
  )
  work.finishAll()
  await Promise.all(done)
  assert.equal(await line('d', async () => 'done'), 'done')
})

test('whoever fills the line gives way to others, from the end', async () => {
  const line = fairLine(1, 4)
  const work = openWork()
  const flood = [1, 2, 3, 4, 5].map((number) => line('flooder', () => work.do(`flood ${number}`)))
  const last = assert.rejects(flood[4] ?? Promise.resolve(), TooBusy)
  const other = line('somebody', () => work.do('somebody'))
  await last
  await assert.rejects(
    line('flooder', async () => undefined),
    TooBusy,
  )
  work.finishAll()
  await Promise.all([...flood.slice(0, 4), other])
  assert.deepEqual(work.begun, ['flood 1', 'flood 2', 'somebody', 'flood 3', 'flood 4'])
})

test('work that fails leaves its place to the next', async () => {
  const line = fairLine(1, 10)
  await assert.rejects(
    line('a', () => Promise.reject(new Error('broken'))),
    /broken/,
  )
  await assert.rejects(
    line('a', () => {
      throw new Error('at once')
    }),
    /at once/,
  )
  assert.equal(await line('a', async () => 'done'), 'done')
})

/** Works that end when they are told to. */
function openWork() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  let isOver = false
  return {
    begun,
    do: (name: string): Promise<void> => {
      begun.push(name)
      return isOver ? Promise.resolve() : new Promise((end) => ends.set(name, end))
    },
    finish: (name: string) => ends.get(name)?.(),
    finishAll() {
      isOver = true
      for (const end of ends.values()) end()
    },
  }
}

/** Lets everything go on that can. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 9; round++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.toSorted((one, other) => one - other)[4] ?? 0
}
