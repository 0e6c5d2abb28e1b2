import type { JSX } from 'preact'
import type { Lock } from '#features/sign-in/locked.ts'
import { formatTime } from '#platform/time/format.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { reasonWord } from '../access-history/words.ts'
import { paths } from '../paths.ts'

const words = {
  until: {
    ja: (time: string) => `${time}まで、ログインできません`,
    en: (time: string) => `Cannot log in before ${time}`,
  },
  why: {
    ja: (reasons: string, last: string) =>
      `ログインの失敗が続いたため、ロックされました。前回のログイン以降の失敗：${reasons}。最後の失敗：${last}`,
    en: (reasons: string, last: string) =>
      `Locked because logging in failed several times in a row. Failures since the last login: ${reasons}. Last failure: ${last}.`,
  },
  unknown: { ja: (last: string) => `最後の失敗：${last}`, en: (last: string) => `Last failure: ${last}.` },
  times: {
    ja: (reason: string, n: number) => `${reason} ${n}回`,
    en: (reason: string, n: number) => `${reason}: ${n}`,
  },
  history: { ja: 'アクセス履歴を確認する', en: 'See the access history' },
}

export interface LockNoticeProps {
  lock: Lock
  userId: string
  reader: Reader
}

/** Until when a user cannot log in, and why. */
export function LockNotice({ lock: { until, lastFailedAt, failures }, userId, reader }: LockNoticeProps): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const time = (moment: Date): string => formatTime(moment, 'date-time', { zone, language, now })
  const reasons = failures.map(({ reason, times }) => text.times(reasonWord({ reason }, language), times))
  return (
    <Notice
      kind="trouble"
      icon="lock"
      heading={text.until(time(until))}
      action={<a href={hrefOf(paths.accessHistory, { user: userId })}>{text.history}</a>}
    >
      {reasons.length > 0
        ? text.why(formatList(reasons, language), time(lastFailedAt))
        : text.unknown(time(lastFailedAt))}
    </Notice>
  )
}
