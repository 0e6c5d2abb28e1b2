import type { JSX } from 'preact'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

export const historyWords = {
  histories: { ja: '履歴', en: 'Histories' },
  history: { ja: '自社の変更履歴', en: 'Our own changes' },
  visits: { ja: '担当者の閲覧', en: 'Looks of staff' },
}

export function HistoryTabs({ current, language }: { current: 'history' | 'visits'; language: Language }): JSX.Element {
  const text = inLanguage(historyWords, language)
  return (
    <PageTabs
      label={text.histories}
      tabs={(['history', 'visits'] as const).map((each) => ({
        label: text[each],
        href: paths[each],
        isCurrent: each === current,
      }))}
    />
  )
}
