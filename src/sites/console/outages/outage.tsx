import type { JSX } from 'preact'
import { type Concerned, countConcerned } from '#features/outages/reach.ts'
import { type ListedService, listServices } from '#features/services/list.ts'
import { type JoinedTickets, listTicketsOfOutage } from '#features/tickets/of-incident.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { incidentKindWords } from '#sites/frame/states/incident-mark.tsx'
import { incidentStepWords } from '#sites/frame/states/incident-step.ts'
import { ToldIn } from '#sites/frame/told/told-in.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { AffectsFacts } from './affects-facts.tsx'
import { OutageCourse } from './course.tsx'
import { mayEdit } from './edit-outage.tsx'
import { Joined } from './joined-tickets.tsx'
import { loadOutage, type ShownOutage } from './load-outage.ts'
import { OutageTrail } from './outage-trail.tsx'
import { OutageStageMark } from './stage-mark.tsx'

const words = {
  facts: { ja: '内容', en: 'Details' },
  code: { ja: '管理番号', en: 'Reference' },
  kind: { ja: '種類', en: 'Kind' },
  titleJa: { ja: '件名（日本語）', en: 'Title in Japanese' },
  titleEn: { ja: '件名（英語）', en: 'Title in English' },
  step: { ja: '対応の段階', en: 'Stage' },
  starts: { ja: '開始日時', en: 'From' },
  ends: { ja: '終了日時', en: 'Until' },
  expected: { ja: '復旧見込み', en: 'Expected end' },
  next: { ja: '次回のご案内', en: 'Next update' },
  updated: { ja: '最終更新', en: 'Last updated' },
  madeBy: { ja: '作成者', en: 'Written by' },
  file: { ja: '取り込み', en: 'A file' },
  affects: { ja: '影響範囲', en: 'What it affects' },
  concerned: { ja: '影響しているご契約', en: 'Contracts affected' },
  count: {
    ja: (contracts: string, customers: string) => `${contracts}件（お客様${customers}社）`,
    en: (contracts: string, customers: string) => `${contracts} (customers: ${customers})`,
  },
  course: { ja: '経過', en: 'How it went on' },
  noCourse: { ja: 'まだ続報はありません。', en: 'Nothing has been said yet.' },
  cause: { ja: '原因と対策', en: 'Cause and remedy' },
  say: { ja: '続報を書く', en: 'Write an update' },
  end: { ja: '終了する', en: 'End it' },
  giveCause: { ja: '原因と対策を書く', en: 'Write cause and remedy' },
  edit: { ja: '内容を編集する', en: 'Edit' },
  changeAffects: { ja: '影響範囲を変更する', en: 'Change what it affects' },
  check: { ja: '確認と公開に進む', en: 'Check and publish' },
  withdraw: { ja: '取り消す', en: 'Withdraw' },
  discard: { ja: '破棄する', en: 'Throw away' },
  unanswered: { ja: 'お問い合わせに、終了をお知らせしてください', en: 'Tell those who have asked that it is over' },
  unansweredText: {
    ja: (n: string) => `この障害・工事に結びつけたお問い合わせのうち、${n}件が完了していません。`,
    en: (n: string) => `Of the inquiries about it these are not closed: ${n}.`,
  },
  answer: { ja: 'まとめて返答する', en: 'Answer them together' },
  late: { ja: 'ご案内が遅れています', en: 'The next update is late' },
  lateText: {
    ja: 'お客様にお約束した時刻を過ぎています。続報を書いてください。',
    en: 'The time that customers were promised has passed. Write an update.',
  },
  spreading: { ja: 'お客様の画面に反映しています', en: 'On its way to the customers' },
  spreadingText: {
    ja: '通常は1分以内に終わります。この画面を開き直すと、最新の状態を確認できます。',
    en: 'It usually takes less than a minute. Open this page again to see how far it is.',
  },
  waiting: { ja: '影響範囲の変更が、まだ反映されていません', en: 'What it affects is to change, and has not yet' },
  waitingText: {
    ja: '届く範囲を確認してから反映してください。',
    en: 'See whom it reaches, then apply it.',
  },
  apply: { ja: '確認して反映する', en: 'Check and apply' },
}

interface Data extends ShownOutage {
  services: ListedService[]
  concerned: Concerned
  mayWrite: boolean
  mayAnswer: boolean
  tickets: JoinedTickets
}

