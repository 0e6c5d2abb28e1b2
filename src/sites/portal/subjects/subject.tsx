import type { JSX } from 'preact'
import type { Subject, TicketSubject } from '#features/subjects/subject.ts'
import type { ListColumn } from '#platform/web/list.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'

/** In the place of a service. */
export const ofPortal: Phrase = { ja: 'このポータル', en: 'This portal' }

/** The contract that something is about; nothing when it is about a service as such. */
export function SubjectContract({ subject: { contract } }: { subject: Pick<Subject, 'contract'> }): JSX.Element | null {
  if (!contract) return null
  const { id, number } = contract
  return id === null ? <span class="number">{number}</span> : <a href={paths.contract({ id })}>{number}</a>
}

const words = {
  others: { ja: (count: number) => `ほか${count}件`, en: (count: number) => `and ${count} more` },
}

/** In a list: the service, and below it the contract and its site; and how many more contracts there are. */
function SubjectCell({ row, language }: { row: SubjectRow; language: Language }): JSX.Element {
  const { service, contract } = row.subject
  const others = (row.contracts ?? 1) - 1
  return (
    <>
      {(service?.name ?? ofPortal)[language]}
      {contract && (
        <div class="small-text phone-inline">
          <SubjectContract subject={row.subject} /> <span class="whole">{contract.site}</span>
          {others > 0 && <span class="whole"> {words.others[language](others)}</span>}
        </div>
      )}
    </>
  )
}

/** What a file says of the subject, each in a column of its own. */
export const subjectWords = {
  service: contractLabels.serviceName,
  number: contractLabels.contractNumber,
  site: contractLabels.site,
}

interface SubjectRow {
  subject: TicketSubject
  /** Of which the subject has the first; absent: it has all. */
  contracts?: number
}

/** In a list and on paper. */
export const subjectColumn = {
  cell: (row, { language }) => <SubjectCell row={row} language={language} />,
  paper: (row, { language }) => <SubjectCell row={row} language={language} />,
} satisfies ListColumn<SubjectRow, { language: Language }>

export const subjectFileColumns = {
  service: { csv: ({ subject }, language) => (subject.service?.name ?? ofPortal)[language] },
  number: { csv: ({ subject }) => subject.contract?.number ?? null },
  site: { csv: ({ subject }) => subject.contract?.site ?? null },
} satisfies Record<string, ListColumn<{ subject: TicketSubject }, unknown>>
