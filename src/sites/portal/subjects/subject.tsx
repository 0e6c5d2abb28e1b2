import type { JSX } from 'preact'
import type { Subject } from '#features/subjects/subject.ts'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

/** The contract that something is about; nothing when it is about a service as such. */
export function SubjectContract({ subject: { contract } }: { subject: Subject }): JSX.Element | null {
  if (!contract) return null
  const { id, number } = contract
  return id === null ? <span class="number">{number}</span> : <a href={paths.contract({ id })}>{number}</a>
}

/** In a list: the service, and below it the contract and its site. */
export function SubjectCell({ subject, language }: { subject: Subject; language: Language }): JSX.Element {
  const { service, contract } = subject
  return (
    <>
      {service.name[language]}
      {contract && (
        <div class="small-text phone-inline">
          <SubjectContract subject={subject} /> <span class="whole">{contract.site}</span>
        </div>
      )}
    </>
  )
}
