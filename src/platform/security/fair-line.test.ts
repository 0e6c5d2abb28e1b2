import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fairLine, sharedLine, TooBusy } from './fair-line.ts'

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

test('a place rests where many wait, so many times as long as its work took', async () => {
  const begun: number[] = []
  const took = 20 // ms
  const work = async (): Promise<void> => {
    begun.push(performance.now())
    await new Promise((resolve) => setTimeout(resolve, took))
  }
  const line = fairLine(2, 10, { crowdedAt: 2, times: () => 2 })
  // Two at once, two of the next after a rest; behind the last two nobody waits.
  const answered = Array.from({ length: 4 }, () => line('a', work))
  await Promise.all(answered.slice(0, 2))
  const first = performance.now()
  await Promise.all(answered)
  const [, , third = 0] = begun
  // Who was answered did not wait for the rest.
  assert(first < third)
  // Timers round to whole milliseconds.
  assert(third - (begun[1] ?? 0) >= 3 * took - 3, `${third - (begun[1] ?? 0)} ms`)
})

test('no rest is long, however long the work took: a database that has hung goes on at once', async (t) => {
  let clock = 0
  t.mock.method(performance, 'now', () => clock)
  const line = fairLine(1, 10, { crowdedAt: 1, times: () => 1 })
  const work = openWork()
  const done = ['a', 'b'].map((name) => line(name, () => work.do(name)))
  await settled()
  clock = 24 * 60 * 60 * 1000
  work.finishAll()
  await Promise.all(done)
  assert.deepEqual(work.begun, ['a', 'b'])
})

test('a place that few wait for does not rest', async () => {
  const line = fairLine(1, 10, { crowdedAt: 2, times: () => 1 })
  const work = openWork()
  const done = ['a', 'b'].map((name) => line(name, () => work.do(name)))
  await settled()
  work.finish('a')
  await settled()
  assert.deepEqual(work.begun, ['a', 'b'])
  work.finishAll()
  await Promise.all(done)
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

/** `greedy-1 of a`: the first work of the person greedy in the group a. */
const askerOf = (name: string) => ({ person: name.split('-')[0] ?? '', group: name.split(' of ')[1] ?? '' })

test('a shared line does so much at once for a person, for a group and for everybody', async () => {
  const line = sharedLine({ atOnce: { person: 1, group: 2, all: 3 }, longest: { person: 9, group: 9, all: 9 } })
  const work = openWork()
  const asked = ['x-1 of a', 'x-2 of a', 'y-1 of a', 'z-1 of a', 'u-1 of b', 'v-1 of c']
  const done = asked.map((name) => line.join(askerOf(name), () => work.do(name)))
  await settled()
  assert.deepEqual(work.begun, ['x-1 of a', 'y-1 of a', 'u-1 of b'])
  work.finish('x-1 of a')
  await settled()
  assert.deepEqual(work.begun.slice(3), ['v-1 of c'])
  work.finishAll()
  await Promise.all(done)
})

test('nobody waits long for others, however much a person or a group asks for', async () => {
  const line = sharedLine({ atOnce: { person: 1, group: 1, all: 1 }, longest: { person: 9, group: 99, all: 99 } })
  const work = openWork()
  const flood = [1, 2, 3, 4, 5, 6].map((number) => `greedy-${number} of a`)
  const asked = [...flood, 'colleague-1 of a', 'other-1 of b', 'other-2 of b']
  const done = asked.map((name) => line.join(askerOf(name), () => work.do(name)))
  work.finishAll()
  await Promise.all(done)
  assert.deepEqual(work.begun.slice(0, 3), ['greedy-1 of a', 'other-1 of b', 'colleague-1 of a'])
  assert(work.begun.indexOf('other-2 of b') < 5)
})

test('past their own end of the line people get an error at once, and others do not', async () => {
  const line = sharedLine({ atOnce: { person: 1, group: 1, all: 1 }, longest: { person: 1, group: 9, all: 9 } })
  const work = openWork()
  const done = ['x-1 of a', 'x-2 of a', 'y-1 of b'].map((name) => line.join(askerOf(name), () => work.do(name)))
  assert.deepEqual(['x-n of a', 'y-n of b', 'z-n of a'].map(askerOf).map(line.isFullFor), [true, false, false])
  await assert.rejects(line.join(askerOf('x-3 of a'), nothing), TooBusy)
  work.finishAll()
  await Promise.all(done)
  assert(!line.isFullFor(askerOf('x-n of a')))
  assert.equal(await line.join(askerOf('x-3 of a'), async () => 'done'), 'done')
})

test('a line that a group or everybody fills is full for them, not for who has little in it', async () => {
  const line = sharedLine({ atOnce: { person: 1, group: 2, all: 3 }, longest: { person: 9, group: 2, all: 3 } })
  const work = openWork()
  const join = (names: readonly string[]) => names.map((name) => line.join(askerOf(name), () => work.do(name)))
  const full = (...names: string[]) => names.map((name) => line.isFullFor(askerOf(name)))
  const first = join(['x-1 of a', 'x-2 of a', 'x-3 of a', 'y-1 of a'])
  // The group has as many as it may; a colleague with none is let in, and so is another group.
  assert.deepEqual(full('x-n of a', 'y-n of a', 'z-n of a', 'u-n of b'), [true, true, false, false])
  const second = join(['u-1 of b', 'u-2 of b'])
  // That is all there is room for.
  assert.deepEqual(full('z-n of a', 'u-n of b', 'v-n of b', 'w-n of c'), [true, true, true, false])
  await assert.rejects(line.join(askerOf('z-1 of a'), nothing), TooBusy)
  const third = join(['w-1 of c', 'w-2 of c'])
  assert.deepEqual(full('w-n of c', 'v-n of c'), [true, true])
  work.finishAll()
  await Promise.all([...first, ...second, ...third])
  assert.deepEqual(full('x-n of a', 'u-n of b', 'w-n of c'), [false, false, false])
})

test('one person rests for all they wait for, people who were not told apart for one work each', async (t) => {
  let clock = 0
  t.mock.method(performance, 'now', () => clock)
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const rested: number[] = []
  for (const isMany of [false, true]) {
    const line = sharedLine({ atOnce: { person: 1, group: 9, all: 9 }, longest: { person: 9, group: 9, all: 9 } })
    const work = openWork()
    const asker = { person: 'x', group: 'a', isMany }
    const done = [1, 2, 3, 4, 5, 6].map((turn) => line.join(asker, () => work.do(`${turn}`)))
    await settled()
    clock += 10
    work.finish('1')
    await settled()
    let milliseconds = 0
    for (; work.begun.length < 2; milliseconds++) {
      t.mock.timers.tick(1)
      await settled()
    }
    rested.push(milliseconds)
    // Nothing more takes any time, so nothing rests.
    work.finishAll()
    for (let turn = 0; turn < 6; turn++) {
      t.mock.timers.tick(1)
      await settled()
    }
    await Promise.all(done)
  }
  assert.deepEqual(rested, [50, 10])
})

const nothing = async (): Promise<void> => undefined

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
