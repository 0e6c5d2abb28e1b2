import type { JSX } from 'preact'
import { type SettingsListKind, type SettingsRow, settingsList } from '#features/lines/list.ts'
import { findServiceWithSettings, type ServiceWithSettings } from '#features/services/find-with-settings.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { findSiteState, type SiteState, underWay } from '#features/site-state/find.ts'
import type { Thing } from '#features/subjects/thing.ts'
import { addressOn, settingsLinks } from '#sites/frame/between-sites.ts'
import { contractLabels, settingsLabels } from '#sites/frame/guide-labels.ts'
import { ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import type { ShownList } from '#platform/web/list-request.ts'
import { type PageRequest, type Redirect, redirect, type View } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { contractStatusWords } from '#sites/frame/states/contract-status.tsx'
import { paths } from '../paths.ts'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { portal } from '../site.tsx'
import { SiteNotice } from './site-notice.tsx'
import { NoContracts } from '../subjects/no-contracts.tsx'

const words = {
  title: { ja: '設定変更一覧', en: 'Settings' },
  named: settingsLabels.list,
  guide: settingsLabels.guide,
  caption: { ja: '設定を変更できるご契約', en: 'Contracts whose settings can be changed' },
  number: contractLabels.contractNumber,
  group: contractLabels.groupNumber,
  service: contractLabels.serviceName,
  site: contractLabels.site,
  memo: contractLabels.memo,
  settings: settingsLabels.changeAndPrint,
  attention: { ja: '要確認', en: 'To check' },
  checks: { ja: '全ご契約の設定チェック', en: 'Settings check of all contracts' },
  noMatch: { ja: '条件に合うご契約がありません', en: 'No contract matches' },
}

interface Data {
  list: ShownList<SettingsListKind>
  /** Undefined: there is none of this code, and the list is empty. */
  service: ServiceWithSettings | undefined
  /** Names of the user's groups. */
  groups: readonly string[]
  settingsUrl: URL
  state: SiteState
  /** Nobody is let in for now. */
  isClosed: boolean
  isPinned: boolean
}

/** 設定変更一覧: the way into the settings of each contract of a service. Whoever sees one alone is led straight into it. */
export const settingsListPage = portal.list({
  path: paths.settingsList,
  allow: 'user',
  words,
  section: 'services',
  from: settingsList,
  async load(ctx, { params, query }, read): Promise<Data | Redirect> {
    const service = await findServiceWithSettings(ctx.tx, params.code)
    const [list, state] = await Promise.all([
      read({ serviceId: service?.id ?? noService }),
      findSiteState(ctx.tx, 'settings'),
    ])
    const isClosed = underWay(state, ctx.now)?.mode === 'closed'
    const straight = isClosed ? undefined : soleLine(list, query)
    if (straight) return redirect(addressOn(ctx.settingsUrl, settingsLinks.top({ contract: straight.id })))
    const groups = ctx.actor.groups.map(({ name }) => name)
    const pinned = service !== undefined && (await isPinned(ctx, thingOf(service)))
    return { list, service, groups, settingsUrl: ctx.settingsUrl, state, isClosed, isPinned: pinned }
  },
  about(data) {
    const service = shownService(data)
    return service && thingOf(service)
  },
  within: (data) => shownService(data)?.code ?? '',
  title: (view) => titleOf(view),
  heading: (view) => <Heading {...view} />,
  empty: ({ data: { groups }, reader: { language } }) => <NoContracts groups={groups} language={language} />,
  above: ({ data: { state }, reader }) => <SiteNotice state={state} reader={reader} />,
  columns: {
    number: { header: true, cell: ({ number }) => number, csv: ({ number }) => number },
    group: { csv: ({ groupNumber }) => groupNumber },
    service: { csv: ({ service }, language) => service[language] },
    site: { long: true, cell: ({ site }) => site, csv: ({ site }) => site },
    memo: { long: true, phone: 'below', cell: ({ memo }) => memo, csv: ({ memo }) => memo },
    settings: {
      phone: 'below',
      cell: (row, { language, data: { settingsUrl, isClosed } }) =>
        !isClosed && <Ways row={row} language={language} settingsUrl={settingsUrl} />,
      csv: ({ line, mayEdit }, language) =>
        line ? settingsLabels[mayEdit ? 'change' : 'look'][language] : contractStatusWords.preparing[language],
    },
    attention: { csv: ({ line }) => line?.attention ?? null },
  },
  csv: paths.settingsListCsv.pattern,
})

type Shown = View<Data, typeof words>

const noService = '00000000-0000-0000-0000-000000000000'

/** Whoever sees none of its contracts is not told of the service either. */
function shownService({ list, service }: Data): ServiceWithSettings | undefined {
  return list.all === 0 ? undefined : service
}

const thingOf = ({ id }: ServiceWithSettings): Thing => ({ kind: 'settings-list', id })

function titleOf({ data, words: text, reader: { language } }: Shown): string {
  const service = shownService(data)
  return service ? text.named(service.name[language]) : text.title
}

function Heading(view: Shown): JSX.Element {
  const { data, words: text, reader } = view
  const service = shownService(data)
  const { language } = reader
  if (!service) return <PageHeading heading={text.title} />
  const name = service.name[language]
  return (
    <>
      <Breadcrumb
        language={language}
        trail={[{ label: name, href: paths.service({ code: service.code }) }]}
        current={text.title}
      />
      <PageHeading
        heading={titleOf(view)}
        lead={text.guide(name)}
        tall
        actions={
          <>
            <a href={paths.lineChecks}>{text.checks}</a>{' '}
            <PinButton view={view} thing={thingOf(service)} isPinned={data.isPinned} />
          </>
        }
      />
    </>
  )
}

/** The one contract that there is, when nothing else was asked for than to go on. */
function soleLine({ rows, all }: Data['list'], query: PageRequest['query']): SettingsRow | undefined {
  const [first] = rows
  return all === 1 && first?.row.line && Object.keys(query).length === 0 ? first.row : undefined
}

const wayWords = {
  change: settingsLabels.change,
  view: settingsLabels.look,
  print: settingsLabels.print,
  of: { ja: (number: string) => `（${number}）`, en: (number: string) => ` (${number})` },
  attention: { ja: (count: number) => `要確認 ${count}件`, en: (count: number) => `To check: ${count}` },
}

interface WaysProps {
  row: SettingsRow
  language: Language
  settingsUrl: URL
}

/** Into the settings of one contract. A link, so that it opens in another tab by the browser's own means. */
function Ways({ row: { id, number, line, mayEdit }, language, settingsUrl }: WaysProps): JSX.Element {
  const text = inLanguage(wayWords, language)
  if (!line) return <>{contractStatusWords.preparing[language]}</>
  const top = addressOn(settingsUrl, settingsLinks.top({ contract: id }))
  return (
    <ButtonRow>
      <ButtonLink kind={mayEdit ? 'secondary' : 'quiet'} small href={top}>
        {mayEdit ? text.change : text.view}
        <span class="visually-hidden">{text.of(number)}</span>
      </ButtonLink>
      <a class="link-with-icon" href={addressOn(settingsUrl, settingsLinks.print({ contract: id }))}>
        <Icon name="print" />
        {text.print}
        <span class="visually-hidden">{text.of(number)}</span>
      </a>
      {line.attention > 0 && (
        <Badge kind="warning" icon="alert">
          {text.attention(line.attention)}
        </Badge>
      )}
    </ButtonRow>
  )
}
