import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { incidentList } from '#features/incidents/list.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { loadSubjects } from '../subjects/load-subjects.ts'
import { NothingYet } from '../subjects/nothing-yet.tsx'
import { saidOf, SubjectHeading } from '../subjects/subject-heading.tsx'
import { subjectColumn, subjectFileColumns, subjectWords } from '../subjects/subject.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import {
  incidentKindIcons,
  incidentKindWords,
  IncidentMark,
  incidentPhaseWords,
} from '#sites/frame/states/incident-mark.tsx'

const words = {
  ...subjectWords,
  title: serviceLabels.worksAndFaults,
  lead: {
    ja: '発生中の故障、実施中と予定の工事、過去90日間に終了したものを表示しています。',
    en: 'Faults and works that are going on or planned, and those of the last 90 days.',
  },
  caption: { ja: '工事・故障の一覧', en: 'Works and faults' },
  chips: { ja: '種類と状況', en: 'Kind and state' },
  urgency: { ja: '状況', en: 'State' },
  code: { ja: '管理番号', en: 'Number' },
  kind: { ja: '種類', en: 'Kind' },
  incident: { ja: '内容', en: 'What' },
  contract: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
  start: { ja: '開始日時', en: 'From' },
  end: { ja: '終了日時', en: 'Until' },
  updated: { ja: '最終更新', en: 'Last updated' },
  unknown: { ja: '未定', en: 'Not yet known' },
  noMatch: { ja: '条件に合う工事・故障はありません', en: 'No works or fault matches' },
  none: { ja: '工事・故障はありません', en: 'There are no works or faults' },
  noneText: {
    ja: '故障が発生したときや、工事の予定があるときに、ここでお知らせします。',
    en: 'When there is a fault, or works are planned, you find it here.',
  },
}

/** 工事・故障情報 */
export const incidentsPage = portal.list({
  path: paths.incidents,
  allow: 'user',
  words,
  section: 'incidents',
  from: incidentList,
  load: (ctx, asked, read) => loadSubjects(ctx, asked, read),
  conditions: (view) => saidOf(view),
  about: () => thingOfListing('incidents'),
  heading: (view) => <SubjectHeading {...view} listing="incidents" path={paths.incidents} />,
  empty: (view) => <NothingYet {...view} icon="wrench" />,
  chips: {
    kind: { labels: incidentKindWords, icons: incidentKindIcons },
    phase: { labels: incidentPhaseWords },
  },
  columns: {
    urgency: {
      phone: 'beside',
      cell: (incident, { language }) => <IncidentMark incident={incident} language={language} />,
      csv: ({ phase }, language) => incidentPhaseWords[phase][language],
    },
    code: { csv: ({ code }) => code },
    kind: { csv: ({ kind }, language) => incidentKindWords[kind][language] },
    incident: {
      header: true,
      long: true,
      cell: ({ id, code, title }, { language }) => (
        <>
          <a href={paths.incident({ id })}>{title[language]}</a>
          <div class="small-text number">{code}</div>
        </>
      ),
      csv: ({ title }, language) => title[language],
    },
    contract: subjectColumn,
    ...subjectFileColumns,
    start: { phone: 'labelled', cell: ({ startsAt }, { time }) => time(startsAt), csvTime: ({ startsAt }) => startsAt },
    end: {
      phone: 'labelled',
      cell: ({ endsAt }, { time, words: text }) => (endsAt ? time(endsAt) : text.unknown),
      csvTime: ({ endsAt }) => endsAt,
    },
    updated: { csvTime: ({ updatedAt }) => updatedAt },
  },
  csv: paths.incidentsCsv,
})
