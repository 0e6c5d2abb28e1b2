import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fairLine, linePerKey, TooBusy } from './fair-line.ts'

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

test('a line for each key: nobody waits for another', async () => {
  const line = linePerKey(1, 1)
  const work = openWork()
  const done = ['busy 1', 'busy 2', 'other 1'].map((name) => line(name.split(' ')[0] ?? '', () => work.do(name)))
  await assert.rejects(
    line('busy', async () => undefined),
    TooBusy,
  )
  assert.deepEqual(work.begun, ['busy 1', 'other 1'])
  work.finishAll()
  await Promise.all(done)
  assert.equal(await line('busy', async () => 'done'), 'done')
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
