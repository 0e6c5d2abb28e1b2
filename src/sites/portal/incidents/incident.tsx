import { contractLabels, serviceLabels } from '#sites/frame/guide-labels.ts'
import { findIncident } from '#features/incidents/find.ts'
import type { Incident } from '#features/incidents/incident.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { listEventsAround } from '#features/events/list.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { SubjectContract } from '../subjects/subject.tsx'
import { OtherEvents } from '../subjects/contract-events.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { IncidentMark, incidentKindWords } from '../subjects/incident-mark.tsx'

const words = {
  list: serviceLabels.worksAndFaults,
  facts: { ja: '内容', en: 'Details' },
  code: { ja: '管理番号', en: 'Reference' },
  kind: { ja: '種類', en: 'Kind' },
  service: contractLabels.serviceName,
  contract: contractLabels.contractNumber,
  site: contractLabels.site,
  began: { ja: '発生日時', en: 'Began' },
  starts: { ja: '開始日時', en: 'Starts' },
  recovers: { ja: '復旧見込み', en: 'Expected to end' },
  recovered: { ja: '復旧日時', en: 'Ended' },
  ends: { ja: '終了日時', en: 'Ends' },
  unknown: { ja: '未定', en: 'Not yet known' },
  updated: { ja: '最終更新', en: 'Last updated' },
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
    const [events, pinned] = await Promise.all([
      listEventsAround(ctx, incident.subject),
      isPinned(ctx, { kind: 'incident', id }),
    ])
    return { ...incident, events, isPinned: pinned }
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
          actions={<PinButton view={view} thing={{ kind: 'incident', id: incident.id }} isPinned={incident.isPinned} />}
        />
        <Section heading={text.facts} action={<a href={paths.contact}>{text.contact}</a>}>
          <IncidentFacts {...view} />
        </Section>
        {incident.events && <OtherEvents events={incident.events} but={incident.id} reader={reader} />}
      </>
    )
  },
})

type Shown = View<Incident, typeof words>

function IncidentFacts({ data: incident, words: text, reader }: Shown) {
  const { language, now, timeZone: zone } = reader
  const { kind, startsAt, endsAt, updatedAt, subject } = incident
  const time = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  return (
    <Facts
      facts={[
        { term: text.code, value: <span class="number">{incident.code}</span> },
        { term: text.kind, value: incidentKindWords[kind][language] },
        { term: text.service, value: subject.service.name[language] },
        { term: text.contract, value: <SubjectContract subject={subject} /> },
        ...(subject.contract?.site ? [{ term: text.site, value: subject.contract.site }] : []),
        { term: kind === 'fault' ? text.began : text.starts, value: time(startsAt) },
        { term: endTerm(incident, text), value: endsAt ? time(endsAt) : text.unknown },
        { term: text.updated, value: time(updatedAt) },
      ]}
    />
  )
}

function endTerm({ kind, phase }: Incident, text: Shown['words']): string {
  if (kind === 'works') return text.ends
  return phase === 'over' ? text.recovered : text.recovers
}
