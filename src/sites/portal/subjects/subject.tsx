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

/** In a list: the service, and below it the contract and its site. */
function SubjectCell({ subject, language }: { subject: TicketSubject; language: Language }): JSX.Element {
  const { service, contract } = subject
  return (
    <>
      {(service?.name ?? ofPortal)[language]}
      {contract && (
        <div class="small-text phone-inline">
          <SubjectContract subject={subject} /> <span class="whole">{contract.site}</span>
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

/** In a list and on paper. */
export const subjectColumn = {
  cell: ({ subject }, { language }) => <SubjectCell subject={subject} language={language} />,
  paper: ({ subject }, { language }) => <SubjectCell subject={subject} language={language} />,
} satisfies ListColumn<{ subject: TicketSubject }, { language: Language }>

export const subjectFileColumns = {
  service: { csv: ({ subject }, language) => (subject.service?.name ?? ofPortal)[language] },
  number: { csv: ({ subject }) => subject.contract?.number ?? null },
  site: { csv: ({ subject }) => subject.contract?.site ?? null },
} satisfies Record<string, ListColumn<{ subject: TicketSubject }, unknown>>
