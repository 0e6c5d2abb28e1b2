import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import type { FormValues } from '../form.ts'
import { carryingLoaded, conflictOf, rebase } from './meanwhile.ts'
import { sentenceOf } from './meanwhile-words.ts'
import type { Kind } from './page-on-site.ts'
import type { Page } from './page.ts'

interface Thing {
  name: string
  note: string
  isOn: boolean
  parts: string[]
  version: number
}

interface ThingKind extends Kind {
  words: Record<string, never>
  data: Thing
}

const label = (word: string) => ({ ja: word, en: word })
const given: Page<unknown, 'anybody', Record<string, never>, Thing> = {
  path: '/thing',
  allow: 'anybody',
  words: {},
  load: async () => thing,
  form: {
    name: { label: label('名前'), value: z.string() },
    note: { label: label('メモ'), value: z.string() },
    isOn: { label: label('有効'), value: z.literal('on').optional() },
    parts: { label: label('部品'), value: z.array(z.string()), many: true },
    version: { label: label('版'), value: z.string(), carried: true },
    extra: { label: label('一緒に'), value: z.literal('on').optional() },
  },
  initial: ({ name, note, isOn, parts, version }) => ({
    name,
    note,
    isOn: isOn ? 'on' : '',
    parts,
    version: String(version),
  }),
  changedBy: async () => undefined,
  said: { parts: (value) => `部品${value}` },
  title: () => '',
  view: () => assert.fail('not drawn'),
}
const page = carryingLoaded(given)
const thing: Thing = { name: '一号', note: '', isOn: false, parts: ['a', 'b'], version: 1 }

/** The form as a browser sends it, made with this and then filled in. */
function formOf(made: Thing, filled: Partial<Thing> = {}): FormValues {
  const shown = page.initial?.(made) ?? {}
  const { name, note, isOn, parts } = { ...made, ...filled }
  return {
    version: String(made.version),
    loaded: String(shown['loaded']),
    name,
    note,
    parts,
    ...(isOn && { isOn: 'on' }),
  }
}

const rebased = (now: Thing, typed: FormValues) =>
  rebase<ThingKind>({ page, data: now }, typed) ?? assert.fail('nobody changes it')

test('what others have emptied is a change, too, where a page leaves out what is empty', () => {
  const leaving = carryingLoaded({
    ...given,
    initial: ({ name, note, parts, version }: Thing) => ({
      name,
      parts,
      version: String(version),
      ...(note !== '' && { note }),
    }),
  })
  const typed = formOf({ ...thing, note: '古いメモ' }, { name: '二号' })
  const { changed } = rebase<ThingKind>({ page: leaving, data: { ...thing, version: 2 } }, typed) ?? assert.fail()
  assert.deepEqual(changed, [{ name: 'note', former: '古いメモ', theirs: '', yours: '古いメモ' }])
})

test('where nothing of the form has changed, the form counts for the row as it is now', () => {
  const typed = formOf(thing, { name: '二号', parts: ['b', 'a'] })
  const { values, changed, isDone } = rebased({ ...thing, version: 7 }, typed)
  assert.deepEqual(changed, [])
  assert.equal(isDone, false)
  assert.deepEqual({ ...values, loaded: '' }, { ...typed, version: '7', loaded: '' })
})

test('what others have changed is told in three values, and stands in the form where nothing else was typed', () => {
  const now = { ...thing, name: '三号', note: '済み', isOn: true, parts: ['a', 'b', 'c'], version: 2 }
  const upon = rebased(now, formOf(thing, { name: '二号', parts: ['b'] }))
  assert.deepEqual(conflictOf<ThingKind>({ page, data: now }, upon, 'ja'), [
    { field: '名前', former: '一号', theirs: '三号', yours: '二号', isMine: true },
    { field: 'メモ', former: '', theirs: '済み', yours: '', isMine: false },
    { field: '有効', former: '', theirs: 'on', yours: '', isMine: false },
    { field: '部品', former: '部品a、部品b', theirs: '部品a、部品b、部品c', yours: '部品b', isMine: true },
  ])
  const { name, note, isOn, parts, version } = upon.values
  assert.deepEqual(
    { name, note, isOn, parts, version },
    { name: '二号', note: '済み', isOn: 'on', parts: ['b', 'c'], version: '2' },
  )
})

