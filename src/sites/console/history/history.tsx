import { type HouseChange, houseChanges } from '#features/change-history/house-list.ts'
import { PlainState } from '#platform/ui/text/status.tsx'
import { actionWord } from '#sites/frame/states/action-words.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { HistoryTabs, historyWords } from './history-tabs.tsx'

const words = {
  title: historyWords.history,
  lead: {
    ja: 'どのお客様のものでもない変更（担当者、取り込み、お知らせなど）を、新しい順に表示します。お客様の分は、お客様の変更履歴に残ります。',
    en: 'What was changed that is of no customer: staff, imports, notices. What staff do for customers stands in their histories.',
  },
  none: { ja: '変更はまだありません。', en: 'Nothing was changed yet.' },
  noMatch: { ja: '条件に合う変更がありません', en: 'No change matches' },
  at: { ja: '日時', en: 'When' },
  actor: { ja: '操作した人', en: 'Who' },
  command: { ja: 'コマンドライン', en: 'Command line' },
  action: { ja: '操作', en: 'Action' },
  subject: { ja: '対象', en: 'Subject' },
  change: { ja: '内容', en: 'Change' },
  seal: { ja: '封印', en: 'Sealed' },
  sealed: { ja: (n: string) => `${n}番`, en: (n: string) => `No. ${n}` },
  waits: { ja: '封印待ち', en: 'Not yet' },
}

/** The operator's own history. */
export const historyPage = staffConsole.list({
  path: paths.history,
  allow: 'security',
  words,
  from: houseChanges,
  above: ({ reader }) => <HistoryTabs current="history" language={reader.language} />,
  empty: ({ data: { list }, words: text }) =>
    list.all === 0 && !list.isFiltered ? <PlainState>{text.none}</PlainState> : null,
  columns: {
    at: { phone: 'before', cell: ({ at }, { time }) => time(at) },
    action: { header: true, cell: ({ action }, { language }) => actionWord(action, language) },
    subject: { long: true, phone: 'below', cell: ({ subject }) => subject.name },
    change: { long: true, phone: 'below', cell: (change) => <Differences {...change} /> },
    actor: { phone: 'labelled', cell: ({ actor }, { words: text }) => actor || text.command },
    seal: {
      phone: 'hidden',
      cell: ({ sequence }, { words: text }) =>
        sequence === null ? text.waits : <PlainState icon="lock">{text.sealed(sequence)}</PlainState>,
    },
  },
})

function Differences({ before, after }: HouseChange) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return fields.length === 0 ? null : (
    <ul>
      {fields.map((field) => (
        <li key={field}>
          {field}: {before?.[field] !== undefined && `${String(before[field])} → `}
          {String(after?.[field] ?? '–')}
        </li>
      ))}
    </ul>
  )
}
