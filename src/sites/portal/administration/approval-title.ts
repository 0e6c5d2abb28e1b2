import type { Phrase } from '#platform/words.ts'

export const approvalTitle: Phrase = { ja: '申請と承認', en: 'Approval of orders' }
