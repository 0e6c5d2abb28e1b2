import { campaignList } from '#features/notices/campaign.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import { ImportantMark, noticeKindIcons, NoticeKindMark, noticeKindWords } from '#sites/frame/states/notice-kind.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { audienceIn } from './audience-words.ts'
import { campaignStateWords, noticesTitle } from './notice-words.ts'

const words = {
  title: noticesTitle,
  lead: {
    ja: 'お客様にお見せするお知らせを書き、確認してから公開します。取り込みファイルのお知らせは、ここにはありません。',
    en: 'Write what customers are told, look at it, then publish it. What files bring is not among it.',
  },
  add: { ja: 'お知らせを書く', en: 'Write a notice' },
  chips: { ja: '状態と種別', en: 'State and kind' },
  none: { ja: 'お知らせはまだありません。', en: 'No notice was written yet.' },
  noMatch: { ja: '条件に合うお知らせがありません', en: 'No notice matches' },
  state: { ja: '状態', en: 'State' },
  notice: { ja: 'お知らせ', en: 'Notice' },
  audience: { ja: '対象', en: 'For' },
  published: { ja: '掲載開始', en: 'Shown from' },
  ends: { ja: '掲載終了', en: 'Until' },
  by: { ja: '担当者', en: 'By' },
}

/** What the staff tell customers. */
export const noticesPage = staffConsole.list({
  path: paths.notices,
  allow: 'content',
  words,
  from: campaignList,
  actions: ({ words: text }) => (
    <ButtonLink small icon="plus" href={paths.addNotice}>
      {text.add}
    </ButtonLink>
  ),
  chips: {
    state: { labels: campaignStateWords },
    kind: { labels: noticeKindWords, icons: noticeKindIcons },
  },
  empty: ({ data: { list }, words: text }) =>
    list.all === 0 && !list.isFiltered ? <PlainState>{text.none}</PlainState> : null,
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) => (
        <Badge kind={state === 'draft' ? 'current' : 'plain'}>{campaignStateWords[state][language]}</Badge>
      ),
    },
    notice: {
      header: true,
      long: true,
      cell: ({ id, title, kind, isImportant }, { language }) => (
        <>
          {isImportant && <ImportantMark language={language} />} <a href={paths.notice({ id })}>{title[language]}</a>
          <div class="small-text">
            <NoticeKindMark kind={kind} language={language} />
          </div>
        </>
      ),
    },
    audience: { phone: 'labelled', cell: (row, { language }) => audienceIn(row, language) },
    published: { phone: 'labelled', cell: ({ publishedAt }, { time }) => time(publishedAt) },
    ends: { phone: 'hidden', cell: ({ endsAt }, { time }) => endsAt && time(endsAt) },
    by: { phone: 'labelled', cell: ({ madeBy }) => <span class="number">{madeBy}</span> },
  },
})
