import type { SiteName } from '#features/site-state/find.ts'
import type { Phrase } from '#platform/words.ts'

export const maintenanceTitle: Phrase = { ja: 'メンテナンス', en: 'Maintenance' }

export const siteWords: Record<SiteName, Phrase> = {
  portal: { ja: 'ビジネスポータル', en: 'Business Portal' },
  settings: { ja: 'Web設定変更サイト', en: 'Settings site' },
}
