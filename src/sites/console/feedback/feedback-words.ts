import type { FeedbackState } from '#features/feedback/queue.ts'
import type { Phrase } from '#platform/words.ts'

export const feedbackTitle: Phrase = { ja: 'ページに対するご意見', en: 'Feedback on pages' }

export const feedbackKindWords: Record<'trouble' | 'good' | 'other' | 'none', Phrase> = {
  trouble: { ja: '困った', en: 'Trouble' },
  good: { ja: '良い', en: 'Good' },
  other: { ja: 'その他', en: 'Other' },
  none: { ja: '選択なし', en: 'Not said' },
}

export const feedbackStateWords: Record<FeedbackState, Phrase> = {
  open: { ja: '未対応', en: 'Open' },
  done: { ja: '対応済み', en: 'Done' },
}
