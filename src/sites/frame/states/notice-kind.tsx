import type { JSX } from 'preact'
import type { NoticeKind } from '#features/notices/list.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'

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

const words = {
  important: { ja: '重要', en: 'Important' },
  publishedBefore: { ja: '', en: 'published ' },
  publishedAfter: { ja: ' 掲載', en: '' },
}

export function ImportantMark({ language }: { language: Language }): JSX.Element {
  return <Badge kind="trouble">{words.important[language]}</Badge>
}

interface Led {
  notice: { kind: NoticeKind; isImportant: boolean; publishedAt: Date }
  language: Language
  reader: Pick<Reader, 'timeZone' | 'now'>
}

/** What stands below the title of a notice. */
export function NoticeLead({ notice, language, reader: { timeZone, now } }: Led): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <>
      {notice.isImportant && (
        <>
          <ImportantMark language={language} />{' '}
        </>
      )}
      <NoticeKindMark kind={notice.kind} language={language} /> {text.publishedBefore}
      <Time at={notice.publishedAt} zone={timeZone} language={language} now={now} />
      {text.publishedAfter}
    </>
  )
}
