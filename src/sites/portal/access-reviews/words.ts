import { stateWords } from '#sites/frame/states/user-state-words.ts'
import { rightLabels } from '#sites/frame/guide-labels.ts'
import type { RightReviewed, UserReviewed } from '#features/access-reviews/lists.ts'
import type { Finding } from '#features/access-reviews/source.ts'
import type { Level } from '#features/rights/level.ts'
import { formatTime, zoneLabel } from '#platform/time/format.ts'
import type { Reader } from '#platform/web/page.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { listTitles } from '../list-titles.ts'

export const reviewTitle: Phrase = listTitles['access-review']
export const closedReviewsTitle: Phrase = { ja: '過去の棚卸し', en: 'Earlier reviews' }

/** What each tab of a review lists. */
export const reviewTabs = {
  users: { ja: 'ユーザー', en: 'Users' },
  groups: { ja: 'ユーザーグループ', en: 'User groups' },
  rights: { ja: '権限', en: 'Rights' },
  closed: closedReviewsTitle,
} satisfies Record<string, Phrase>

export const findingWords: Record<Finding, Phrase> = {
  quiet: { ja: '90日以上ログインなし', en: 'Not logged in for 90 days' },
  unused: { ja: '編集権限を180日以上使用せず', en: 'Right to edit unused for 180 days' },
  nobody: { ja: '所属するユーザーなし', en: 'Without members' },
}

export const reviewLabels = {
  level: { ja: '権限', en: 'Right' },
  lastEdit: { ja: '最終変更', en: 'Last change' },
  findings: { ja: '要確認', en: 'To be looked at' },
  members: { ja: '所属するユーザー', en: 'Members' },
  what: { ja: '対象', en: 'For' },
  asOf: { ja: '基準日時', en: 'As of' },
  closedAt: { ja: '完了日時', en: 'Closed' },
  closedBy: { ja: '実施者', en: 'By' },
  note: { ja: '所見', en: 'Note' },
} satisfies Record<string, Phrase>

/** A level in words; without any, nothing may be seen. */
export function reviewedLevel(level: Level | null, language: Language): string {
  return rightLabels[level ?? 'none'][language]
}

const outside: Phrase = { ja: '利用期間外', en: 'Outside the period of use' }

/** Whether a user could use the portal then. */
export function stateThen({ state, isOutside }: Pick<UserReviewed, 'state' | 'isOutside'>, language: Language): string {
  return (state === 'active' && isOutside ? outside : stateWords[state])[language]
}

/** What a rule is for. */
export function whatOf({ service, contract }: Pick<RightReviewed, 'service' | 'contract'>, language: Language): string {
  return contract ?? service?.[language] ?? rightLabels.allServices[language]
}

/** 「2026年11月30日（月） 24:00 日本標準時（UTC+9）」: the year always, for it is read years later. */
export function momentWord(at: Date, { language, timeZone: zone }: Pick<Reader, 'language' | 'timeZone'>): string {
  // As somebody sees it for whom this year is long gone.
  const text = formatTime(at, 'date-time', { zone, language, now: new Date(0) })
  return `${text} ${zoneLabel(zone, language, at)}`
}
