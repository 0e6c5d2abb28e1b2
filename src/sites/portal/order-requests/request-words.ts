import type { Language } from '#platform/words.ts'

const shownByName = 3

/** 「山田 太郎さん、佐藤 花子さん ほか2名」 */
export function approversIn(approvers: readonly { name: string }[], language: Language): string {
  const names = approvers.slice(0, shownByName).map(({ name }) => (language === 'ja' ? `${name}さん` : name))
  const others = approvers.length - names.length
  const more = language === 'ja' ? ` ほか${others}名` : ` and ${others} more`
  return `${names.join(language === 'ja' ? '、' : ', ')}${others > 0 ? more : ''}`
}
