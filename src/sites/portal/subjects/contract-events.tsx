import type { JSX } from 'preact'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import type { ContractEvents } from '#features/events/list.ts'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { IncidentMark } from '#sites/frame/states/incident-mark.tsx'
import { OrderStateMark } from '#sites/frame/states/order-state.tsx'
import { paths } from '../paths.ts'
import { TicketStateMark } from '#sites/frame/states/ticket-state.tsx'

const words = {
  incidents: serviceLabels.worksAndFaults,
  orders: serviceLabels.orders,
  tickets: serviceLabels.tickets,
  around: {
    ja: 'このご契約の工事・故障、お申し込み、お問い合わせ',
    en: 'Works, faults, orders and inquiries of this contract',
  },
  noIncidents: { ja: '工事や故障はありません。', en: 'There are no works or faults.' },
  noOrders: { ja: 'お申し込みはありません。', en: 'There are no orders.' },
  noTickets: { ja: '故障の受付やお問い合わせはありません。', en: 'There are no faults or inquiries.' },
}

export interface EventColumnsProps {
  events: ContractEvents
  reader: Reader
}

/** The same beside one of them, which is not named again. */
export function OtherEvents({ events, but, reader }: EventColumnsProps & { but: string }): JSX.Element {
  const others = <Row extends { id: string }>(rows: readonly Row[]): Row[] => rows.filter(({ id }) => id !== but)
  const { incidents, orders, tickets } = events
  const left = { incidents: others(incidents), orders: others(orders), tickets: others(tickets) }
  return (
    <Section heading={inLanguage(words, reader.language).around}>
      <EventColumns events={left} reader={reader} />
    </Section>
  )
}

/** What goes on around a contract: the newest of each kind, side by side; below the faults, where the past ones are. */
export function EventColumns({
  events: { incidents, orders, tickets },
  reader,
  past,
}: EventColumnsProps & { past?: JSX.Element }): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const when = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  return (
    <Columns count={3}>
      <Section heading={text.incidents} small>
        <ListOr none={text.noIncidents}>
          {incidents.map((incident) => ({
            href: paths.incident({ id: incident.id }),
            label: incident.title[language],
            note: (
              <>
                <IncidentMark incident={incident} language={language} /> {when(incident.startsAt)}
              </>
            ),
          }))}
        </ListOr>
        {past}
      </Section>
      <Section heading={text.orders} small>
        <ListOr none={text.noOrders}>
          {orders.map(({ id, title, state, orderedOn }) => ({
            href: paths.order({ id }),
            label: title[language],
            note: (
              <>
                <OrderStateMark state={state} language={language} />{' '}
                <Day on={orderedOn} language={language} now={now} />
              </>
            ),
          }))}
        </ListOr>
      </Section>
      <Section heading={text.tickets} small>
        <ListOr none={text.noTickets}>
          {tickets.map(({ id, title, state, openedAt }) => ({
            href: paths.ticket({ id }),
            label: title[language],
            note: (
              <>
                <TicketStateMark state={state} language={language} /> {when(openedAt)}
              </>
            ),
          }))}
        </ListOr>
      </Section>
    </Columns>
  )
}

function ListOr({ children, none }: { children: Parameters<typeof LinkList>[0]['items']; none: string }) {
  return children.length === 0 ? <p class="small-text">{none}</p> : <LinkList items={children} />
}
