import { outageList } from '#features/outages/list.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { incidentKindIcons, incidentKindWords } from '#sites/frame/states/incident-mark.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { OutageStageMark, outageStageWords } from './stage-mark.tsx'
import { outagesTitle, worksTitle } from './words.ts'

const words = {
  title: outagesTitle,
  lead: {
    ja: '多くのお客様に影響する故障と工事です。次回のご案内が遅れているものを、先頭に表示します。',
    en: 'Faults and works of many customers. Those whose next update is late stand first.',
  },
  chips: { ja: '状況と種類', en: 'State and kind' },
  noMatch: { ja: '条件に合う障害・工事はありません', en: 'No fault or works match' },
  urgency: { ja: '状況', en: 'State' },
  outage: { ja: '内容', en: 'What' },
  start: { ja: '開始日時', en: 'From' },
  end: { ja: '終了日時', en: 'Until' },
  next: { ja: '次回のご案内', en: 'Next update' },
  add: { ja: '障害・工事を作成する', en: 'Write a fault or works' },
  calendar: worksTitle,
  none: { ja: '障害・工事はまだありません', en: 'There are no faults or works yet' },
  noneText: {
    ja: '下書きを作成し、影響範囲と届く範囲を確認してから公開します。',
    en: 'Write a draft, see whom it reaches, then publish it.',
  },
}

/** What the operator tells of many customers at once. */
export const outagesPage = staffConsole.list({
  path: paths.outages,
  allow: 'read',
  words,
  from: outageList,
  async load(ctx, _asked, read) {
    return { list: await read(undefined), mayWrite: ctx.staff.roles.includes('content') }
  },
  actions: ({ data: { mayWrite }, words: text }) => (
    <>
      <ButtonLink kind="secondary" icon="calendar" href={paths.works}>
        {text.calendar}
      </ButtonLink>
      {mayWrite && <ButtonLink href={paths.addOutage}>{text.add}</ButtonLink>}
    </>
  ),
  empty: ({ data: { mayWrite }, words: text }) => (
    <EmptyState
      icon="wrench"
      heading={text.none}
      action={
        mayWrite && (
          <ButtonLink kind="secondary" href={paths.addOutage}>
            {text.add}
          </ButtonLink>
        )
      }
    >
      {text.noneText}
    </EmptyState>
  ),
  chips: {
    stage: { labels: outageStageWords },
    kind: { labels: incidentKindWords, icons: incidentKindIcons },
  },
  columns: {
    urgency: {
      phone: 'beside',
      cell: (outage, { language }) => <OutageStageMark outage={outage} language={language} />,
    },
    outage: {
      header: true,
      long: true,
      cell: ({ id, code, kind, title }, { language }) => (
        <>
          <a href={paths.outage({ id })}>{title[language]}</a>
          <div class="small-text">
            {incidentKindWords[kind][language]} <span class="number">{code}</span>
          </div>
        </>
      ),
    },
    start: { phone: 'labelled', cell: ({ startsAt }, { time }) => time(startsAt) },
    end: { phone: 'hidden', cell: ({ endsAt }, { time }) => endsAt && time(endsAt) },
    next: { phone: 'labelled', cell: ({ nextUpdateAt }, { time }) => nextUpdateAt && time(nextUpdateAt) },
  },
})
