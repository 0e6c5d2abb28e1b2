import { administratorLabels } from '#sites/frame/guide-labels.ts'
import { trustLasts, trustSlides } from '#features/trusted-browsers/rule.ts'
import { days } from '#platform/time/duration.ts'
import type { Phrase, Words } from '#platform/words.ts'
import { accessLabels } from '../access-history/words.ts'
import { settingWords } from '../administration/setting-words.ts'

export const trustTitle: Phrase = administratorLabels.twoStepSkip

const [slides, lasts] = [trustSlides / days, trustLasts / days]

export const trustWords = {
  ...settingWords,
  lead: {
    ja: `許可すると、認証に成功したブラウザでは、本人が選んだときに限り、${slides}日間（ログインするたびに延長、最長${lasts}日）、第二認証をスキップできます。`,
    en: `Where it is allowed, users may choose to skip the second step in a browser in which they have shown it: for ${slides} days after each login, and for ${lasts} days at most.`,
  },
  browsers: { ja: 'スキップ中のブラウザ', en: 'Browsers that skip the second step' },
  user: accessLabels.user,
  browser: accessLabels.browser,
  ip: accessLabels.ip,
  confirmed: { ja: '最後の第二認証', en: 'Second step shown' },
  'last-used': { ja: '最後のログイン', en: 'Last login' },
  ends: { ja: '有効期限', en: 'Until' },
  unknown: { ja: '不明', en: 'Unknown' },
  end: { ja: '解除する', en: 'End' },
  endOf: {
    ja: (name: string, browser: string) => `解除する（${name}、${browser}）`,
    en: (name: string, browser: string) => `End (${name}, ${browser})`,
  },
  action: { ja: '操作', en: 'Action' },
  allowed: { ja: '許可する', en: 'Allow' },
  'not-allowed': { ja: '許可しない', en: 'Do not allow' },
} satisfies Words
