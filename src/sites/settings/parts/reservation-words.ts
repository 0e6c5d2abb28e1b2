import type { ReservationState } from '#features/reservations/values.ts'
import type { Phrase } from '#platform/words.ts'

export const reservationStateWords: Record<ReservationState, Phrase> = {
  waiting: { ja: '予約中', en: 'Reserved' },
  done: { ja: '実施済み', en: 'Made' },
  failed: { ja: '失敗', en: 'Not made' },
  withdrawn: { ja: '取り消し', en: 'Withdrawn' },
}
