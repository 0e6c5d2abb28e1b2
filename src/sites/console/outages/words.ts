import { userLabels } from '#sites/frame/guide-labels.ts'
import type { Phrase } from '#platform/words.ts'

export const outagesTitle: Phrase = { ja: '障害・工事', en: 'Faults and works' }

export const worksTitle: Phrase = { ja: '工事カレンダー', en: 'Calendar of works' }

/** What the pages about one outage say alike. */
export const outageWords = {
  version: { ja: '版', en: 'Version' },
  cancel: userLabels.cancel,
  meanwhile: {
    ja: 'この画面を開いたあとに、ほかの担当者が変更しました。最新の内容を確認してから、もう一度操作してください。',
    en: 'Somebody changed this after you opened the page. Look at what it is now, then try again.',
  },
} satisfies Record<string, Phrase>
