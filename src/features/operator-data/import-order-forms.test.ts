import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { faults, type ImportTest, openImportTest } from '#test/import-file.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

const label = { ja: '項目', en: 'Item' }
const field = { code: 'count', label, type: 'number', required: true, min: 1, max: 5 }
const form = { code: 'more', kind: 'change', name: label, fields: [field] }
const service = (orderForms: unknown) => ({
  services: [{ code: 'phone', category: 'voice', name: { ja: '電話', en: 'Phone' }, orderForms }],
})

test('the forms of a service follow the file', async () => {
  await world.bring(service([form]))
  const kept = async (): Promise<unknown> => {
    const [row] = await world.query<{ order_forms: unknown }>(sql`select order_forms from service where code = 'phone'`)
    return row?.order_forms
  }
  assert.deepEqual(await kept(), [{ ...form, earliestDays: 0 }])
  const [again] = await world.bring(service([form]))
  assert.deepEqual(again?.counts, [{ kind: 'services', created: 0, changed: 0, unchanged: 1 }])
  await world.bring(service(undefined))
  assert.deepEqual(await kept(), [])
})

test('a form that nobody could fill in is refused, with where it is wrong', async () => {
  const options = [
    { code: 'one', label },
    { code: 'two', label },
  ]
  const wrong: readonly [unknown, RegExp][] = [
    [{ ...form, kind: 'lease' }, /kind/],
    [{ ...form, fields: [] }, /fields/],
    [{ ...form, fields: Array.from({ length: 41 }, (_, at) => ({ ...field, code: `f${at}` })) }, /fields/],
    [{ ...form, fields: [field, field] }, /must have different codes/],
    [{ ...form, fields: [{ ...field, code: 'a.b' }] }, /small letters, digits or hyphens/],
    [{ ...form, fields: [{ ...field, min: 6 }] }, /must not be less than "min"/],
    [{ ...form, fields: [{ ...field, type: 'upload', min: undefined, max: undefined }] }, /type/],
    [{ ...form, fields: [{ ...field, type: 'date' }] }, /has neither "min" nor "max"/],
    [{ ...form, fields: [{ ...field, type: 'choice', min: undefined, max: undefined }] }, /belong to "choice"/],
    [{ ...form, fields: [{ ...field, options }] }, /belong to "choice"/],
    [{ ...form, fields: [{ ...field, type: 'text', min: 1, max: 100_000 }] }, /must be from 1 to 2000 characters/],
    [{ ...form, fields: [{ ...field, type: 'file', min: undefined, max: 6 }] }, /must be from 1 to 5 files/],
    [
      {
        ...form,
        fields: [
          { ...field, type: 'file', min: undefined },
          { ...field, type: 'file', min: undefined, code: 'more' },
        ],
      },
      /have one "file" at most/,
    ],
    [{ ...form, fields: [{ ...field, pattern: '(a+)+$' }] }, /pattern/],
    [{ ...form, earliestDays: -1 }, /earliestDays/],
  ]
  for (const [each, message] of wrong) await assert.rejects(world.bring(service([each])), faults([message]))
  await assert.rejects(world.bring(service([form, form])), faults([/must have different codes/]))
})
