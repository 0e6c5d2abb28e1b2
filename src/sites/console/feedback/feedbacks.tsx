import { feedbackQueue } from '#features/feedback/queue.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { feedbackKindWords, feedbackStateWords, feedbackTitle } from './feedback-words.ts'

const words = {
  title: feedbackTitle,
  lead: {
    ja: 'すべてのお客様の分を、新しい順に表示します。2年で消去します。',
    en: 'Of all customers, the newest first. It is erased after two years.',
  },
  chips: { ja: '状態と種類', en: 'State and kind' },
  none: { ja: 'ご意見はありません。', en: 'Nobody has said anything.' },
  noMatch: { ja: '条件に合うご意見がありません', en: 'No feedback matches' },
  state: { ja: '状態', en: 'State' },
  text: { ja: 'ご意見', en: 'Feedback' },
  empty: { ja: '（本文なし）', en: '(no text)' },
  page: { ja: 'ページ', en: 'Page' },
  customer: { ja: 'お客様', en: 'Customer' },
  at: { ja: '日時', en: 'When' },
}

/** What users say of pages, over all customers. */
export const feedbacksPage = staffConsole.list({
  path: paths.feedback,
  allow: 'support',
  words,
  from: feedbackQueue,
  chips: { state: { labels: feedbackStateWords }, kind: { labels: feedbackKindWords } },
  empty: ({ data: { list }, words: text }) =>
    list.all === 0 && !list.isFiltered ? <PlainState>{text.none}</PlainState> : null,
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) =>
        state === 'open' ? (
          <Badge kind="current">{feedbackStateWords.open[language]}</Badge>
        ) : (
          <PlainState>{feedbackStateWords.done[language]}</PlainState>
        ),
    },
    text: {
      header: true,
      long: true,
      cell: ({ id, text, kind }, { language, words: said }) => (
        <>
          <a href={paths.feedbackOf({ id })}>{begin(text) || said.empty}</a>
          <div class="small-text">{feedbackKindWords[kind ?? 'none'][language]}</div>
        </>
      ),
    },
    page: { long: true, phone: 'labelled', cell: ({ page }) => <code>{page}</code> },
    customer: {
      phone: 'labelled',
      cell: ({ customer: { id, name } }) => <a href={paths.customer({ id })}>{name}</a>,
    },
    at: { phone: 'labelled', cell: ({ at }, { time }) => time(at) },
  },
})

/** The first letters. */
function begin(text: string): string {
  const first = /^.{0,120}/su.exec(text)?.[0] ?? ''
  return first.length < text.length ? `${first}…` : text
}
