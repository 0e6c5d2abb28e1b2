import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { findIncident, type IncidentDetails } from '#features/incidents/find.ts'
import type { Incident } from '#features/incidents/incident.ts'
import { listTicketsOfIncident } from '#features/tickets/of-incident.ts'
import type { Ticket } from '#features/tickets/ticket.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { listEventsAround } from '#features/events/list.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { OtherEvents } from '../subjects/contract-events.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { Concerned } from './concerned.tsx'
import { NextWord } from './next-word.tsx'
import { Timeline } from '#sites/frame/told/timeline.tsx'
import { incidentStepWords } from '#sites/frame/states/incident-step.ts'
import { ToldIn } from '#sites/frame/told/told-in.tsx'
import { TicketStateMark } from '#sites/frame/states/ticket-state.tsx'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { IncidentMark, incidentKindWords } from '#sites/frame/states/incident-mark.tsx'

const words = {
  list: serviceLabels.worksAndFaults,
  facts: { ja: '内容', en: 'Details' },
  code: { ja: '管理番号', en: 'Reference' },
  kind: { ja: '種類', en: 'Kind' },
  progress: { ja: '状況', en: 'Status' },
  noProgress: { ja: 'まだご案内はありません。', en: 'Nothing has been said yet.' },
  step: { ja: '対応の段階', en: 'Stage' },
  cause: { ja: '原因と対策', en: 'Cause and remedy' },
  calendar: { ja: '予定表に追加（.ics）', en: 'Add to your calendar (.ics)' },
  began: { ja: '発生日時', en: 'Began' },
  starts: { ja: '開始日時', en: 'Starts' },
  recovers: { ja: '復旧見込み', en: 'Expected to end' },
  recovered: { ja: '復旧日時', en: 'Ended' },
  ends: { ja: '終了日時', en: 'Ends' },
  unknown: { ja: '未定', en: 'Not yet known' },
  updated: { ja: '最終更新', en: 'Last updated' },
  byMail: { ja: 'メールで受け取る', en: 'Be told by mail' },
  tickets: { ja: 'この工事・故障についてのお問い合わせ', en: 'Inquiries about it' },
  ask: { ja: 'この故障について問い合わせる', en: 'Ask about this fault' },
  contact: { ja: 'お問い合わせ窓口を確認する', en: 'See whom to contact' },
}

/** One fault, or works: which contract it concerns, and from when to when. */
export const incidentPage = portal.page({
  path: paths.incident,
  allow: 'user',
  words,
  section: 'incidents',
  async load(ctx, { params: { id } }) {
    const incident = await findIncident(ctx, id)
    if (!incident) return notFound
    const [events, pinned, tickets] = await Promise.all([
      listEventsAround(ctx, incident.subject),
      isPinned(ctx, { kind: 'incident', id }),
      listTicketsOfIncident(ctx, id),
    ])
    return { ...incident, events, isPinned: pinned, tickets }
  },
  within: ({ subject }) => subject.service.code,
  about: ({ id }) => ({ kind: 'incident', id }),
  title: ({ data, reader }) => data.title[reader.language],
  view(view) {
    const { data: incident, words: text, reader } = view
    const { language } = reader
    const title = incident.title[language]
    return (
      <>
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.incidents }]} current={title} />
        <PageHeading
          heading={title}
          lead={<IncidentMark incident={incident} language={language} />}
          actions={
            <>
              {isAhead(incident) && (
                <ButtonLink kind="secondary" small icon="calendar" href={paths.incidentCalendar({ id: incident.id })}>
                  {text.calendar}
                </ButtonLink>
              )}
              <PinButton view={view} thing={{ kind: 'incident', id: incident.id }} isPinned={incident.isPinned} />
            </>
          }
        />
        <NextWord incident={incident} reader={reader} />
        <Progress {...view} />
        <Columns count={2}>
          <Section heading={text.facts} action={<Asking {...view} />}>
            <IncidentFacts {...view} />
          </Section>
          <Concerned incident={incident} reader={reader} />
        </Columns>
        {incident.tickets.length > 0 && <OwnTickets {...view} />}
        {incident.events && <OtherEvents events={incident.events} but={incident.id} reader={reader} />}
      </>
    )
  },
})

type Told = Incident & IncidentDetails
type Shown = View<Told, typeof words>

/** Works that can be put into a calendar; also to take them out again, when they were withdrawn. */
function isAhead({ kind, phase, withdrawnAt, startsAt }: Told): boolean {
  return kind === 'works' && (phase !== 'over' || (withdrawnAt !== null && withdrawnAt < startsAt))
}

/** Of a fault that goes on, about the contract that it concerns; else whom to ask. */
function Asking({ data: { id, phase, kind, subject }, words: text }: Shown) {
  const contract = subject.contract?.id
  if (kind === 'works' || phase === 'over' || !contract) return <a href={paths.contact}>{text.contact}</a>
  return <a href={hrefOf(paths.addTicket, { contract, incident: id })}>{text.ask}</a>
}

/** What was said, the latest first; of what is over also why it was. */
function Progress({ data: incident, words: text, reader }: Shown) {
  const isEmpty = incident.updates.length === 0 && incident.phase === 'coming'
  return (
    <>
      {incident.cause && (
        <Section heading={text.cause}>
          <ToldIn text={incident.cause} language={reader.language} />
        </Section>
      )}
      <Section heading={text.progress} action={<a href={paths.mailWishes}>{text.byMail}</a>}>
        {isEmpty ? <p class="small-text">{text.noProgress}</p> : <Timeline incident={incident} reader={reader} />}
      </Section>
    </>
  )
}

/** What was asked about it, as far as the reader may see it. */
function OwnTickets({ data: { tickets }, words: text, reader }: View<Told & { tickets: Ticket[] }, typeof words>) {
  const { language, timeZone: zone, now } = reader
  return (
    <Section heading={text.tickets}>
      <LinkList
        items={tickets.map(({ id, title, state, updatedAt }) => ({
          href: paths.ticket({ id }),
          label: title[language],
          note: (
            <>
              <TicketStateMark state={state} language={language} />{' '}
              <Time at={updatedAt} zone={zone} language={language} now={now} />
            </>
          ),
        }))}
      />
    </Section>
  )
}

function IncidentFacts({ data: incident, words: text, reader }: Shown) {
  const { language, now, timeZone: zone } = reader
  const { kind, startsAt, endsAt, expectedEndAt, updatedAt, step } = incident
  const end = endsAt ?? expectedEndAt
  const time = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  return (
    <Facts
      facts={[
        { term: text.code, value: <span class="number">{incident.code}</span> },
        { term: text.kind, value: incidentKindWords[kind][language] },
        ...(step ? [{ term: text.step, value: incidentStepWords[step][language] }] : []),
        { term: kind === 'fault' ? text.began : text.starts, value: time(startsAt) },
        { term: endTerm(incident, text), value: end ? time(end) : text.unknown },
        { term: text.updated, value: time(updatedAt) },
      ]}
    />
  )
}

function endTerm({ kind, phase }: Incident, text: Shown['words']): string {
  if (kind === 'works') return text.ends
  return phase === 'over' ? text.recovered : text.recovers
}
