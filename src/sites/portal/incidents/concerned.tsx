import type { JSX } from 'preact'
import type { IncidentDetails } from '#features/incidents/find.ts'
import type { Incident } from '#features/incidents/incident.ts'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  heading: { ja: '影響するご契約', en: 'Your contracts concerned' },
  leftBefore: { ja: '', en: 'Not concerned since ' },
  leftAfter: { ja: 'から影響はありません', en: '' },
  more: {
    ja: (shown: number, all: number) => `${all}件のうち${shown}件を表示しています。`,
    en: (shown: number, all: number) => `${shown} of ${all} are shown.`,
  },
}

/** Those that the reader sees; of others not even a number is told. */
export function Concerned({ incident, reader }: { incident: Incident & IncidentDetails; reader: Reader }): JSX.Element {
  const { concerned, contracts } = incident
  const { language, timeZone, now } = reader
  const text = inLanguage(words, language)
  return (
    <Section heading={text.heading}>
      <LinkList
        items={concerned.map(({ id, number, service, site, leftAt }) => ({
          href: paths.contract({ id }),
          label: number,
          note: (
            <>
              {[service[language], site].filter(Boolean).join(language === 'ja' ? '　' : ' · ')}
              {leftAt && (
                <>
                  <br />
                  {text.leftBefore}
                  <Time at={leftAt} zone={timeZone} language={language} now={now} />
                  {text.leftAfter}
                </>
              )}
            </>
          ),
        }))}
      />
      {contracts > concerned.length && <p class="small-text">{text.more(concerned.length, contracts)}</p>}
    </Section>
  )
}
