import type { IconName } from '#platform/ui/text/icon.tsx'
import type { Phrase } from '#platform/words.ts'
import { reservationStateWords } from './reservation-words.ts'

/** What the chip of a reservation chooses by, alone and beside others. */
export const reservedWord: Phrase = { ja: '予約', en: 'Reserved changes' }
export const reservedChipsWords: Phrase = { ja: '表示する範囲', en: 'Which are shown' }

/** The chip of those for which a change is reserved; that of all others is none. */
export const reservedChips: {
  labels: Record<'reserved' | 'none', Phrase>
  icons: Partial<Record<'reserved' | 'none', IconName>>
  hidden: readonly 'none'[]
} = {
  labels: { reserved: reservationStateWords.waiting, none: { ja: '予約なし', en: 'Not reserved' } },
  icons: { reserved: 'clock' },
  hidden: ['none'],
}
