import type { LastChange } from '../form.ts'
import { formatTime } from '../time/format.ts'
import type { Phrase } from '../words.ts'
import type { Reader } from './page.ts'

const words = {
  by: {
    ja: (by: string, at: string, what: string) =>
      `${by}が${at}に変更しました（${what}）。変更された項目を確認してから、もう一度適用してください。`,
    en: (by: string, at: string, what: string) =>
      `${by} changed this at ${at} (${what}). Look at what was changed, then apply again.`,
  },
  person: { ja: (name: string) => `${name}さん`, en: (name: string) => name },
  self: { ja: 'ご自身（別の画面）', en: 'You, in another window,' },
  operator: { ja: '通信事業者', en: 'The operator' },
  somebody: {
    ja: 'この画面を開いたあとに、内容が変更されています。変更された項目を確認してから、もう一度適用してください。',
    en: 'This was changed after you opened the page. Look at what was changed, then apply again.',
  },
  done: { ja: '入力した内容は、すでに適用されています。', en: 'What you entered is in force already.' },
}

/** Says that what the form was made with is no longer so: what has changed it, who, and when. */
export function sentenceOf(
  last: LastChange | undefined,
  { language, timeZone: zone, now }: Reader,
  userId: string | undefined,
): string {
  if (!last) return words.somebody[language]
  const at = formatTime(last.at, 'date-time', { zone, language, now })
  const isSelf = last.byId !== null && last.byId === userId
  const others = last.byId === null ? words.operator[language] : words.person[language](last.by)
  const person = isSelf ? words.self[language] : others
  return words.by[language](person, at, last.what[language])
}

/** Said where something was changed in the very moment in which the form was sent: shown again, the page tells what. */
export const changedJustNow: Phrase = words.somebody

/** Said where there is nothing left to do. */
export const doneAlready = words.done
