/**
 * How names, telephone numbers and keywords are compared, wherever they come from: without regard to width, case, kind of kana,
 * form of a kanji, hyphens, brackets, and marks that nobody sees. `fold_words`, `fold_search` and `fold_keyword` of the database
 * fold alike; a test holds it.
 */
export function foldWords(text: string): string {
  return withoutBars(foldLetters(text))
}

/** The same for a whole text that is compared with another whole one: 「霞が関」 is 「霞ヶ関」. */
export function foldName(text: string): string {
  return withKe(foldWords(text))
}

/**
 * What is looked for in a text. A 「が」 at its edge may stand between kanji in the text or not; texts are found by either form
 * (`fold_search`), so it is looked for as it is.
 */
export function foldKeyword(term: string): string {
  const folded = foldWords(term)
  return openEdge.test(folded) ? folded : withKe(folded)
}

/** Of each letter alone, whatever stands beside it. */
export function foldLetters(text: string): string {
  return Array.from(withoutUnseen(text).normalize('NFKC'), (letter) =>
    // The one letter that becomes two otherwise. A letter by itself: no sigma stands at the end of a word.
    letter === 'İ' ? 'i' : letter.toLowerCase(),
  )
    .join('')
    .replaceAll(changed, (letter) => plain.get(letter) ?? '')
}

export function withoutUnseen(text: string): string {
  return text.replaceAll(unseen, '')
}

/** Marks that nobody sees: the soft hyphen, joiners, turns of direction, selectors of a variation, fillers. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu

/** Those that NFKC leaves: it makes ASCII of the full-width ones. */
const hyphensAndBrackets = '-‐‑‒–—―−─()[]{}〔〕「」『』【】〈〉《》'

/**
 * Kanji that names are registered with, each before the one that is commonly typed for it: an application form has 髙橋, a
 * telephone offers 高橋. Those that Unicode itself calls the same (NFKC) are not among them.
 */
export const kanjiVariants =
  '髙高﨑崎嵜崎濵浜濱浜邊辺邉辺齋斎齊斉德徳廣広澤沢櫻桜嶋島嶌島瀨瀬眞真冨富𠮷吉栁柳桒桑穗穂惠恵國国黑黒龍竜圓円淺浅條条榮栄關関實実藏蔵與与淵渕曾曽埜野舘館靜静會会檜桧萬万壽寿籠篭槇槙鷗鴎彌弥禮礼豐豊爲為增増寬寛祿禄曉暁峯峰濤涛緣縁綠緑橫横顯顕郞郎'

const hiraganaToKatakana = 0x60

/** Letters of more than one form, and the form by which they are compared; none: they are nothing. */
const plain: ReadonlyMap<string, string> = new Map([
  ...Array.from(hyphensAndBrackets, (mark) => [mark, ''] as const),
  ...Array.from(
    'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゝゞ',
    (kana) => [kana, String.fromCodePoint((kana.codePointAt(0) ?? 0) + hiraganaToKatakana)] as const,
  ),
  ['ゖ', 'ケ'],
  ['ヶ', 'ケ'],
  ...pairsOf(Array.from(kanjiVariants)),
])

const changed = new RegExp(`[${[...plain.keys()].join('').replaceAll(/[-[\]]/g, String.raw`\$&`)}]`, 'gu')

function pairsOf(letters: readonly string[]): [string, string][] {
  return letters.flatMap((letter, at) =>
    at % 2 === 0 ? [[letter, letters[at + 1] ?? letter] as [string, string]] : [],
  )
}

/** 「ー」 typed for a hyphen: between digits, or between a digit and an edge. Beside a letter it is a long vowel. */
export const barOfNumber: RegExp = /(?<=[0-9])ー+(?![^0-9 \n])|(?<![^0-9 \n])ー+(?=[0-9])/gu

function withoutBars(folded: string): string {
  return folded.replaceAll(barOfNumber, '')
}

const kanji = String.raw`[々〆〇㐀-䶿一-鿿\u{20000}-\u{323AF}]`
const gaBetweenKanji = new RegExp(`(?<=${kanji})ガ(?=${kanji})`, 'gu')
const openEdge = new RegExp(`^ガ(${kanji}|$)|${kanji}ガ$`, 'u')

/** A 「が」 between two kanji is a 「ヶ」; anywhere else it is the commonest particle. One letter for one. */
export function withKe(folded: string): string {
  return folded.replaceAll(gaBetweenKanji, 'ケ')
}
