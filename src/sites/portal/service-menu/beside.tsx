import type { JSX } from 'preact'
import { siteLabels } from '#sites/frame/guide-labels.ts'
import type { BesideMenu } from '#features/shortcuts/find-beside.ts'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { kindOf, nameOf, pathOf } from '../shortcuts/labels.ts'
import { LookTimes } from '../shortcuts/look-times.tsx'

const words = {
  pins: { ja: 'ピン留め', en: 'Pinned' },
  edit: { ja: '編集する', en: 'Edit' },
  recents: { ja: '最近の操作', en: 'Recent' },
  notices: siteLabels.news,
  all: { ja: 'すべて見る', en: 'See all' },
  noPins: { ja: 'ピン留めした画面は、ここに表示されます。', en: 'What you pin appears here.' },
  noRecents: { ja: '最近開いた画面は、ここに表示されます。', en: 'What you open appears here.' },
  noNotices: { ja: '現在、お知らせはありません。', en: 'There is no news at present.' },
}

const most = 5

/** What somebody comes back to, and what is new. */
export function Beside({ beside, reader }: { beside: BesideMenu; reader: Reader }): JSX.Element {
  const { language, now, timeZone: zone } = reader
  const text = inLanguage(words, language)
  const { pins, recents, notices } = beside
  return (
    <Columns count={3}>
      <Section small heading={text.pins} action={pins.length > 0 && <a href={paths.pinned}>{text.edit}</a>}>
        {pins.length === 0 && <p class="small-text">{text.noPins}</p>}
        <LinkList
          items={pins.slice(0, most).map((pin) => ({
            href: pathOf(pin),
            icon: 'pin',
            label: nameOf(pin, language),
            note: kindOf(pin, language),
          }))}
        />
      </Section>
      <Section small heading={text.recents} action={recents.length > most && <a href={paths.pinned}>{text.all}</a>}>
        {recents.length === 0 && <p class="small-text">{text.noRecents}</p>}
        <LinkList
          items={recents.slice(0, most).map((recent) => ({
            href: pathOf(recent),
            icon: 'clock',
            label: nameOf(recent, language),
            note: (
              <>
                {kindOf(recent, language)}
                <br />
                <LookTimes recent={recent} reader={reader} />
              </>
            ),
          }))}
        />
      </Section>
      <Section small heading={text.notices} action={<a href={paths.notices}>{text.all}</a>}>
        {notices.length === 0 && <p class="small-text">{text.noNotices}</p>}
        <LinkList
          items={notices.map(({ id, kind, title, publishedAt }) => ({
            href: paths.notice({ id }),
            icon: kind === 'works' ? 'wrench' : 'info',
            label: title[language],
            note: <Time at={publishedAt} zone={zone} language={language} now={now} format="date" />,
          }))}
        />
      </Section>
    </Columns>
  )
}
