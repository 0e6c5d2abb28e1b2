import { findOwnReasons } from '#features/effective-rights/own-reasons.ts'
import type { Reason } from '#features/effective-rights/reason.ts'
import type { Contract } from '#features/contracts/find.ts'
import { findFindings, type Finding } from '#features/line-checks/find.ts'
import { findLastChanges, type LineChangeRow } from '#features/line-changes/list.ts'
import type { Line } from '#features/lines/open.ts'
import { findComing, type Reservation } from '#features/reservations/reservation.ts'
import { countNumbers, type NumberCounts } from '#features/numbers/number.ts'
import { Card, CardGrid } from '#platform/ui/layout/card.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { findingSentence } from '#features/company-checks/finding-words.ts'
import { linkWords } from '../links.ts'
import { ComingReservations } from './coming-reservations.tsx'
import { LastChanges } from './last-changes.tsx'
import type { Maintenance } from '#features/site-state/find.ts'
import { addressOn, portalLinks } from '#sites/frame/between-sites.ts'
import { contractLabels, rightLabels, serviceLabels, settingsLabels } from '#sites/frame/guide-labels.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  title: serviceLabels.settingsSite,
  list: { ja: '設定変更一覧', en: 'Settings' },
  another: { ja: '別のご契約を選ぶ', en: 'Choose another contract' },
  subject: { ja: '設定変更の対象', en: 'What is set here' },
  customerNumber: settingsLabels.customerNumber,
  service: { ja: 'サービス名・拠点', en: 'Service and site' },
  memo: contractLabels.memo,
  right: { ja: '有効な権限', en: 'Your right' },
  by: { ja: (groups: string) => `（${groups}）`, en: (groups: string) => ` (by ${groups})` },
  details: { ja: 'ご契約情報を見る', en: 'See the contract' },
  findings: {
    ja: (count: number) => `確認が必要な項目が${count}件あります`,
    en: (count: number) => `To be looked at: ${count}`,
  },
  seeFindings: { ja: '確認する', en: 'Look at them' },
  set: { ja: '設定する', en: 'Settings' },
  numbers: {
    ja: (all: number, unset: number) => `外線番号 ${all}件${unset > 0 ? `（未割当 ${unset}件）` : ''}`,
    en: (all: number, unset: number) =>
      `${all} outside ${all === 1 ? 'number' : 'numbers'}${unset > 0 ? ` (${unset} not bound)` : ''}`,
  },
  extensions: {
    ja: (count: number, most: number) => `内線 ${count}件（上限 ${most}件）`,
    en: (count: number, most: number) => `${count} ${count === 1 ? 'extension' : 'extensions'} (at most ${most})`,
  },
  calendars: {
    ja: '曜日ごとの時間、祝日、年末年始などの休み',
    en: 'Hours of the week, national holidays and other days off',
  },
  groups: {
    ja: (count: number) => `グループ ${count}件`,
    en: (count: number) => `${count} ${count === 1 ? 'group' : 'groups'}`,
  },
  simulation: { ja: '着信したときに鳴る電話機を確認', en: 'See what rings when a call comes in' },
  checks: {
    ja: (count: number) => `確認が必要な項目 ${count}件`,
    en: (count: number) => `${count} to be looked at`,
  },
  print: { ja: 'このご契約の設定すべて', en: 'All settings of this contract' },
  readOnly: {
    ja: '設定は参照のみできます。変更するには編集の権限が必要です。御社のポータル管理者にご相談ください。',
    en: 'You can only view the settings. To change them you need the right to edit: ask your portal administrator.',
  },
}

interface Data {
  contract: Contract
  line: Line
  /** What needs to be looked at. */
  findings: Finding[]
  numbers: NumberCounts
  changes: LineChangeRow[]
  /** The next ones. */
  reservations: Reservation[]
  /** Nothing can be changed for now. */
  maintenance: Maintenance | undefined
  /** The groups that give the actor the level. */
  groups: string[]
  portal: { service: string; list: string; contract: string }
}

/** The newest changes, shown here. */
const mostChanges = 5

