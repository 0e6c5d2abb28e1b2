import { siteLabels } from '#sites/frame/guide-labels.ts'
import { type Recommendation, recommendationList } from '#features/recommendations/list.ts'
import { OutsideLink } from '#platform/ui/text/outside-link.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import type { In, Language } from '#platform/words.ts'
import { NothingHere } from '../service-menu/nothing-here.tsx'
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
}

/** レコメンド */
export const recommendationsPage = portal.list({
  path: paths.recommendations,
  allow: 'user',
  words,
  section: 'recommendations',
  from: recommendationList,
  empty: (view) => <NothingHere {...view} icon="info" />,
  each: (row, { words: text, language }) => (
    <Recommended key={row.code} recommendation={row} text={text} language={language} />
  ),
})

interface RecommendedProps {
  recommendation: Recommendation
  text: In<typeof words>
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
