import type { ComponentChildren, JSX } from 'preact'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  shown: {
    ja: (from: number, to: number, all: number) => `${all}件中 ${from}～${to}件`,
    en: (from: number, to: number, all: number) => `${from}–${to} of ${all}`,
  },
  before: { ja: '前へ', en: 'Previous' },
  after: { ja: '次へ', en: 'Next' },
}

/** Rows of one page. */
const pageSize = 100

export interface InPagesProps<Row> {
  all: readonly Row[]
  /** Where the rows are shown, and which page of them the address asks for. */
  path: string
  page: string | undefined
  language: Language
  children: (part: readonly Row[]) => ComponentChildren
}

/** The rows of a file that was brought, a hundred at a time. */
export function InPages<Row>({ all, path, page: asked, language, children }: InPagesProps<Row>): JSX.Element {
  const text = inLanguage(words, language)
  const last = Math.max(1, Math.ceil(all.length / pageSize))
  const page = Math.min(/^[1-9]\d{0,3}$/.test(asked ?? '') ? Number(asked) : 1, last)
  const from = (page - 1) * pageSize
  const part = all.slice(from, from + pageSize)
  const href = (to: number): string => `${path}?page=${to}`
  return (
    <>
      {children(part)}
      {last > 1 && (
        <p class="small-text">
          {text.shown(from + 1, from + part.length, all.length)}{' '}
          {page > 1 && <a href={href(page - 1)}>{text.before}</a>}{' '}
          {page < last && <a href={href(page + 1)}>{text.after}</a>}
        </p>
      )}
    </>
  )
}