/** The settings of one contract: first of all, which one it is. */
export const topPage = settings.page({
  path: paths.top,
  allow: 'line',
  words,
  async load(ctx): Promise<Data> {
    const { contract, line, portalUrl, maintenance } = ctx
    const { id, service } = contract
    const at = (path: string): string => addressOn(portalUrl, path)
    const [reasons, findings, numbers, changes, reservations] = await Promise.all([
      findOwnReasons(ctx, id),
      findFindings(ctx),
      countNumbers(ctx),
      findLastChanges(ctx, mostChanges),
      findComing(ctx, mostChanges),
    ])
    return {
      contract,
      maintenance,
      line,
      findings,
      numbers,
      changes,
      reservations,
      groups: groupsOf(reasons),
      portal: {
        service: at(portalLinks.service({ code: service.code })),
        list: addressOn(portalUrl, portalLinks.settingsList({ code: service.code }), { list: '' }),
        contract: at(portalLinks.contract({ id })),
      },
    }
  },
  within: ({ contract }) => contract.service.code,
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader } = view
    const { language } = reader
    const { contract, portal } = data
    return (
      <>
        <Breadcrumb
          language={language}
          trail={[
            { label: contract.service.name[language], href: portal.service },
            { label: text.list, href: portal.list },
          ]}
          current={text.title}
        />
        <PageHeading
          heading={text.title}
          actions={
            <a class="link-with-icon" href={portal.list}>
              {text.another}
              <Icon name="right" />
            </a>
          }
        />
        <Subject {...view} />
        {!contract.mayEdit && (
          <Notice kind="info">{data.maintenance ? data.maintenance.text[language] : text.readOnly}</Notice>
        )}
        <FirstFinding {...view} />
        <Parts {...view} />
        <ComingReservations contract={contract.id} line={data.line} reservations={data.reservations} reader={reader} />
        <LastChanges contract={contract.id} changes={data.changes} reader={reader} />
      </>
    )
  },
})

/** Of the reasons, those for the level that the actor has: the highest, which comes first. */
function groupsOf(reasons: readonly Reason[]): string[] {
  const own = reasons.filter(({ level }) => level === reasons[0]?.level)
  return [...new Set(own.map(({ group }) => group.name))]
}

function Subject({ data: { contract, groups, portal }, words: text, reader: { language } }: View<Data, typeof words>) {
  const { number, service, site, memo, mayEdit } = contract
  const level = (mayEdit ? rightLabels.edit : rightLabels.view)[language]
  return (
    <Panel label={text.subject}>
      <Facts
        inline
        facts={[
          { term: text.customerNumber, value: <b class="facts-main">{number}</b> },
          { term: text.service, value: [service.name[language], site].filter(Boolean).join(' ') },
          { term: text.memo, value: memo || '-' },
          {
            term: text.right,
            value: (
              <>
                {level}
                <span class="small-text">{text.by(formatList(groups, language))}</span>
              </>
            ),
          },
          { term: text.details, value: <a href={portal.contract}>{number}</a> },
        ]}
      />
    </Panel>
  )
}

function FirstFinding({ data: { contract, findings }, words: text, reader: { language } }: View<Data, typeof words>) {
  const [first] = findings
  if (!first) return null
  return (
    <Notice
      kind="warning"
      heading={text.findings(findings.length)}
      action={<a href={paths.checks({ contract: contract.id })}>{text.seeFindings}</a>}
    >
      {findingSentence(first, language)}
    </Notice>
  )
}

function Parts({ data, words: text, reader: { language } }: View<Data, typeof words>) {
  const { contract, line, numbers, findings } = data
  const of = { contract: contract.id }
  return (
    <Section heading={text.set}>
      <CardGrid>
        <Card heading={linkWords.numbers[language]} href={paths.numbers(of)} icon="phone">
          {text.numbers(numbers.all, numbers.unset)}
        </Card>
        <Card heading={linkWords.extensions[language]} href={paths.extensions(of)} icon="user">
          {text.extensions(line.extensions, line.mostExtensions)}
        </Card>
        <Card heading={linkWords.callGroups[language]} href={paths.callGroups(of)} icon="group">
          {text.groups(line.callGroups)}
        </Card>
        <Card heading={linkWords.calendars[language]} href={paths.calendars(of)} icon="calendar">
          {text.calendars}
        </Card>
        <Card heading={linkWords.simulation[language]} href={paths.simulation(of)} icon="play">
          {text.simulation}
        </Card>
        <Card heading={linkWords.checks[language]} href={paths.checks(of)} icon="check">
          {text.checks(findings.length)}
        </Card>
        <Card heading={linkWords.print[language]} href={paths.print(of)} icon="print">
          {text.print}
        </Card>
      </CardGrid>
    </Section>
  )
}
