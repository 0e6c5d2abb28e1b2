import { prefectures } from '#features/network-map/prefectures.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { listTitles } from '../list-titles.ts'

export const mapTitle: Phrase = listTitles['network-map']
export const prefectureLabel: Phrase = { ja: '都道府県', en: 'Prefecture' }

export function prefectureName(code: number | null, language: Language): string {
  return (code === null ? undefined : prefectures.get(code)?.name[language]) ?? ''
}
