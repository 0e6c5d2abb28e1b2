import { contractLabels, serviceLabels } from '#sites/frame/guide-labels.ts'
import { findTicket, type FoundTicket } from '#features/tickets/find.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { type ContractEvents, listEventsAround } from '#features/events/list.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { WindowFacts } from '../subjects/window-facts.tsx'
import { ofPortal, SubjectContract } from '../subjects/subject.tsx'
import { OtherEvents } from '../subjects/contract-events.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { ticketKindWords, TicketStateMark } from '../subjects/ticket-state.tsx'

const words = {
  list: serviceLabels.ticketList,
  facts: { ja: 'お問い合わせの内容', en: 'The inquiry' },
  code: { ja: '受付番号', en: 'Reference' },
  kind: { ja: '種類', en: 'Kind' },
  service: contractLabels.serviceName,
  contract: contractLabels.contractNumber,
  site: contractLabels.site,
  opened: { ja: '受付日時', en: 'Received' },
  updated: { ja: '最終更新', en: 'Last updated' },
  waiting: { ja: 'ご返答をお待ちしています', en: 'We are waiting for your answer' },
  waitingText: {
    ja: '確認したいことがあります。受付番号をお手元に用意して、窓口へご連絡ください。',
    en: 'We have a question. Please contact us and have the reference at hand.',
  },
  contact: { ja: 'このお問い合わせの窓口', en: 'Whom to contact about it' },
}

interface Data {
  ticket: FoundTicket
  /** Of its contract, if it has one. */
  events: ContractEvents | undefined
  isPinned: boolean
}

/** One ticket: what it is about, what is done about it, and whom to ask. */
export const ticketPage = portal.page({
  path: paths.ticket,
  allow: 'user',
  words,
  section: 'tickets',
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const ticket = await findTicket(ctx, id)
    if (!ticket) return notFound
    const [events, pinned] = await Promise.all([
      listEventsAround(ctx, ticket.subject),
      isPinned(ctx, { kind: 'ticket', id }),
    ])
    return { ticket, events, isPinned: pinned }
  },
  within: ({ ticket }) => ticket.subject.service?.code ?? '',
  about: ({ ticket: { id } }) => ({ kind: 'ticket', id }),
  title: ({ data, reader }) => data.ticket.title[reader.language],
  view(view) {
    const { data, words: text, reader } = view
    const { ticket } = data
    const { language } = reader
    const title = ticket.title[language]
    return (
      <>
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.tickets }]} current={title} />
        <PageHeading
          heading={title}
          lead={<TicketStateMark state={ticket.state} language={language} />}
          actions={<PinButton view={view} thing={{ kind: 'ticket', id: ticket.id }} isPinned={data.isPinned} />}
        />
        {ticket.state === 'waiting-for-customer' && (
          <Notice kind="warning" icon="clock" heading={text.waiting}>
            {text.waitingText}
          </Notice>
        )}
        <Columns count={2}>
          <Section heading={text.facts}>
            <TicketFacts {...view} />
          </Section>
          {ticket.window && (
            <Section heading={text.contact}>
              <WindowFacts window={ticket.window} language={language} />
            </Section>
          )}
        </Columns>
        {data.events && <OtherEvents events={data.events} but={ticket.id} reader={reader} />}
      </>
    )
  },
})

function TicketFacts({ data: { ticket }, words: text, reader }: View<Data, typeof words>) {
  const { language, now, timeZone: zone } = reader
  const { service, contract } = ticket.subject
  return (
    <Facts
      facts={[
        { term: text.code, value: <span class="number">{ticket.code}</span> },
        { term: text.kind, value: ticketKindWords[ticket.kind][language] },
        { term: text.service, value: (service?.name ?? ofPortal)[language] },
        ...(contract ? [{ term: text.contract, value: <SubjectContract subject={ticket.subject} /> }] : []),
        ...(contract?.site ? [{ term: text.site, value: contract.site }] : []),
        { term: text.opened, value: <Time at={ticket.openedAt} zone={zone} language={language} now={now} /> },
        { term: text.updated, value: <Time at={ticket.updatedAt} zone={zone} language={language} now={now} /> },
      ]}
    />
  )
}
