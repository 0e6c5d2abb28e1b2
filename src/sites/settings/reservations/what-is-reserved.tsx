import type { JSX } from 'preact'
import type { Line } from '#features/lines/open.ts'
import type { WholeReservation } from '#features/reservations/reservation.ts'
import { reservationProblemWords } from '#features/reservations/reservation-failed.email.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { toldChanges } from '../line-changes/row-words.ts'
import { mostTold, Told } from '../line-changes/told.tsx'
import { dueText } from '../parts/due.tsx'
import { paths } from '../paths.ts'
import { StateMark } from './state-mark.tsx'

const words = {
  due: { ja: '反映する日時', en: 'When it counts' },
  state: { ja: '状態', en: 'State' },
  about: { ja: '対象', en: 'About' },
  by: { ja: '予約した人', en: 'Reserved by' },
  at: { ja: '予約した日時', en: 'Reserved on' },
  settled: { ja: '終わった日時', en: 'Settled on' },
  settledBy: { ja: '取り消した人', en: 'Withdrawn by' },
  changes: { ja: '変更する内容', en: 'What will be changed' },
  asReserved: { ja: '予約したときの設定', en: 'As reserved' },
  now: { ja: '現在の設定', en: 'Now' },
  thing: { ja: '設定', en: 'Setting' },
  field: { ja: '項目', en: 'Field' },
  before: { ja: '変更前', en: 'Before' },
  after: { ja: '変更後', en: 'After' },
  more: { ja: (count: number) => `ほか${count}項目`, en: (count: number) => `and ${count} more fields` },
  seeChange: { ja: '反映した変更を見る', en: 'See the change' },
  nothing: {
    ja: 'すでに予約のとおりに設定されていたため、変更した項目はありません。',
    en: 'Everything was as reserved already: nothing was changed.',
  },
  differs: {
    ja: '予約した後に、同じ項目が変更されています。このままでは、指定した日時に反映されません。',
    en: 'The same fields were changed after this was reserved. As it is, it will not be made at its time.',
  },
  others: {
    ja: '同じ設定に、ほかの予約があります。先に反映されたほうの内容によっては、後の予約は反映されません。',
    en: 'Others are reserved for the same settings. What is made first may keep the later one from being made.',
  },
}

export interface WhatIsReservedProps {
  /** The id of the contract. */
  contract: string
  line: Pick<Line, 'timeZone'>
  reservation: WholeReservation
  /** The names of the line’s business hours, by their ids. */
  calendars: ReadonlyMap<string, string>
  reader: Reader
}

/** What a reservation is to change and when, what has become of it, and what may keep it from being made. */
export function WhatIsReserved(props: WhatIsReservedProps): JSX.Element {
  return (
    <>
      <Became {...props} />
      <ReservationFacts {...props} />
      <Changes {...props} />
    </>
  )
}

/** What is to be known of it before all else. */
function Became({ contract, line, reservation, reader }: WhatIsReservedProps) {
  const { state, problem, changeId, differences, others } = reservation
  const { language } = reader
  const text = inLanguage(words, language)
  const of = { contract }
  return (
    <>
      {problem && <Notice kind="warning">{reservationProblemWords[problem][language]}</Notice>}
      {state === 'done' && (
        <Notice
          kind="info"
          action={
            changeId !== null && <a href={paths.lineChange({ ...of, change: String(changeId) })}>{text.seeChange}</a>
          }
        >
          {changeId === null ? text.nothing : <StateMark state={state} language={language} />}
        </Notice>
      )}
      {differences.length > 0 && <Notice kind="warning">{text.differs}</Notice>}
      {others.length > 0 && (
        <Notice kind="info" heading={text.others}>
          <ul>
            {others.map(({ id, dueAt, action, subject, by }) => (
              <li key={id}>
                <a href={paths.reservation({ ...of, id })}>
                  {dueText(dueAt, line.timeZone, reader)} {lineActionWords[action][language]} {subject}
                </a>{' '}
                {by}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

function ReservationFacts({ line, reservation, reader }: WhatIsReservedProps) {
  const { dueAt, state, subject, by, reservedAt, settledAt, settledBy } = reservation
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const time = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  return (
    <Facts
      facts={[
        { term: text.due, value: <b>{dueText(dueAt, line.timeZone, reader)}</b> },
        { term: text.state, value: <StateMark state={state} language={language} /> },
        { term: text.about, value: subject || '-' },
        { term: text.by, value: by },
        { term: text.at, value: time(reservedAt) },
        ...(settledAt ? [{ term: text.settled, value: time(settledAt) }] : []),
        ...(settledBy === null ? [] : [{ term: text.settledBy, value: settledBy }]),
      ]}
    />
  )
}

function Changes({ reservation, calendars, reader }: WhatIsReservedProps) {
  const { language } = reader
  const text = inLanguage(words, language)
  const told = toldChanges(reservation.rows, { ...reader, calendars })
  const since = reservation.differences.map(({ relation, before, now }) => ({ relation, before, after: now }))
  return (
    <Section heading={text.changes}>
      <Told changes={told.slice(0, mostTold)} caption={text.changes} text={text} />
      {told.length > mostTold && <p>{text.more(told.length - mostTold)}</p>}
      {since.length > 0 && (
        <Table
          caption={text.differs}
          rows={toldChanges(since, { ...reader, calendars }).slice(0, mostTold)}
          rowKey={({ about, field }) => `${about} ${field}`}
          columns={[
            { label: text.thing, header: true, cell: ({ about }) => about },
            { label: text.field, cell: ({ field }) => field },
            { label: text.asReserved, cell: ({ before }) => before, phone: 'labelled' },
            { label: text.now, cell: ({ after }) => after, phone: 'labelled' },
          ]}
        />
      )}
    </Section>
  )
}