/** One outage: what customers read of it, and what can be done. */
export const outagePage = staffConsole.page({
  path: paths.outage,
  allow: 'read',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const shown = await loadOutage(ctx, id)
    if (shown === notFound) return notFound
    return {
      ...shown,
      services: await listServices(ctx.tx),
      concerned: await countConcerned(ctx, id),
      mayWrite: ctx.staff.roles.includes('content'),
      mayAnswer: ctx.staff.roles.includes('support'),
      tickets: await listTicketsOfOutage(ctx, id),
    }
  },
  title: ({ data: { outage }, reader }) => outage.title[reader.language],
  view(view) {
    const { data, words: text, reader } = view
    const { outage, services, mayWrite, mayAnswer, tickets } = data
    const { language } = reader
    return (
      <>
        <OutageTrail outage={outage} language={language} />
        <PageHeading
          heading={outage.title[language]}
          lead={<OutageStageMark outage={outage} language={language} />}
          actions={mayWrite && <Actions {...view} />}
        />
        <Standing {...view} />
        {outage.cause && (
          <Section heading={text.cause}>
            <ToldIn text={outage.cause} language={language} />
          </Section>
        )}
        {outage.state !== 'draft' && (
          <Section heading={text.course}>
            {outage.updates.length === 0 && outage.stage === 'coming' ? (
              <p class="small-text">{text.noCourse}</p>
            ) : (
              <OutageCourse outage={outage} reader={reader} mayCorrect={mayWrite && outage.state === 'published'} />
            )}
          </Section>
        )}
        {tickets.total > 0 && <Joined outage={outage} tickets={tickets} mayAnswer={mayAnswer} reader={reader} />}
        <Columns count={2}>
          <Section heading={text.facts}>
            <OutageFacts {...view} />
          </Section>
          <Section heading={text.affects}>
            <AffectsFacts affects={outage.affects} services={services} language={language} />
          </Section>
        </Columns>
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Actions({ data: { outage }, words: text }: Shown): JSX.Element {
  const { id, state, stage } = outage
  const isDraft = state === 'draft'
  const isOpen = isDraft || stage === 'running' || stage === 'coming'
  const link = (label: string, href: string, kind: 'primary' | 'secondary' | 'danger' = 'secondary') => (
    <ButtonLink kind={kind} small href={href}>
      {label}
    </ButtonLink>
  )
  return (
    <>
      {isDraft && link(text.check, paths.publishOutage({ id }), 'primary')}
      {isOpen && !isDraft && link(text.say, paths.sayUpdate({ id }), 'primary')}
      {stage === 'running' && link(text.end, paths.endOutage({ id }))}
      {stage === 'over' && link(text.giveCause, paths.endOutage({ id }))}
      {mayEdit(outage) && link(text.edit, paths.editOutage({ id }))}
      {isOpen && link(text.changeAffects, paths.setAffects({ id }))}
      {isOpen && link(isDraft ? text.discard : text.withdraw, paths.withdrawOutage({ id }), 'danger')}
    </>
  )
}

/** What somebody should know or do now. */
function Standing({
  data: { outage, mayWrite, mayAnswer, tickets },
  words: text,
  reader: { language },
}: Shown): JSX.Element {
  const { id, isLate, state, stage, isSpread, nextAffects } = outage
  return (
    <>
      {stage === 'over' && tickets.open > 0 && (
        <Notice
          kind="info"
          heading={text.unanswered}
          action={mayAnswer && <a href={paths.answerTickets({ id })}>{text.answer}</a>}
        >
          {text.unansweredText(numberIn(language, tickets.open))}
        </Notice>
      )}
      {isLate && (
        <Notice kind="warning" icon="clock" heading={text.late}>
          {text.lateText}
        </Notice>
      )}
      {nextAffects && (
        <Notice
          kind="warning"
          heading={text.waiting}
          action={mayWrite && <a href={paths.publishOutage({ id })}>{text.apply}</a>}
        >
          {text.waitingText}
        </Notice>
      )}
      {state !== 'draft' && !isSpread && !nextAffects && (
        <Notice kind="info" icon="clock" heading={text.spreading}>
          {text.spreadingText}
        </Notice>
      )}
    </>
  )
}

function OutageFacts({ data: { outage, concerned }, words: text, reader }: Shown): JSX.Element {
  const { language, now, timeZone: zone } = reader
  const { state, stage, kind, step, startsAt, endsAt, expectedEndAt, nextUpdateAt, updatedAt } = outage
  const when = (at: Date | null) => at && <Time at={at} zone={zone} language={language} now={now} />
  const count = (n: number): string => n.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
  const facts = [
    { term: text.code, value: <span class="number">{outage.code}</span> },
    { term: text.kind, value: incidentKindWords[kind][language] },
    { term: text.titleJa, value: outage.title.ja },
    { term: text.titleEn, value: outage.title.en },
    { term: text.step, value: step && incidentStepWords[step][language] },
    { term: text.starts, value: when(startsAt) },
    { term: text.ends, value: when(endsAt) },
    { term: text.expected, value: stage !== 'over' && when(expectedEndAt) },
    { term: text.next, value: stage !== 'over' && when(nextUpdateAt) },
    {
      term: text.concerned,
      value: state !== 'draft' && text.count(count(concerned.contracts), count(concerned.customers)),
    },
    { term: text.madeBy, value: outage.madeBy ?? text.file },
    { term: text.updated, value: when(updatedAt) },
  ]
  return <Facts facts={facts.filter(({ value }) => Boolean(value))} />
}
