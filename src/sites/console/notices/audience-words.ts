import { numberIn } from '#platform/ui/list/list-query.tsx'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  all: { ja: 'すべてのお客様', en: 'all customers' },
  customers: { ja: (n: string) => `お客様${n}社`, en: (n: string) => `${n} customers` },
  services: { ja: (n: string) => `${n}サービス`, en: (n: string) => `${n} services` },
  administrators: { ja: 'ポータル管理者のみ', en: 'administrators alone' },
}

interface AudienceCounts {
  /** Null: all. */
  customers: number | null
  services: number | null
  isForAdministrators: boolean
}

/** Whom a notice is for, in short. */
export function audienceIn({ customers, services, isForAdministrators }: AudienceCounts, language: Language): string {
  const text = inLanguage(words, language)
  const parts = [
    customers === null ? text.all : text.customers(numberIn(language, customers)),
    ...(services === null ? [] : [text.services(numberIn(language, services))]),
    ...(isForAdministrators ? [text.administrators] : []),
  ]
  return parts.join(language === 'ja' ? '・' : ', ')
}
