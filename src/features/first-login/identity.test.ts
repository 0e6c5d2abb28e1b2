import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSameIdentity } from './identity.ts'

const own = { mail: 'Anna.Suzuki@example.co.jp', name: '鈴木 アンナ', phone: '03-0000-0101' }

for (const given of [
  own,
  { mail: ' anna.suzuki＠EXAMPLE.co.jp ', name: '鈴木アンナ', phone: '0300000101' },
  { ...own, name: '鈴木　ｱﾝﾅ' },
  { ...own, name: '鈴木（アンナ）' },
  { ...own, phone: '０３（００００）０１０１' },
  { ...own, phone: '03ー0000ー0101' },
  { ...own, phone: '+81 3 0000 0101' },
  { ...own, phone: '＋81(0)3−0000−0101' },
])
  test(`the same person: ${Object.values(given).join(', ')}`, () => assert(isSameIdentity(own, given)))

for (const given of [
  { ...own, mail: 'anna-suzuki@example.co.jp' },
  { ...own, mail: '' },
  { ...own, name: '鈴木' },
  { ...own, name: '' },
  { ...own, phone: '03-0000-0102' },
  { ...own, phone: '' },
  { ...own, phone: '+82-3-0000-0101' },
  { ...own, phone: '+3-0000-0101' },
])
  test(`somebody else: ${Object.values(given).join(', ')}`, () => assert(!isSameIdentity(own, given)))

test('a long vowel is a letter, a hyphen in a name is none', () => {
  const named = (name: string) => ({ ...own, name })
  assert(!isSameIdentity(named('サリー'), named('サリ')))
  assert(isSameIdentity(named('Anna-Maria Berg'), named('anna maria berg')))
})

test('a kanji is the same in whichever form, and what nobody sees is not there', () => {
  const named = (name: string) => ({ ...own, name })
  assert(isSameIdentity(named('髙橋 﨑'), named('高橋 崎')))
  assert(isSameIdentity(named('葛\u{E0100}城 𠮷'), named('葛城 吉')))
  assert(isSameIdentity(named('山田\u200B 太郎'), named('山田 太郎')))
  assert(!isSameIdentity(named('渡辺'), named('渡部')))
})

test('a number from abroad keeps its country', () => {
  const abroad = { ...own, phone: '+49 30 000000' }
  assert(isSameIdentity(abroad, { ...own, phone: '+4930000000' }))
  assert(!isSameIdentity(abroad, { ...own, phone: '030000000' }))
})
