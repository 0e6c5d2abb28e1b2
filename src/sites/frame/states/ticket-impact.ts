import type { TicketImpact } from '#features/tickets/values.ts'
import type { Phrase } from '#platform/words.ts'

export const ticketImpactWords: Record<TicketImpact, Phrase> = {
  down: { ja: '全く使えない', en: 'Nothing works' },
  partly: { ja: '一部が使えない', en: 'Part of it does not work' },
  question: { ja: '使えている（質問・相談）', en: 'It works; this is a question' },
}
