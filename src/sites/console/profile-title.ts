import type { Phrase } from '#platform/words.ts'

export const profileTitle: Phrase = { ja: 'プロフィール', en: 'Profile' }
