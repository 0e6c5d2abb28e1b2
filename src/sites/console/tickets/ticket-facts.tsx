import type { JSX } from 'preact'
import type { SeenCustomer } from '#features/staff/see-customer.ts'
import type { StaffTicket } from '#features/tickets/find-for-staff.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import { ticketImpactWords } from '#sites/frame/states/ticket-impact.ts'
import { ticketKindWords } from '#sites/frame/states/ticket-state.tsx'
import { paths } from '../paths.ts'

const words = {
  code: { ja: '受付番号', en: 'Reference' },
  customer: { ja: 'お客様', en: 'Customer' },
  kind: { ja: '種類', en: 'Kind' },
  service: contractLabels.serviceName,
  portal: { ja: 'ビジネスポータル', en: 'Business portal' },
  contracts: contractLabels.contractNumber,
  impact: { ja: '影響', en: 'Effect' },
  occurred: { ja: '発生日時', en: 'Since' },
  author: { ja: '作成者', en: 'Opened by' },
  contact: { ja: '連絡先', en: 'Contact' },
  incident: { ja: '障害・工事', en: 'Fault or works' },
  opened: { ja: '受付日時', en: 'Received' },
  due: { ja: '返答の期限', en: 'Answer due' },
  assignee: { ja: '担当者', en: 'Assigned to' },
  nobody: { ja: 'なし', en: 'Nobody' },
}

interface FactsProps {
  ticket: StaffTicket
  customer: SeenCustomer
  reader: Reader
}

/** What a ticket is about, whose it is, and until when it is to be answered. */
export function TicketFacts({ ticket, customer, reader }: FactsProps): JSX.Element {
  const { language, now, timeZone: zone } = reader
  const text = inLanguage(words, language)
  const when = (at: Date): JSX.Element => <Time at={at} zone={zone} language={language} now={now} />
  const { contracts, impact, occurredAt, answerDueAt, incident } = ticket
  const facts = [
    { term: text.code, value: <span class="number">{ticket.code}</span> },
    { term: text.customer, value: <a href={paths.customer({ id: customer.id })}>{customer.name}</a> },
    { term: text.assignee, value: ticket.assignee?.name ?? text.nobody },
    { term: text.due, value: answerDueAt && when(answerDueAt) },
    { term: text.kind, value: ticketKindWords[ticket.kind][language] },
    { term: text.service, value: (ticket.service ?? words.portal)[language] },
    { term: text.contracts, value: contracts.length > 0 && formatList(contracts, language) },
    { term: text.impact, value: impact && ticketImpactWords[impact][language] },
    { term: text.occurred, value: occurredAt && when(occurredAt) },
    { term: text.author, value: ticket.openedBy },
    { term: text.contact, value: ticket.contact },
    {
      term: text.incident,
      value:
        incident &&
        (incident.outageId === null ? (
          incident.title[language]
        ) : (
          <a href={paths.outage({ id: incident.outageId })}>{incident.title[language]}</a>
        )),
    },
    { term: text.opened, value: when(ticket.openedAt) },
  ]
  return <Facts facts={facts.filter(({ value }) => Boolean(value))} />
}
