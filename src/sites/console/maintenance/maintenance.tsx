import {
  findSiteState,
  type Maintenance,
  type SiteName,
  siteNames,
  type SiteState,
  underWay,
} from '#features/site-state/find.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { maintenanceTitle, siteWords } from './maintenance-words.ts'

const words = {
  title: maintenanceTitle,
  lead: {
    ja: 'サイトを閉じる時間や、ポータルの工事を、お客様の画面に予告します。1週間前から、ログイン画面などに表示します。',
    en: 'Tells customers when a site is closed, or when there are works on the portal: from a week before, on the login and elsewhere.',
  },
  state: { ja: '状態', en: 'State' },
  none: { ja: '予告していません', en: 'Nothing is announced' },
  announced: { ja: '予告中', en: 'Announced' },
  running: { ja: '実施中', en: 'Under way' },
  over: { ja: '終了', en: 'Over' },
  mode: { ja: '内容', en: 'What' },
  works: { ja: '工事（ポータルは利用できます）', en: 'Works; the portal stays open' },
  closed: { ja: 'サイトを閉じる', en: 'The site is closed' },
  'read-only': { ja: '変更できなくする', en: 'Nothing can be changed' },
  from: { ja: '開始', en: 'From' },
  until: { ja: '終了予定', en: 'Until' },
  ja: { ja: 'お客様への説明', en: 'What is told, in Japanese' },
  en: { ja: 'お客様への説明（英語）', en: 'What is told, in English' },
  seen: { ja: '最後に動作を確認した時刻', en: 'Last heard of' },
  change: { ja: '設定する', en: 'Set' },
}

const ways: Record<SiteName, string> = { portal: paths.portalMaintenance, settings: paths.settingsMaintenance }

type Data = Record<SiteName, SiteState>

/** When sites are closed, and what is told of it. */
export const maintenancePage = staffConsole.page({
  path: paths.maintenance,
  allow: 'content',
  words,
  async load({ tx }): Promise<Data> {
    const [portal, settings] = [await findSiteState(tx, 'portal'), await findSiteState(tx, 'settings')]
    return { portal, settings }
  },
  title: ({ words: text }) => text.title,
  view: (view) => (
    <>
      <PageHeading heading={view.words.title} lead={view.words.lead} />
      {siteNames.map((site) => (
        <Section
          key={site}
          heading={siteWords[site][view.reader.language]}
          action={<a href={ways[site]}>{view.words.change}</a>}
        >
          <Facts facts={factsOf(site, view)} />
        </Section>
      ))}
    </>
  ),
})

function factsOf(site: SiteName, { data, words: text, reader }: View<Data, typeof words>) {
  const { language, timeZone: zone, now } = reader
  const { maintenance, seenAt } = data[site]
  const when = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  const facts = [
    { term: text.state, value: <Standing state={data[site]} {...{ text, now }} /> },
    { term: text.mode, value: maintenance && modeIn(site, maintenance, text) },
    { term: text.from, value: maintenance && when(maintenance.from) },
    { term: text.until, value: maintenance && when(maintenance.until) },
    { term: text.ja, value: maintenance && <span lang="ja">{maintenance.text.ja}</span> },
    { term: text.en, value: maintenance && <span lang="en">{maintenance.text.en}</span> },
    { term: text.seen, value: seenAt && when(seenAt) },
  ]
  return facts.filter(({ value }) => Boolean(value))
}

function modeIn(site: SiteName, { mode }: Maintenance, text: View<Data, typeof words>['words']): string {
  return site === 'portal' ? text.works : text[mode]
}

function Standing({ state, text, now }: { state: SiteState; text: View<Data, typeof words>['words']; now: Date }) {
  const { maintenance } = state
  if (!maintenance) return <PlainState>{text.none}</PlainState>
  if (underWay(state, now)) return <Badge kind="warning">{text.running}</Badge>
  return maintenance.until <= now ? <span>{text.over}</span> : <Badge kind="current">{text.announced}</Badge>
}
