import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { runs } from '#test/many-runs.ts'
import { foldKeyword, foldName, foldWords, kanjiVariants } from './folding.ts'

let database: TestDatabase
let client: pg.Client

before(async () => {
  database = await testDatabase()
  client = new pg.Client(database.appConfig)
  await client.connect()
})
after(async () => {
  await client.end()
  await database[Symbol.asyncDispose]()
})

/** Letters that folding is about, and any other. */
const letters = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...Array.from(
        `0189aZＡ０ー―—─-－()（）[]〔「がガヶケゖか゛ｶﾞ霞関々〇 \u3000\n\u00AD\u200B\u2066\u{E0100}\uFE0FİΣςΟ%_\\${kanjiVariants}`,
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((letter) => letter !== '\0'),
  },
)
const texts = fc.array(letters, { maxLength: 12 }).map((each) => each.join(''))

test('the database and the program fold alike', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(texts, { minLength: 50, maxLength: 50 }), async (given) => {
      const { rows } = await client.query<{ text: string; words: string; named: string; keyword: string }>(
        `select text, fold_words(text) as words, with_ke(fold_words(text)) as named, fold_keyword(text) as keyword
         from unnest($1::text[]) text where unicode_assigned(text)`,
        [given],
      )
      for (const { text, ...folded } of rows)
        assert.deepEqual(folded, { words: foldWords(text), named: foldName(text), keyword: foldKeyword(text) }, text)
    }),
    { numRuns: runs({ usual: 40, many: 2000 }) },
  )
})

test('each letter alone is folded alike', async () => {
  const { rows } = await client.query<{ code: number; words: string }>(
    `select code, fold_words(chr(code)) as words from generate_series(1, 917999) code
     where (code < 13312 or code between 63744 and 131071 or code > 917503) and code not between 55296 and 57343
       and unicode_assigned(chr(code))`,
  )
  assert(rows.length > 20_000)
  const unlike = rows.filter(({ code, words }) => words !== foldWords(String.fromCodePoint(code)))
  assert.deepEqual(unlike, [])
})

test('what a text holds is found in it, wherever it is cut out', async () => {
  const wordLetters = fc.constantFrom(...Array.from('03ー-ヶがケ霞関電話不通つながデータN'))
  const cut = fc.tuple(fc.array(wordLetters, { minLength: 1, maxLength: 14 }), fc.nat(), fc.nat())
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { minLength: 50, maxLength: 50 }), async (given) => {
      const pairs = given.map(([each, from, to]) => {
        const at = from % each.length
        return { text: each.join(''), term: each.slice(at, at + 1 + (to % (each.length - at))).join('') }
      })
      const { rows } = await client.query(
        `select text, term from unnest($1::text[], $2::text[]) given(text, term) where fold_search(text) not like search_pattern(term)`,
        [pairs.map(({ text }) => text), pairs.map(({ term }) => term)],
      )
      // 「ー」 alone, where it was nothing in the text.
      assert.deepEqual(
        rows.filter(({ term }: { term: string }) => /[^ー-]/.test(term)),
        [],
      )
    }),
    { numRuns: runs({ usual: 40, many: 2000 }) },
  )
})

const found: [text: string, term: string][] = [
  ['03-1234-5678', '０３ー１２３４ー５６７８'],
  ['03-1234-5678', '03―1234—5678'],
  ['03-1234-5678', '03─1234(5678)'],
  ['03(1234)5678', '03-1234-5678'],
  ['霞が関ビル', '霞ヶ関'],
  ['霞ヶ関ビル', '霞が関'],
  ['霞ケ関ビル', '霞が関'],
  ['電話が不通です', '電話が'],
  ['電話がつながらない', '電話が'],
  ['電話が不通で障害が発生', '電話が不通で障害が'],
  ['髙橋 﨑', '高橋'],
  ['高橋 崎', '髙橋'],
  ['葛\u{E0100}城', '葛城'],
  ['山田\u200B太郎', '山田太郎'],
  ['データ通信', 'でーた'],
]
for (const [text, term] of found)
  test(`「${term}」 finds 「${text}」`, async () => {
    assert.deepEqual(
      (await client.query(`select fold_search($1) like search_pattern($2) as found`, [text, term])).rows,
      [{ found: true }],
    )
  })

const others: [text: string, term: string][] = [
  ['デタ通信', 'データ'],
  ['電話ヶつながらない', '電話がつ'],
  ['3が日', '3ヶ日'],
  ['渡部', '渡辺'],
]
for (const [text, term] of others)
  test(`「${term}」 does not find 「${text}」`, async () => {
    assert.deepEqual(
      (await client.query(`select fold_search($1) like search_pattern($2) as found`, [text, term])).rows,
      [{ found: false }],
    )
  })
