import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { markTerms } from './marks.ts'

const cases: [text: string, terms: string[], marked: string[]][] = [
  ['大阪支店の回線', ['大阪'], ['大阪']],
  ['カスタマー窓口', ['かすたま'], ['カスタマ']],
  ['ＰＢＸ一式', ['pbx'], ['ＰＢＸ']],
  ['03-0000-0101', ['030000'], ['03-0000']],
  ['大阪・大阪', ['大阪'], ['大阪', '大阪']],
  ['大阪支店', ['大阪', '阪支'], ['大阪支']],
  ['50%', ['%'], ['%']],
  ['東京本社', ['大阪'], []],
  ['ｶﾞｽ契約', ['ガス'], ['ｶﾞｽ']],
  ['N-13', ['13'], ['13']],
  ['', ['x'], []],
  ['x', ['-'], []],
]
for (const [text, terms, marked] of cases) {
  test(`in 「${text}」 ${terms.join(' ')} is marked as it is found`, () => {
    const pieces = markTerms(text, terms).filter(({ isMarked }) => isMarked)
    assert.deepEqual(
      pieces.map((piece) => piece.text),
      marked,
    )
  })
}

test('the pieces are the text, and take turns', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string({ maxLength: 2 })), (text, terms) => {
      const pieces = markTerms(text, terms)
      assert.equal(pieces.map((piece) => piece.text).join(''), text)
      for (const [at, { isMarked }] of pieces.entries()) if (at > 0) assert.notEqual(isMarked, pieces[at - 1]?.isMarked)
    }),
  )
})
