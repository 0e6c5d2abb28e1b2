import type { Contract } from '#features/contracts/find.ts'
import type { Line } from '#features/lines/open.ts'
import { reservationList } from '#features/reservations/list.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import type { ShownList } from '#platform/web/list-request.ts'
import { linkWords } from '../links.ts'
import { dueText } from '../parts/due.tsx'
import { LineHeading } from '../parts/line-heading.tsx'
import type { KindOf } from '../parts/list-kind.ts'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { reservationStateWords } from '../parts/reservation-words.ts'
import { StateMark } from './state-mark.tsx'

const words = {
  title: linkWords.reservations,
  caption: { ja: '予約した設定変更', en: 'Reserved changes of settings' },
  noMatch: { ja: '条件に合う予約がありません', en: 'No reserved change matches' },
  none: { ja: '予約はまだありません', en: 'Nothing has been reserved yet' },
  noneText: {
    ja: '設定の画面で「日時を指定する」を開いて日時を入力すると、その日時に反映する変更を予約できます。',
    en: 'Open “Choose when” on a page of settings and enter a time: the change is made then.',
  },
  due: { ja: '反映する日時', en: 'When it counts' },
  what: { ja: '変更する内容', en: 'What will be changed' },
  about: { ja: '対象', en: 'About' },
  by: { ja: '予約した人', en: 'By' },
  reserved: { ja: '予約した日時', en: 'Reserved on' },
  state: { ja: '状態', en: 'State' },
}

interface Data {
  list: ShownList<KindOf<typeof reservationList>>
  contract: Contract
  line: Line
}

/** 予約: what is to be changed at its moment, and what has become of it. */
export const reservationsPage = settings.list({
  path: paths.reservations,
  allow: 'line',
  words,
  from: reservationList,
  load: async ({ contract, line }, _asked, read): Promise<Data> => ({ list: await read(undefined), contract, line }),
  within: ({ contract }) => contract.service.code,
  heading: ({ data: { contract }, words: text, reader: { language } }) => (
    <LineHeading language={language} contract={{ ...contract, mayEdit: true }} heading={text.title} />
  ),
  empty: ({ words: text }) => (
    <EmptyState icon="calendar" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { state: { labels: reservationStateWords, icons: { failed: 'warning' } } },
  columns: {
    due: {
      phone: 'before',
      cell: ({ dueAt }, { data, reader }) => dueText(dueAt, data.line.timeZone, reader),
      csvTime: ({ dueAt }) => dueAt,
    },
    what: {
      header: true,
      long: true,
      cell: ({ id, action }, { data, language }) => (
        <a href={paths.reservation({ contract: data.contract.id, id })}>{lineActionWords[action][language]}</a>
      ),
      csv: ({ action }, language) => lineActionWords[action][language],
    },
    about: { long: true, cell: ({ subject }) => subject || '-', csv: ({ subject }) => subject },
    by: { phone: 'labelled', cell: ({ by }) => by, csv: ({ by }) => by },
    reserved: {
      phone: 'labelled',
      cell: ({ reservedAt }, { time }) => time(reservedAt),
      csvTime: ({ reservedAt }) => reservedAt,
    },
    state: {
      phone: 'end',
      cell: ({ state }, { language }) => <StateMark state={state} language={language} />,
      csv: ({ state }, language) => reservationStateWords[state][language],
    },
  },
  csv: paths.reservationsCsv.pattern,
  whose: ({ contract }) => contract.number,
})
