import type { Phrase } from '#platform/words.ts'

export const viewTitle: Phrase = { ja: 'お客様画面を確認する', en: 'Look at the customer’s screens' }
