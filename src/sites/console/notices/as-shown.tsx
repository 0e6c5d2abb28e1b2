import type { JSX } from 'preact'
import type { Campaign } from '#features/notices/campaign.ts'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { NoticeLead } from '#sites/frame/states/notice-kind.tsx'

const words = {
  shownAs: { ja: 'お客様の画面での表示', en: 'As customers see it' },
  japanese: { ja: '日本語の画面', en: 'In Japanese' },
  english: { ja: '英語の画面', en: 'In English' },
}

interface AsShownProps {
  campaign: Campaign
  reader: Reader
}

/** A notice in both languages, as customers read it. */
export function AsShown({ campaign, reader }: AsShownProps): JSX.Element {
  const text = inLanguage(words, reader.language)
  return (
    <Section heading={text.shownAs}>
      <Columns count={2}>
        <InLanguage campaign={campaign} heading={text.japanese} as="ja" reader={reader} />
        <InLanguage campaign={campaign} heading={text.english} as="en" reader={reader} />
      </Columns>
    </Section>
  )
}

interface InLanguageProps extends AsShownProps {
  heading: string
  as: 'ja' | 'en'
}

function InLanguage({ campaign, heading, as, reader }: InLanguageProps) {
  return (
    <Panel heading={heading}>
      <div lang={as}>
        <p>
          <b>{campaign.title[as]}</b>
        </p>
        <p class="small-text">
          <NoticeLead notice={campaign} language={as} reader={reader} />
        </p>
        <p class="told">{campaign.body[as]}</p>
      </div>
    </Panel>
  )
}