test('a box that others have unticked is not ticked again by a form that left it alone', () => {
  const upon = rebased({ ...thing, version: 2 }, formOf({ ...thing, isOn: true }))
  assert.equal(upon.values['isOn'], undefined)
  assert.equal(upon.changed.length, 1)
})

test('nothing is left to be done where others have done the same; with something besides, there is', () => {
  const now = { ...thing, name: '二号', version: 2 }
  assert.equal(rebased(now, formOf(thing, { name: '二号' })).isDone, true)
  assert.equal(rebased(now, { ...formOf(thing, { name: '二号' }), extra: 'on' }).isDone, false)
  assert.equal(rebased(now, formOf(thing, { name: '三号' })).isDone, false)
})

test('of a form that does not say what it was made with, the version tells whether it is old', () => {
  const { loaded: made, ...typed } = formOf(thing, { name: '二号' })
  assert(made)
  assert.deepEqual(rebased(thing, typed).changed, [])
  const upon = rebased({ ...thing, version: 2 }, typed)
  assert.deepEqual(conflictOf<ThingKind>({ page, data: { ...thing, version: 2 } }, upon, 'ja'), [
    { field: '名前', theirs: '一号', yours: '二号', isMine: true },
  ])
  for (const loaded of ['', '{', "{'name':1}", 'null', '1,2', "'a','b','c','d','e','f','g'"])
    assert.equal(rebased({ ...thing, version: 2 }, { ...typed, loaded }).changed.length, 1, loaded)
})

const things = fc.record({
  name: fc.constantFrom('一', '二', '三'),
  note: fc.constantFrom('', 'a', 'a\nb'),
  isOn: fc.boolean(),
  parts: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }),
  version: fc.constant(1),
})

test('whatever was made, done and typed: no change of others is lost unseen, and none of one’s own', () => {
  fc.assert(
    fc.property(things, things, things, (made, theirs, mine) => {
      const now = { ...theirs, version: 2 }
      const upon = rebased(now, formOf(made, mine))
      const told = new Set(upon.changed.map(({ name }) => name))
      for (const field of ['name', 'note'] as const) {
        assert.equal(upon.values[field], mine[field] === made[field] ? theirs[field] : mine[field])
        assert.equal(told.has(field), made[field] !== theirs[field])
      }
      assert.equal(upon.values['isOn'] === 'on', mine.isOn === made.isOn ? theirs.isOn : mine.isOn)
      // Sent once more, it is no conflict any longer.
      assert.deepEqual(rebased(now, upon.values).changed, [])
      assert.equal(
        new Set(upon.values['parts']).size,
        [upon.values['parts'] ?? []].flat().length,
        'nothing stands twice',
      )
    }),
    { numRuns: 2000 },
  )
})

test('the sentence says who, when and what; oneself and the operator by no name', () => {
  const reader = {
    language: 'ja',
    isSignedIn: true,
    timeZone: 'Asia/Tokyo',
    now: new Date('2026-11-30T01:00:00Z'),
  } as const
  const last = {
    byId: 'x',
    by: '佐藤 花子',
    at: new Date('2026-11-30T00:03:00Z'),
    what: { ja: 'メモの変更', en: 'Memo changed' },
  }
  assert.match(sentenceOf(last, reader, 'y'), /^佐藤 花子さんが11月30日（月） 09:03に変更しました（メモの変更）。/)
  assert.match(sentenceOf(last, reader, 'x'), /^ご自身（別の画面）が/)
  assert.match(
    sentenceOf({ ...last, byId: null, by: '' }, { ...reader, language: 'en' }, 'y'),
    /^The operator changed this at .* \(Memo changed\)/,
  )
  assert.match(sentenceOf(undefined, reader, 'y'), /^この画面を開いたあとに/)
})
