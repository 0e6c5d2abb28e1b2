import type { MailTopic } from '#features/mail-wishes/topics.ts'
import type { Language, Phrase } from '#platform/words.ts'

export const mailTopicWords: Record<MailTopic, Phrase> = {
  fault: { ja: '故障', en: 'Faults' },
  works: { ja: '工事', en: 'Works' },
  order: { ja: 'お申し込みの進捗', en: 'Progress of orders' },
  news: { ja: 'お知らせ', en: 'News' },
}

const words = {
  everything: { ja: 'すべてのお知らせ', en: 'All news' },
  all: { ja: '参照できるすべてのご契約', en: 'All contracts that you can view' },
  site: { ja: '拠点：', en: 'Site: ' },
  contract: { ja: 'ご契約：', en: 'Contract: ' },
}

interface ScopeNames {
  topic: MailTopic
  service: Phrase | null
  site: string | null
  contract: string | null
}

/** About what a wish is, in words. */
export function scopeIn({ topic, service, site, contract }: ScopeNames, language: Language): string {
  if (topic === 'news') return words.everything[language]
  if (service) return service[language]
  if (site !== null) return `${words.site[language]}${site}`
  return contract === null ? words.all[language] : `${words.contract[language]}${contract}`
}
