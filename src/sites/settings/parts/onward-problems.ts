import { mostNewADay } from '#features/onward/outside-targets.ts'
import type { OnwardProblem } from '#features/onward/onward.ts'
import type { Phrase } from '#platform/words.ts'

/** Why calls cannot go on to what was typed. */
export const onwardProblems: Record<
  OnwardProblem | 'to-itself' | 'too-many-today',
  Phrase<(typed: string) => string>
> = {
  'unknown-target': {
    ja: (typed) => `「${typed}」は、このご契約にありません。内線または着信グループの番号を確認して入力してください。`,
    en: (typed) => `“${typed}” is not in this contract. Enter the number of an extension or a call group.`,
  },
  'no-voicemail': {
    ja: () => 'このご契約では留守番電話を使えません。別の方法を選択してください。',
    en: () => 'This contract has no voicemail. Choose another way.',
  },
  unreadable: {
    ja: (typed) => `「${typed}」は電話番号として読み取れません。03-1234-5678の形式で入力してください。`,
    en: (typed) => `“${typed}” is no telephone number. One is written like 03-1234-5678.`,
  },
  emergency: {
    ja: (typed) => `「${typed}」のような緊急通報・サービスの番号へは転送できません。別の番号を入力してください。`,
    en: (typed) => `Calls cannot be passed on to an emergency or service number such as ${typed}. Enter another one.`,
  },
  premium: {
    ja: (typed) =>
      `「${typed}」は通話料や情報料が高額になる番号（0570、0990など）のため、転送できません。別の番号を入力してください。`,
    en: (typed) => `${typed} costs more than a call (such as 0570 and 0990): calls cannot be passed on to it.`,
  },
  carrier: {
    ja: (typed) => `「${typed}」のような電話会社を指定する番号（00で始まる番号）へは転送できません。`,
    en: (typed) => `${typed} chooses a carrier (it begins with 00): calls cannot be passed on to it.`,
  },
  machine: {
    ja: (typed) => `「${typed}」は電話に使われない番号（020）のため、転送できません。別の番号を入力してください。`,
    en: (typed) => `${typed} is no number of a telephone (020). Enter another one.`,
  },
  international: {
    ja: (typed) =>
      `「${typed}」は国際電話の番号です。このご契約では、この国へ転送できません。必要なときは窓口へお問い合わせください。`,
    en: (typed) =>
      `${typed} is abroad, and this contract passes no calls on to that country. Contact us if you need it.`,
  },
  'own-number': {
    ja: (typed) =>
      `「${typed}」はこのご契約の外線番号です。着信が戻らないよう、内線または着信グループを指定してください。`,
    en: (typed) =>
      `${typed} is a number of this contract: calls would come back. Choose the extension or group instead.`,
  },
  'unconfirmed-outside': {
    ja: (typed) => `「${typed}」は新しい転送先です。適用するときに第二認証で確認します。`,
    en: (typed) => `${typed} is new: it is confirmed by your second factor when you apply.`,
  },
  'to-itself': {
    ja: () => '自分自身へは転送できません。別の番号を入力してください。',
    en: () => 'Calls cannot be passed on to where they come from. Enter another number.',
  },
  'too-many-today': {
    ja: () =>
      `新しい外線の転送先は、1日に${mostNewADay}件までです。明日もう一度お試しいただくか、窓口へお問い合わせください。`,
    en: () => `There can be ${mostNewADay} new outside targets a day. Try again tomorrow, or contact us.`,
  },
}
