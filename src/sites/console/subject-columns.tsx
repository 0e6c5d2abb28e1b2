import type { Subject } from '#features/subjects/subject.ts'
import type { ListColumn } from '#platform/web/list.ts'
import type { Language } from '#platform/words.ts'
import { paths } from './paths.ts'

interface CustomersRow {
  customer: { id: string; name: string }
  subject: Subject
}

/** Of a list over all customers: whose it is, and what it is about. */
export const subjectColumns = {
  customer: { cell: ({ customer: { id, name } }) => <a href={paths.customer({ id })}>{name}</a> },
  subject: {
    cell: ({ subject: { service, contract } }, { language }) => (
      <>
        {service.name[language]}
        {contract && <div class="small-text number">{contract.number}</div>}
      </>
    ),
  },
} satisfies Record<string, ListColumn<CustomersRow, { language: Language }>>

export const subjectColumnWords = {
  customer: { ja: 'お客様', en: 'Customer' },
  subject: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
}
