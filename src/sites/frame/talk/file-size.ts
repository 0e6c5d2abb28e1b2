import type { Language } from '#platform/words.ts'

/** Rounded up, so that what is too large never looks as if it fitted. */
export function sizeInWords(bytes: number, language: Language): string {
  const locale = language === 'ja' ? 'ja-JP' : 'en-GB'
  const [size, unit] =
    bytes < 1024 ** 2 ? [Math.ceil(bytes / 1024), 'KB'] : [Math.ceil((bytes / 1024 ** 2) * 10) / 10, 'MB']
  return `${size.toLocaleString(locale)}${language === 'ja' ? '' : ' '}${unit}`
}
