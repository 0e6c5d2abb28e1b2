import { administratorLabels } from '#sites/frame/guide-labels.ts'
import { longestSession } from '#features/sessions/start.ts'
import { hours } from '#platform/time/duration.ts'
import type { Language, Phrase, Words } from '#platform/words.ts'
import { settingWords } from '../administration/setting-words.ts'

export const idleTimeTitle: Phrase = administratorLabels.sessionTimeout

export const idleTimeWords = {
  time: { ja: 'タイムアウト時間', en: 'Timeout' },
  ...settingWords,
  limit: {
    ja: `操作を続けていても、ログインから${longestSession / hours}時間でログアウトします。`,
    en: `However busy it is, a login lasts ${longestSession / hours} hours at most.`,
  },
  minutes: { ja: (n: number) => `${n}分`, en: (n: number) => `${n} minutes` },
  customers: {
    ja: (n: number) => `全ユーザーの設定に従う（${n}分）`,
    en: (n: number) => `As set for all users (${n} minutes)`,
  },
  'more-than-customers': {
    ja: '全ユーザーのタイムアウト時間より長くはできません。短い時間を選択してください。',
    en: 'It cannot be longer than what is set for all users. Choose a shorter one.',
  },
} satisfies Words

export function minutesWord(minutes: number, language: Language): string {
  return idleTimeWords.minutes[language](minutes)
}
