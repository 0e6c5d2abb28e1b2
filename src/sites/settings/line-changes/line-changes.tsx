import type { Contract } from '#features/contracts/find.ts'
import type { Origin } from '#features/line-changes/actions.ts'
import { lineChangeList, type LineChangeRow } from '#features/line-changes/list.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { ShownList } from '#platform/web/list-request.ts'
import type { Phrase } from '#platform/words.ts'
import { linkWords } from '../links.ts'
import { LineHeading } from '../parts/line-heading.tsx'
import type { KindOf } from '../parts/list-kind.ts'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  title: linkWords.lineChanges,
  caption: { ja: '設定の変更履歴', en: 'Changes of settings' },
  noMatch: { ja: '条件に合う変更がありません', en: 'No change matches' },
  none: { ja: '変更はまだありません', en: 'Nothing has been changed yet' },
  noneText: { ja: '設定を変更すると、ここに記録されます。', en: 'Changes are recorded here.' },
  time: { ja: '日時', en: 'Time' },
  what: { ja: '変更した内容', en: 'What was changed' },
  about: { ja: '対象', en: 'About' },
  by: { ja: '変更した人', en: 'By' },
  origin: { ja: '方法', en: 'How' },
  state: { ja: '状態', en: 'State' },
  inForce: { ja: '反映済み', en: 'In force' },
  undone: { ja: '元に戻した', en: 'Undone' },
}

export const originWords: Record<Origin, Phrase> = {
  form: { ja: '画面', en: 'Page' },
  csv: { ja: 'CSV', en: 'CSV' },
  copy: { ja: 'ほかのご契約から', en: 'From another contract' },
  reservation: { ja: '予約', en: 'Reserved' },
  undo: { ja: '元に戻す', en: 'Undo' },
  operator: { ja: '通信事業者', en: 'Operator' },
}

interface Data {
  list: ShownList<KindOf<typeof lineChangeList>>
  contract: Contract
}

/** 変更履歴 */
export const lineChangesPage = settings.list({
  path: paths.lineChanges,
  allow: 'line',
  words,
  from: lineChangeList,
  load: async ({ contract }, _asked, read): Promise<Data> => ({ list: await read(undefined), contract }),
  within: ({ contract }) => contract.service.code,
  heading: ({ data: { contract }, words: text, reader: { language } }) => (
    <LineHeading language={language} contract={{ ...contract, mayEdit: true }} heading={text.title} />
  ),
  empty: ({ words: text }) => (
    <EmptyState icon="clock" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { origin: { labels: originWords } },
  columns: {
    time: { phone: 'before', cell: ({ at }, { time }) => time(at), csvTime: ({ at }) => at },
    what: {
      header: true,
      long: true,
      cell: ({ id, action }, { data, language }) => (
        <a href={paths.lineChange({ contract: data.contract.id, change: String(id) })}>
          {lineActionWords[action][language]}
        </a>
      ),
      csv: ({ action }, language) => lineActionWords[action][language],
    },
    about: { long: true, cell: ({ subject }) => subject || '-', csv: ({ subject }) => subject },
    by: { cell: ({ by }) => by, csv: ({ by }) => by },
    origin: {
      phone: 'hidden',
      cell: ({ origin }, { language }) => originWords[origin][language],
      csv: ({ origin }, language) => originWords[origin][language],
    },
    state: {
      phone: 'end',
      cell: (row, { words: text }) => stateMark(row, text),
      csv: ({ undoneBy }, language) => words[undoneBy === null ? 'inForce' : 'undone'][language],
    },
  },
  csv: paths.lineChangesCsv.pattern,
  whose: ({ contract }) => contract.number,
})

function stateMark({ undoneBy }: LineChangeRow, text: { inForce: string; undone: string }) {
  return undoneBy === null ? <PlainState>{text.inForce}</PlainState> : <Badge kind="plain">{text.undone}</Badge>
}
