import type { JSX } from 'preact'
import type { BesideReview } from '#features/access-reviews/tally.ts'
import { hrefOf, type ListQuery } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { groupWord } from '../users/words.ts'

const words = {
  label: { ja: '絞り込み', en: 'Filter' },
  ofUser: {
    ja: (name: string) => `${name}さんに与えられている権限だけを表示しています。`,
    en: (name: string) => `Only rights that ${name} has are shown.`,
  },
  ofGroup: {
    ja: (name: string) => `「${name}」だけを表示しています。`,
    en: (name: string) => `Only what belongs to “${name}” is shown.`,
  },
  all: { ja: 'すべて表示する', en: 'Show all' },
}

interface NarrowedProps {
  beside: BesideReview
  /** Of the list, without a query. */
  path: string
  query: ListQuery
  language: Language
}

/** That a list is of one user or of one group; nothing while it is of all. */
export function Narrowed({ beside: { user, group }, path, query, language }: NarrowedProps): JSX.Element | null {
  const text = inLanguage(words, language)
  if (user === null && group === null) return null
  return (
    <Notice
      kind="info"
      label={text.label}
      action={<a href={hrefOf(path, { ...query, user: undefined, group: undefined })}>{text.all}</a>}
    >
      {user === null ? group && text.ofGroup(groupWord(group, language)) : text.ofUser(user)}
    </Notice>
  )
}
