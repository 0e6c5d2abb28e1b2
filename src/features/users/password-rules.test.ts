import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findPasswordProblem } from './password-rules.ts'

const own = { mail: 'hanako.yamada@example.co.jp', name: '山田 花子' }

const judged: [password: string, problem: ReturnType<typeof findPasswordProblem>, why: string][] = [
  ['correct horse', undefined, 'words with a space between them'],
  ['ひらがなだけのあいことば', undefined, 'letters that are no Latin ones'],
  ['4817 2250 9', undefined, 'digits and spaces alone'],
  ['          x', undefined, 'spaces, which count as characters'],
  ['ninechars', 'too-short', 'nine characters'],
  ['ten chars!', undefined, 'ten characters'],
  ['😀😀😀😀😀', 'too-short', 'five characters, however many bytes they take'],
  ['😀🎈🌊🍙🚃🗻🌸🐟🎏🏯', undefined, 'ten characters outside the first plane'],
  ['k'.repeat(127).concat('!'), undefined, '128 characters'],
  ['k'.repeat(128).concat('!'), 'too-long', '129 characters'],
  ['1234567890', 'common', 'one of the most used'],
  ['qwertyuiop', 'common', 'a row of the keyboard'],
  ['QwErTyUiOp', 'common', 'the same in other letters'],
  ['１２３４５６７８９０', 'common', 'the same in full width'],
  ['1 2 3 4 5 6 7 8 9 0', 'common', 'the same with spaces'],
  ['1234 56789', 'common', 'nine digits that only a space makes long enough'],
  ['hanako.yamada@example.co.jp', 'like-own-name', 'the mail address'],
  ['HANAKO.YAMADA', 'like-own-name', 'its first part'],
  ['hanako.yamada1!', 'like-own-name', 'its first part with a little around it'],
  ['ｈａｎａｋｏ．ｙａｍａｄａ', 'like-own-name', 'its first part in full width'],
  ['hanako.yamada likes tea', undefined, 'its first part within much else'],
  ['', 'too-short', 'nothing'],
]
for (const [password, problem, why] of judged)
  test(`${why}: ${problem ?? 'taken'}`, () => {
    assert.equal(findPasswordProblem(password, own), problem)
  })

test('a name of one or two letters forbids nothing', () => {
  assert.equal(findPasswordProblem('kettle over Jo', { mail: 'jo@example.com', name: 'Jo' }), undefined)
})

test('what is taken has ten to 128 characters, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (password) => {
      const { length } = Array.from(password)
      const problem = findPasswordProblem(password, own)
      assert.equal(problem === 'too-short', length < 10)
      assert.equal(problem === 'too-long', length > 128)
    }),
  )
})
