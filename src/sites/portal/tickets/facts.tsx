import type { JSX } from 'preact'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import type { FoundTicket } from '#features/tickets/find.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { ofPortal, SubjectContract } from '../subjects/subject.tsx'
import { ticketKindWords } from '#sites/frame/states/ticket-state.tsx'
import { ticketImpactWords } from '#sites/frame/states/ticket-impact.ts'

const words = {
  code: { ja: '受付番号', en: 'Reference' },
  kind: { ja: '種類', en: 'Kind' },
  service: contractLabels.serviceName,
  contract: contractLabels.contractNumber,
  further: { ja: 'ほかのご契約', en: 'Further contracts' },
  site: contractLabels.site,
  impact: { ja: '影響', en: 'Effect' },
  occurred: { ja: '発生日時', en: 'Since' },
  author: { ja: '作成者', en: 'Opened by' },
  contact: { ja: '連絡先', en: 'Contact' },
  persons: { ja: '関係者', en: 'Also told' },
  follows: { ja: '前のお問い合わせ', en: 'Goes on with' },
  incident: { ja: '工事・故障', en: 'Fault or works' },
  opened: { ja: '受付日時', en: 'Received' },
  updated: { ja: '最終更新', en: 'Last updated' },
}

/** What a ticket is about, and who takes part in it. */
export function TicketFacts({ ticket, reader }: { ticket: FoundTicket; reader: Reader }): JSX.Element {
  const { language, now, timeZone: zone } = reader
  const text = inLanguage(words, language)
  const when = (at: Date): JSX.Element => <Time at={at} zone={zone} language={language} now={now} />
  const { subject, further, impact, occurredAt, openedBy, contact, persons, follows, incident } = ticket
  const { service, contract } = subject
  const facts = [
    { term: text.code, value: <span class="number">{ticket.code}</span> },
    { term: text.kind, value: ticketKindWords[ticket.kind][language] },
    { term: text.service, value: (service?.name ?? ofPortal)[language] },
    { term: text.contract, value: contract && <SubjectContract subject={subject} /> },
    {
      term: text.further,
      value:
        further.length > 0 &&
        further.map((each) => (
          <div key={each.number}>
            <SubjectContract subject={{ contract: each }} />
          </div>
        )),
    },
    { term: text.site, value: contract?.site },
    { term: text.impact, value: impact && ticketImpactWords[impact][language] },
    { term: text.occurred, value: occurredAt && when(occurredAt) },
    { term: text.author, value: openedBy },
    { term: text.contact, value: contact },
    { term: text.persons, value: persons.length > 0 && formatList(persons, language) },
    {
      term: text.follows,
      value: follows && (
        <a class="number" href={paths.ticket({ id: follows.id })}>
          {follows.code}
        </a>
      ),
    },
    {
      term: text.incident,
      value: incident && <a href={paths.incident({ id: incident.id })}>{incident.title[language]}</a>,
    },
    { term: text.opened, value: when(ticket.openedAt) },
    { term: text.updated, value: when(ticket.updatedAt) },
  ]
  return <Facts facts={facts.filter(({ value }) => Boolean(value))} />
}
