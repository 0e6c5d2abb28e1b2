import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { runs } from '#test/many-runs.ts'
import { type Answers, type GivenAnswers, judgeAnswers, sayAnswers } from './answers.ts'
import { type OrderField, type OrderForm, orderFieldTypes } from './form.ts'

const label = { ja: '項目', en: 'Item' }
const options = [
  { code: 'one', label: { ja: '一', en: 'First' } },
  { code: 'two', label: { ja: '二', en: 'Second' } },
]
const choices = { contracts: new Set(['N150000001']), sites: ['本社', '支店'] }

const fieldOf = (field: Partial<OrderField>): OrderField => ({
  code: 'x',
  label,
  type: 'text',
  required: false,
  ...(field.type?.startsWith('choice') && { options }),
  ...field,
})

const formOf = (...fields: Partial<OrderField>[]): OrderForm => ({
  code: 'form',
  kind: 'new',
  name: label,
  earliestDays: 0,
  fields: fields.map(fieldOf),
})

/** The answer, or what is wrong with it. */
function judgeOne(field: Partial<OrderField>, given: GivenAnswers | string): unknown {
  const judged = judgeAnswers(formOf(field), typeof given === 'string' ? { x: given } : given, choices)
  if (judged.ok) return judged.answers.x
  const [{ problem, limit } = assert.fail('something is wrong')] = judged.wrong
  return limit === undefined ? problem : `${problem} ${limit}`
}

const cases: readonly [Partial<OrderField>, GivenAnswers | string, unknown][] = [
  [{ type: 'text' }, ' 山田 ', '山田'],
  [{ type: 'text' }, 'a\u202eb', 'wrong'],
  [{ type: 'text', max: 3 }, '1234', 'too-long 3'],
  [{ type: 'text', min: 3 }, '12', 'too-short 3'],
  [{ type: 'lines' }, '一\r\n二', '一\n二'],
  [{ type: 'number', min: 1, max: 10 }, '１０', 10],
  [{ type: 'number' }, '1,200', 1200],
  [{ type: 'number' }, '-2.5', -2.5],
  [{ type: 'number', min: 1 }, '0', 'too-small 1'],
  [{ type: 'number', max: 10 }, '11', 'too-large 10'],
  [{ type: 'number' }, '1e3', 'not-number'],
  [{ type: 'number' }, '0x10', 'not-number'],
  [{ type: 'number' }, 'Infinity', 'not-number'],
  [{ type: 'date' }, '2027/4/1', '2027-04-01'],
  [{ type: 'date' }, '2027-02-30', 'not-day'],
  [{ type: 'choice' }, 'two', 'two'],
  [{ type: 'choice' }, 'three', 'not-chosen'],
  [{ type: 'choices' }, { 'x.two': 'on', 'x.one': 'on', 'x.three': 'on' }, ['one', 'two']],
  [{ type: 'choices', max: 1 }, { 'x.two': 'on', 'x.one': 'on' }, 'too-many 1'],
  [{ type: 'choices', min: 2 }, { 'x.two': 'on' }, 'too-few 2'],
  [{ type: 'yes-no' }, 'no', false],
  [{ type: 'yes-no' }, 'maybe', 'not-chosen'],
  [{ type: 'contract' }, 'ｎ150000001', 'N150000001'],
  [{ type: 'contract' }, 'N150000002', 'unknown-contract'],
  [{ type: 'site' }, '支店', '支店'],
  [{ type: 'site' }, '別の会社', 'not-chosen'],
  [{ type: 'phone' }, '０３ー0000ー0101', '03-0000-0101'],
  [{ type: 'phone' }, '内線12', 'not-phone'],
  [{ type: 'mail' }, ' taro@example.co.jp', 'taro@example.co.jp'],
  [{ type: 'mail' }, 'taro', 'not-mail'],
]

test('each type takes what people type, and refuses what it is not', () => {
  for (const [field, given, expected] of cases)
    assert.deepEqual(judgeOne(field, given), expected, JSON.stringify([field, given]))
})

test('what is left empty is no answer, unless it is required', () => {
  for (const type of orderFieldTypes) {
    assert.equal(judgeOne({ type }, {}), undefined, type)
    // Files come with the confirmation.
    if (type === 'file') continue
    const isChosen = ['choice', 'choices', 'yes-no', 'site'].includes(type)
    assert.equal(judgeOne({ type, required: true }, { x: '  ' }), isChosen ? 'not-chosen' : 'missing', type)
  }
})

test('all that is wrong is told at once, and only the fields of the form are read', () => {
  const form = formOf({ code: 'a', required: true }, { code: 'b', type: 'number' }, { code: 'c' })
  const judged = judgeAnswers(form, { b: 'x', c: 'fine', d: 'unknown' }, choices)
  assert(!judged.ok)
  assert.deepEqual(
    judged.wrong.map(({ field, problem }) => [field.code, problem]),
    [
      ['a', 'missing'],
      ['b', 'not-number'],
    ],
  )
  const right = judgeAnswers(form, { a: '1', b: '2', d: 'unknown', 'c.one': 'on' }, choices)
  assert.deepEqual(right, { ok: true, answers: { a: '1', b: 2 } })
})

test('answers are said in the words of the form, in both languages', () => {
  const form = formOf(
    { code: 'a', type: 'choices' },
    { code: 'b', type: 'yes-no' },
    { code: 'c', type: 'number' },
    { code: 'd' },
  )
  const answers = { a: ['two', 'one'], b: true, c: 1200 }
  assert.deepEqual(
    sayAnswers(form, answers, 'ja').map(({ text }) => text),
    ['二、一', '希望する', '1,200', ''],
  )
  assert.deepEqual(
    sayAnswers(form, answers, 'en').map(({ text }) => text),
    ['Second, First', 'Yes', '1,200', ''],
  )
})

const anyField = fc.record({
  type: fc.constantFrom(...orderFieldTypes),
  required: fc.boolean(),
  min: fc.constantFrom(undefined, 0, 2),
  max: fc.constantFrom(undefined, 3, 100),
})
const typical = [
  'on',
  'one',
  'yes',
  '１２',
  '2027-04-01',
  'N150000001',
  '本社',
  '03-0000-0101',
  'a@example.com',
  '__proto__',
]
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...typical))
const anyName = fc.constantFrom('f0', 'f1', 'f2', 'f0.one', 'f1.two', 'f2.__proto__', 'constructor')

/** What somebody types to give the same answers. */
function typedAgain(answers: Answers): GivenAnswers {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([code, answer]): [string, string][] => {
      if (Array.isArray(answer)) return answer.map((chosen) => [`${code}.${chosen}`, 'on'])
      return [[code, typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : String(answer)]]
    }),
  )
}

test('whatever is typed into whatever form is judged without a fault, and what is taken is taken again', () => {
  fc.assert(
    fc.property(
      fc.array(anyField, { minLength: 1, maxLength: 3 }),
      fc.dictionary(anyName, anyText),
      (fields, given) => {
        const form = formOf(...fields.map((each, at) => ({ ...each, code: `f${at}` })))
        const judged = judgeAnswers(form, given, choices)
        if (!judged.ok) return
        assert.equal(sayAnswers(form, judged.answers, 'ja').length, form.fields.length)
        // As JSON keeps them.
        assert.deepEqual(JSON.parse(JSON.stringify(judged.answers)), judged.answers)
        assert.deepEqual(judgeAnswers(form, typedAgain(judged.answers), choices), judged)
      },
    ),
    { numRuns: runs({ usual: 500, many: 20_000 }) },
  )
})
