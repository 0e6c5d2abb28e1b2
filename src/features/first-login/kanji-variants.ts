/**
 * Kanji that names are registered with, each before the one that is commonly typed for it: an application form has 髙橋, a
 * telephone offers 高橋. Those that Unicode itself calls the same (NFKC) are not among them.
 */
const pairs =
  '髙高﨑崎嵜崎濵浜濱浜邊辺邉辺齋斎齊斉德徳廣広澤沢櫻桜嶋島嶌島瀨瀬眞真冨富𠮷吉栁柳桒桑穗穂惠恵國国黑黒龍竜圓円淺浅條条榮栄關関實実藏蔵與与淵渕曾曽埜野舘館靜静會会檜桧萬万壽寿籠篭槇槙鷗鴎彌弥禮礼豐豊爲為增増寬寛祿禄曉暁峯峰濤涛緣縁綠緑橫横顯顕'

const letters = Array.from(pairs)
const common: ReadonlyMap<string, string> = new Map(
  letters.flatMap((letter, index) => (index % 2 === 0 ? [[letter, letters[index + 1] ?? letter]] : [])),
)

/** A name by the kanji that are commonly typed for those it has. */
export function withCommonKanji(name: string): string {
  return name.replaceAll(/\p{Script=Han}/gu, (letter) => common.get(letter) ?? letter)
}
