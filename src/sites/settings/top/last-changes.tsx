import type { JSX } from 'preact'
import type { LineChangeRow } from '#features/line-changes/list.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  changes: { ja: '最近の変更', en: 'Last changes' },
  allChanges: { ja: '変更履歴をすべて見る', en: 'See the whole history' },
  noChanges: { ja: '変更はまだありません。', en: 'Nothing has been changed yet.' },
  time: { ja: '日時', en: 'Time' },
  what: { ja: '変更した内容', en: 'What was changed' },
  changedBy: { ja: '変更した人', en: 'By' },
}

export interface LastChangesProps {
  /** The id of the contract. */
  contract: string
  changes: readonly LineChangeRow[]
  reader: Reader
}

/** The newest changes of a line, each leading to what it has changed. */
export function LastChanges({ contract, changes, reader }: LastChangesProps): JSX.Element {
  const text = inLanguage(words, reader.language)
  const { language, timeZone: zone, now } = reader
  const of = { contract }
  return (
    <Section heading={text.changes} action={<a href={paths.lineChanges(of)}>{text.allChanges}</a>}>
      {changes.length === 0 ? (
        <p>{text.noChanges}</p>
      ) : (
        <Table
          caption={text.changes}
          rows={changes}
          rowKey={({ id }) => String(id)}
          columns={[
            {
              label: text.time,
              cell: ({ at }) => <Time at={at} zone={zone} language={language} now={now} />,
              phone: 'before',
            },
            {
              label: text.what,
              header: true,
              long: true,
              cell: ({ id, action, subject }) => (
                <a href={paths.lineChange({ ...of, change: String(id) })}>
                  {[lineActionWords[action][language], subject].filter(Boolean).join(' ')}
                </a>
              ),
            },
            { label: text.changedBy, cell: (change) => change.by },
          ]}
        />
      )}
    </Section>
  )
}
