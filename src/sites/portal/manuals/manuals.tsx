import { contractLabels, siteLabels } from '#sites/frame/guide-labels.ts'
import { manualList, wholePortal } from '#features/manuals/list.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { OutsideLink } from '#platform/ui/text/outside-link.tsx'
import { notFound } from '#platform/web/page.ts'
import { NothingHere } from '../service-menu/nothing-here.tsx'
import { paths } from '../paths.ts'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { portal } from '../site.tsx'

const words = {
  title: siteLabels.manuals,
  lead: {
    ja: '参照できるサービスと、ポータルの使い方のマニュアルです。リンク先は、ポータルの外のサイトです。',
    en: 'On the services you can view and on this portal. The links lead to sites outside the portal.',
  },
  caption: { ja: 'マニュアルの一覧', en: 'Manuals' },
  subject: contractLabels.serviceName,
  portal: { ja: 'ポータル全般', en: 'The portal' },
  updated: { ja: '更新日', en: 'Updated' },
  noMatch: { ja: '条件に合うマニュアルがありません', en: 'No manual matches' },
  none: { ja: 'マニュアルはまだありません', en: 'There are no manuals yet' },
  noneText: {
    ja: 'マニュアルが公開されると、ここからご覧いただけます。',
    en: 'Manuals can be opened here once they are published.',
  },
}

const thing = thingOfListing('manuals')

/** マニュアル */
export const manualsPage = portal.list({
  path: paths.manuals,
  allow: 'user',
  words,
  section: 'manuals',
  from: manualList,
  async load(ctx, { query }, read) {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    if (query.service && !services.some(({ code }) => code === query.service)) return notFound
    return { list: await read(services), services, isPinned: await isPinned(ctx, thing) }
  },
  about: () => thing,
  actions: (view) => <PinButton view={view} thing={thing} isPinned={view.data.isPinned} />,
  empty: (view) => <NothingHere {...view} icon="document" />,
  chips: {
    subject: {
      labels: ({ services }) => ({
        [wholePortal]: words.portal,
        ...Object.fromEntries(services.map(({ id, name }) => [id, name])),
      }),
    },
  },
  columns: {
    title: {
      header: true,
      long: true,
      cell: ({ title, url }, { language }) => (
        <OutsideLink language={language} href={url}>
          {title[language]}
        </OutsideLink>
      ),
    },
    subject: { long: true, cell: ({ service }, { language, words: text }) => service?.[language] ?? text.portal },
    updated: { phone: 'labelled', cell: ({ updatedOn }, { day }) => day(updatedOn) },
  },
})
