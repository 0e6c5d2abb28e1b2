import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { runs } from '#test/many-runs.ts'
import { daysOf, entriesOf } from './entries.ts'
import { type SpanProblem, spansIn, spansText } from './spans.ts'

const read = (text: string): string => {
  const given = spansIn(text)
  return 'problem' in given ? given.problem : spansText(given.spans)
}

test('hours are read as people write them', () => {
  const expected = {
    '': '',
    '9:00-18:00': '9:00-18:00',
    '９：００〜１８：００': '9:00-18:00',
    '13:00-18:00、09:00 - 12:00': '9:00-12:00 13:00-18:00',
    '9時-17時30分': '9:00-17:30',
    '9-18': '9:00-18:00',
    '22:00-翌6:00': '22:00-30:00',
    '22:00-翌日6時': '22:00-30:00',
    '22:00-30:00': '22:00-30:00',
    '0:00-24:00': '0:00-24:00',
    '0:00-翌12:00': '0:00-36:00',
    '9:00-12:00 12:00-18:00': '9:00-12:00 12:00-18:00',
  }
  for (const [typed, meant] of Object.entries(expected)) assert.equal(read(typed), meant, typed)
})

test('what cannot be hours is refused, and why', () => {
  const expected: Record<string, SpanProblem> = {
    '22:00-6:00': 'backwards',
    '9:00-9:00': 'backwards',
    '9:00': 'unreadable',
    '9:60-18:00': 'unreadable',
    '9:00-18:00-20:00': 'unreadable',
    'open all day': 'unreadable',
    '翌1:00-翌6:00': 'too-late',
    '22:00-翌12:01': 'too-late',
    '9:00-12:00 11:59-13:00': 'overlapping',
    '0-1 2-3 4-5 6-7 8-9 10-11 12-13 14-15 16-17': 'too-many',
  }
  for (const [typed, problem] of Object.entries(expected)) assert.equal(read(typed), problem, typed)
})

const span = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 2160 }))
  .map(([opens, closes]) => ({ opens, closes }))
  .filter(({ opens, closes }) => opens < closes)

test('hours that are written are read again, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 3 }), (spans) => {
      const given = spansIn(spansText(spans))
      if ('problem' in given) return assert.equal(given.problem, 'overlapping')
      assert.deepEqual(
        given.spans,
        spans.toSorted((one, other) => one.opens - other.opens),
      )
    }),
    { numRuns: runs({ usual: 500, many: 50_000 }) },
  )
})

test('special days in a row are one entry, and entries are their days again', () => {
  const day = fc
    .integer({ min: 0, max: 20 })
    .map((at) => new Date(Date.UTC(2026, 11, 24 + at)).toISOString().slice(0, 10))
  const days = fc.uniqueArray(
    fc
      .tuple(day, fc.constantFrom('', '年末年始'), fc.constantFrom(null, { opens: 600, closes: 900 }))
      .map(([each, name, open]) => ({ day: each, name, span: open })),
    { selector: (each) => each.day },
  )
  fc.assert(
    fc.property(days, (given) => {
      const inOrder = given.toSorted((one, other) => (one.day < other.day ? -1 : 1))
      assert.deepEqual(daysOf(entriesOf(given)), inOrder)
    }),
    { numRuns: runs({ usual: 300, many: 20_000 }) },
  )
  const closure = { from: '2026-12-29', to: '2027-01-03', name: '年末年始', span: null }
  assert.deepEqual(entriesOf(daysOf([closure])), [closure])
})
