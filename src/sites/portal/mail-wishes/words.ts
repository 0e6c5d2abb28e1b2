import type { MailTopic } from '#features/mail-wishes/topics.ts'
import type { Language, Phrase } from '#platform/words.ts'

export const mailTopicWords: Record<MailTopic, Phrase> = {
  fault: { ja: '故障', en: 'Faults' },
  works: { ja: '工事', en: 'Works' },
  order: { ja: 'お申し込みの進捗', en: 'Progress of orders' },
}

const words = {
  all: { ja: '参照できるすべてのご契約', en: 'All contracts that you can view' },
  site: { ja: '拠点：', en: 'Site: ' },
  contract: { ja: 'ご契約：', en: 'Contract: ' },
}

/** About what a wish is, in words. */
export function scopeIn(
  { service, site, contract }: { service: Phrase | null; site: string | null; contract: string | null },
  language: Language,
): string {
  if (service) return service[language]
  if (site !== null) return `${words.site[language]}${site}`
  return contract === null ? words.all[language] : `${words.contract[language]}${contract}`
}
