import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { runs } from '#test/many-runs.ts'
import { positionIn, positionText } from './position.ts'

const seat = { north: 35.6894, east: 139.6917 }

test('a position is read however it was copied', () => {
  for (const text of [
    '35.6894, 139.6917',
    '35.6894 139.6917',
    '139.6917,35.6894',
    '３５．６８９４，１３９．６９１７',
    '(35.6894, 139.6917)',
    '北緯35.6894度 東経139.6917度',
    '緯度：35.6894、経度：139.6917',
    '35.6894N 139.6917E',
    'https://www.google.com/maps/@35.6894,139.6917,17z?hl=ja',
    'https://www.google.com/maps?q=35.6894,139.6917',
    'https://www.google.com/maps?ll=35.6894%2C139.6917',
    'https://maps.apple.com/?ll=35.6894,139.6917&q=x',
    'https://www.openstreetmap.org/#map=17/35.6894/139.6917',
    'https://maps.gsi.go.jp/#15/35.6894/139.6917/&base=std',
    'https://example.com/map?lat=35.6894&lon=139.6917',
    'https://example.com/map?lng=139.6917&zoom=3&lat=35.6894',
  ])
    assert.deepEqual(positionIn(text), seat, text)
  // The place itself, not the middle of what is seen.
  assert.deepEqual(
    positionIn(
      'https://www.google.com/maps/place/x/@35.1,139.1,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d35.6894!4d139.6917',
    ),
    seat,
  )
  assert.deepEqual(positionIn(`35°41'22"N 139°41'30"E`), { north: 35.68944, east: 139.69167 })
  assert.deepEqual(positionIn('北緯35度41分22秒 東経139度41分30秒'), { north: 35.68944, east: 139.69167 })
})

test('what names no position in Japan is none', () => {
  for (const text of [
    '',
    '35.6894',
    '35.6894, 139.6917, 12',
    '48.85, 2.35',
    '-35.6894, 139.6917',
    '35.6894S 139.6917E',
    '35.6894N 139.6917W',
    `35°75'00"N 139°41'30"E`,
    'https://example.com/',
    'https://maps.example.com/short/AbCdEf',
    '東京都新宿区西新宿2-8-1',
    '1e2, 3e4',
  ])
    assert.equal(positionIn(text), undefined, text)
})

test('what is shown is read as what it was', () => {
  const axis = (min: number, max: number) =>
    fc.integer({ min: min * 100_000, max: max * 100_000 }).map((n) => n / 100_000)
  fc.assert(
    fc.property(axis(20, 46.5), axis(122, 155), (north, east) => {
      assert.deepEqual(positionIn(positionText({ north, east })), { north, east })
    }),
    { numRuns: runs({ usual: 500, many: 20_000 }) },
  )
})

test('no text takes long or breaks it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 500, unit: 'grapheme' }), (text) => {
      positionIn(text)
      positionIn(`https://${text}`)
    }),
    { numRuns: runs({ usual: 500, many: 20_000 }) },
  )
  for (const part of ['1', '1.', '°', "1°1'", '&lat=1.1', '/1.1,', '!3d1.1']) {
    const began = performance.now()
    positionIn(part.repeat(500))
    positionIn(`https://${part.repeat(500)}`)
    assert(performance.now() - began < 200, part)
  }
})
