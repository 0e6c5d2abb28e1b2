import type { JSX } from 'preact'
import type { NoticeKind } from '#features/notices/list.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import type { Language, Phrase } from '#platform/words.ts'

export const noticeKindWords: Record<NoticeKind, Phrase> = {
  news: { ja: 'ご案内', en: 'News' },
  works: { ja: '工事', en: 'Works' },
}

export const noticeKindIcons = { news: 'info', works: 'wrench' } as const

export function NoticeKindMark({ kind, language }: { kind: NoticeKind; language: Language }): JSX.Element {
  return (
    <span class="plain-state">
      <Icon name={noticeKindIcons[kind]} />
      {noticeKindWords[kind][language]}
    </span>
  )
}
