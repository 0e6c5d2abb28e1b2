import type { ViewingEnd } from '#features/viewings/list.ts'
import type { Phrase } from '#platform/words.ts'

export const viewingsTitle: Phrase = { ja: '通信事業者による画面確認', en: 'The operator looks at your screens' }

/** As the history keeps what was allowed. */
export const allowanceWords = {
  never: { ja: '許可しない', en: 'never' },
  'on-request': { ja: 'その都度許可する', en: 'on request' },
  open: { ja: '期限を決めて許可', en: 'open for a time' },
  always: { ja: 'いつでも許可する', en: 'always' },
} satisfies Record<string, Phrase>

export const viewingEndWords: Record<ViewingEnd, Phrase> = {
  'signed-out': { ja: '担当者が終了', en: 'ended by the member of staff' },
  idle: { ja: '15分間操作がなかった', en: 'nothing was done for 15 minutes' },
  time: { ja: '30分の上限', en: 'the limit of 30 minutes' },
  closed: { ja: '許可の終了、ユーザーまたは担当者の変更', en: 'leave was withdrawn, or user or staff changed' },
  replaced: { ja: '新しい画面確認の開始', en: 'another look was begun' },
}
