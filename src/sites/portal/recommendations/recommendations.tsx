import { siteLabels } from '#sites/frame/guide-labels.ts'
import {
  listRecommendations,
  type Recommendation,
  recommendationKey,
  type RecommendationList,
} from '#features/recommendations/list.ts'
import { type Place, placeOf } from '#platform/list/paging.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { ListTools } from '#platform/ui/list/list-tools.tsx'
import { OutsideLink } from '#platform/ui/text/outside-link.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import type { View } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  title: siteLabels.recommendations,
  lead: {
    ja: 'ご契約中のサービスに合わせたご提案です。',
    en: 'What may go well with the services you have.',
  },
  more: { ja: '詳細を確認する', en: 'Read more' },
  moreOf: { ja: (title: string) => `（${title}）`, en: (title: string) => ` about ${title}` },
  none: { ja: '現在、ご提案はありません', en: 'There are no recommendations at the moment' },
  noneText: {
    ja: 'ご契約中のサービスに合わせたご提案があると、ここに表示します。',
    en: 'What may go well with your services will be shown here.',
  },
  back: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
}

interface Data {
  place: Place
  list: RecommendationList
}

/** レコメンド */
export const recommendationsPage = portal.page({
  path: paths.recommendations,
  allow: 'user',
  words,
  section: 'recommendations',
  async load(ctx, { query }): Promise<Data> {
    const place = placeOf(query, { key: recommendationKey })
    return { place, list: await listRecommendations(ctx, place) }
  },
  title: ({ words: text }) => text.title,
  view: (view) => (
    <>
      <PageHeading heading={view.words.title} lead={view.words.lead} />
      {view.data.list.total > 0 ? <Listed {...view} /> : <Nothing {...view} />}
    </>
  ),
})

type Shown = View<Data, typeof words>

function Nothing({ words: text }: Shown) {
  return (
    <EmptyState
      icon="info"
      heading={text.none}
      action={
        <ButtonLink kind="secondary" href={paths.serviceMenu}>
          {text.back}
        </ButtonLink>
      }
    >
      {text.noneText}
    </EmptyState>
  )
}

function Listed({ data: { place, list }, words: text, reader: { language } }: Shown) {
  const [first, last] = [list.rows[0], list.rows.at(-1)]
  return (
    <>
      <ListTools
        language={language}
        path={paths.recommendations}
        query={{}}
        place={place}
        total={list.total}
        edges={first && last && { first: first.key, last: last.key }}
      />
      {list.rows.map(({ row }) => (
        <Recommended key={row.code} recommendation={row} text={text} language={language} />
      ))}
    </>
  )
}

interface RecommendedProps {
  recommendation: Recommendation
  text: Shown['words']
  language: Language
}

function Recommended({ recommendation, text, language }: RecommendedProps) {
  const { service, title, text: told, url } = recommendation
  return (
    <Panel heading={title[language]}>
      {service && <p class="small-text">{service[language]}</p>}
      <p class="told">{told[language]}</p>
      {url !== null && (
        <OutsideLink language={language} href={url}>
          {text.more}
          <span class="visually-hidden">{text.moreOf(title[language])}</span>
        </OutsideLink>
      )}
    </Panel>
  )
}
