import type { CampaignState } from '#features/notices/campaign.ts'
import type { Phrase } from '#platform/words.ts'

export const noticesTitle: Phrase = { ja: 'お知らせ', en: 'Notices' }

export const campaignStateWords: Record<CampaignState, Phrase> = {
  draft: { ja: '下書き', en: 'Draft' },
  published: { ja: '公開', en: 'Published' },
  withdrawn: { ja: '取り下げ', en: 'Withdrawn' },
}
