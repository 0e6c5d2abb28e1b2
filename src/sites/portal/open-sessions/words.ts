import type { Phrase } from '#platform/words.ts'
import { accessLabels } from '../access-history/words.ts'
import { listTitles } from '../list-titles.ts'

export const openSessionsTitle: Phrase = listTitles['open-sessions']

export const sessionLabels = {
  user: accessLabels.user,
  secondFactor: accessLabels.secondFactor,
  ip: accessLabels.ip,
  browser: accessLabels.browser,
  started: { ja: 'ログイン', en: 'Logged in' },
  'last-used': { ja: '最後の操作', en: 'Last used' },
  thisOne: { ja: 'このブラウザ', en: 'This browser' },
  unknown: { ja: '不明', en: 'Unknown' },
  end: { ja: '強制ログアウトする', en: 'Log out' },
} satisfies Record<string, Phrase>
