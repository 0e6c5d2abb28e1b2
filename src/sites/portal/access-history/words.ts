import { administratorLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { reasonWords } from '#sites/frame/states/access-words.ts'
import type { AccessEvent, AccessFactor, AccessResult } from '#features/access-history/events.ts'
import { mostFailures } from '#features/sign-in/lock-rule.ts'
import type { Language, Phrase } from '#platform/words.ts'

export const accessHistoryTitle: Phrase = administratorLabels.accessHistory

export const accessLabels = {
  at: { ja: '日時', en: 'Time' },
  user: { ja: 'ユーザー', en: 'User' },
  event: { ja: '種別', en: 'Event' },
  result: { ja: '結果', en: 'Result' },
  secondFactor: { ja: '第2認証方式', en: 'Second factor' },
  ip: { ja: 'IPアドレス', en: 'IP address' },
  browser: { ja: 'ブラウザ', en: 'Browser' },
} satisfies Record<string, Phrase>

export const resultWords: Record<AccessResult, Phrase> = {
  success: { ja: '成功', en: 'Success' },
  failure: { ja: '失敗', en: 'Failure' },
}

export const factorWords: Record<AccessFactor, Phrase> = {
  totp: userLabels.totp,
  'mail-otp': userLabels.mailOtp,
  'recovery-code': { ja: 'リカバリーコード', en: 'Recovery code' },
}

const lockReason: Phrase = { ja: `${mostFailures}回連続`, en: `${mostFailures} failures in a row` }

/** What is added to the event; empty: there is no more to say. */
export function reasonWord(
  { event, reason }: { event?: AccessEvent; reason: string | null },
  language: Language,
): string {
  if (event === 'locked') return lockReason[language]
  // A code of another version is shown as it is.
  const known = Object.entries(reasonWords).find(([code]) => code === reason)
  return known ? known[1][language] : (reason ?? '')
}
