import type { JSX } from 'preact'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { inLanguage } from '#platform/words.ts'
import { dueText } from '../parts/due.tsx'
import type { ReservedProps } from '../parts/reserved.tsx'
import { paths } from '../paths.ts'

const words = {
  coming: { ja: 'これからの予約', en: 'Reserved changes to come' },
  all: { ja: '予約をすべて見る', en: 'See all' },
  due: { ja: '反映する日時', en: 'When it counts' },
  what: { ja: '変更する内容', en: 'What will be changed' },
  by: { ja: '予約した人', en: 'By' },
}

/** What is to be changed next; nothing when nothing is reserved. */
export function ComingReservations({ contract, line, reservations, reader }: ReservedProps): JSX.Element | null {
  if (reservations.length === 0) return null
  const text = inLanguage(words, reader.language)
  return (
    <Section heading={text.coming} action={<a href={paths.reservations({ contract })}>{text.all}</a>}>
      <Table
        caption={text.coming}
        rows={reservations}
        rowKey={({ id }) => id}
        columns={[
          { label: text.due, cell: ({ dueAt }) => dueText(dueAt, line.timeZone, reader), phone: 'before' },
          {
            label: text.what,
            header: true,
            long: true,
            cell: ({ id, action, subject }) => (
              <a href={paths.reservation({ contract, id })}>
                {[lineActionWords[action][reader.language], subject].filter(Boolean).join(' ')}
              </a>
            ),
          },
          { label: text.by, cell: ({ by }) => by },
        ]}
      />
    </Section>
  )
}
