import type { Language } from '../../words.ts'

const formats = {
  ja: new Intl.ListFormat('ja', { type: 'conjunction' }),
  en: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
}

/** 「営業部、総務部、大阪支店」, "Sales, Accounts and Osaka". */
export function formatList(items: readonly string[], language: Language): string {
  return formats[language].format(items)
}
