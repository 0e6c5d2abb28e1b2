import type { NoticeState } from '#features/first-login/notice-state.ts'
import type { PeriodStage } from '#features/periods-of-use/period.ts'
import type { UserState } from '#features/users/user.ts'
import type { Phrase } from '#platform/words.ts'

export const stageWords: Record<PeriodStage, Phrase> = {
  ahead: { ja: '利用開始前', en: 'Not begun' },
  running: { ja: '利用期間中', en: 'Within the period' },
  over: { ja: '利用終了', en: 'Ended' },
}

export const stateWords: Record<UserState, Phrase> = {
  locked: { ja: 'ロック中', en: 'Locked' },
  'awaiting-registration': { ja: '登録待ち', en: 'Awaiting registration' },
  suspended: { ja: '一時停止', en: 'Suspended' },
  active: { ja: '有効', en: 'Active' },
}

export const noticeWords: Record<NoticeState, Phrase> = {
  queued: { ja: '案内メール：送信待ち', en: 'Notice: waiting to be sent' },
  sent: { ja: '案内メール：送信済み', en: 'Notice: sent' },
  refused: { ja: '案内メール：届きませんでした', en: 'Notice: refused' },
  expired: { ja: '案内メール：送信できませんでした', en: 'Notice: could not be sent' },
  kept: { ja: '案内メール：デモの受信箱', en: 'Notice: in the mailbox of the demo' },
}
