import type { JSX } from 'preact'
import { Table } from '#platform/ui/list/table.tsx'
import type { ToldChange } from './row-words.ts'

/** Of a big change the first fields are told. */
export const mostTold = 200

export interface ToldProps {
  changes: readonly ToldChange[]
  caption: string
  text: Record<'thing' | 'field' | 'before' | 'after', string>
}

/** What a change makes of each field. */
export function Told({ changes, caption, text }: ToldProps): JSX.Element {
  return (
    <Table
      caption={caption}
      rows={changes}
      rowKey={({ about, field }) => `${about} ${field}`}
      columns={[
        { label: text.thing, header: true, cell: ({ about }) => about },
        { label: text.field, cell: ({ field }) => field },
        { label: text.before, long: true, cell: ({ before }) => before, phone: 'labelled' },
        { label: text.after, long: true, cell: ({ after }) => after, phone: 'labelled' },
      ]}
    />
  )
}
