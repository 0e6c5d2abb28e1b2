import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openKeeping } from './kept.ts'

const now = new Date('2026-11-22T03:00:00Z')
const later = new Date('2026-11-22T04:00:00Z')

test('those met longest ago make room, and what is too heavy is not taken in', () => {
  const keeping = openKeeping<{ name: string }>({ ofOne: 60, ofAll: 100 })
  const keep = (name: string, weight: number): void => keeping.keep(name, { owner: { name }, version: 1, now, weight })
  keep('anna', 40)
  keep('bob', 40)
  assert(keeping.find('anna', now))
  keep('carla', 40)
  assert.equal(keeping.find('bob', now), undefined)
  keep('dora', 61)
  assert.equal(keeping.find('dora', now), undefined)
  assert.deepEqual(
    ['anna', 'carla'].map((name) => keeping.find(name, now)?.owner.name),
    ['anna', 'carla'],
  )
})

test('what was made for somebody is made once for as long as they are kept, the version with them', async () => {
  const keeping = openKeeping<object>({ ofOne: 100, ofAll: 100 })
  const owner = {}
  keeping.keep('key', { owner, version: 7, now, weight: 10 })
  let makings = 0
  const ask = (name: string, weight: number): Promise<number> =>
    keeping.once(owner, name, async () => ({ made: ++makings, weight, until: later }))
  assert.deepEqual(await Promise.all([ask('menu', 50), ask('menu', 50)]), [1, 1])
  assert.equal(await ask('menu', 50), 1)
  // No room is left for it.
  assert.deepEqual([await ask('counts', 50), await ask('counts', 50)], [2, 3])
  const found = keeping.find('key', now)
  assert.equal(found?.owner, owner)
  assert.equal(found?.version, 7)
  // Time has changed what was made, or stands before it.
  assert.equal(keeping.find('key', later), undefined)
  keeping.keep('key', { owner, version: 8, now: later, weight: 10 })
  assert.equal(keeping.find('key', now), undefined)
})

test('what could not be made is made again', async () => {
  const keeping = openKeeping<object>({ ofOne: 100, ofAll: 100 })
  const owner = {}
  const fail = (): Promise<never> => keeping.once(owner, 'menu', () => Promise.reject(new Error('no database')))
  await assert.rejects(fail, /no database/)
  assert.equal(await keeping.once(owner, 'menu', async () => ({ made: 'menu', weight: 1 })), 'menu')
})
