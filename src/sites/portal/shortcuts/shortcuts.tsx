import { menuLabels } from '#sites/frame/guide-labels.ts'
import { listShortcuts, type RecentThing, type Shortcut, type Shortcuts } from '#features/shortcuts/list.ts'
import { isSame } from '#features/subjects/thing.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { labelOf, pathOf, thingKindWords } from './labels.ts'
import { PinButton } from './pin-button.tsx'
import { LookTimes } from './look-times.tsx'

const words = {
  title: menuLabels.recentAndPinned,
  lead: {
    ja: 'ご自身の記録です。ほかのユーザーには表示されません。',
    en: 'Your own record. Other users do not see it.',
  },
  pins: { ja: 'ピン留め', en: 'Pinned' },
  recents: { ja: '最近の操作', en: 'Recent' },
  thing: { ja: '名前', en: 'Name' },
  kind: { ja: '種類', en: 'Kind' },
  when: { ja: '日時', en: 'When' },
  action: { ja: 'ピン留めの操作', en: 'Pin or unpin' },
  noPins: { ja: 'ピン留めはまだありません', en: 'Nothing is pinned yet' },
  noPinsText: {
    ja: 'よく使う画面（サービス、ご契約、一覧、ユーザー、ユーザーグループなど）で「ピン留めする」を押すと、ここに表示されます。',
    en: 'Press “Pin” on a page that you use often, be it a service, a contract, a list, a user or a user group, and it appears here.',
  },
  noRecents: { ja: '最近の操作はまだありません', en: 'Nothing recent yet' },
  noRecentsText: {
    ja: 'サービスやご契約などの画面を開くと、新しいものから10件がここに表示されます。',
    en: 'The last 10 services, contracts and other things that you open appear here.',
  },
  choose: { ja: 'サービスメニューから選ぶ', en: 'Choose from the service menu' },
}

/** 最近の操作・ピン留め */
export const shortcutsPage = portal.page({
  path: paths.pinned,
  allow: 'user',
  words,
  section: 'pinned',
  load: listShortcuts,
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text } = view
    return (
      <>
        <PageHeading heading={text.title} lead={text.lead} />
        <Section heading={text.pins}>
          {data.pins.length > 0 ? (
            <Table
              caption={text.pins}
              rows={data.pins}
              rowKey={({ kind, id }) => `${kind} ${id}`}
              columns={[nameColumn(view), kindColumn(view), pinColumn(view, () => true)]}
            />
          ) : (
            <EmptyState
              icon="pin"
              level={3}
              heading={text.noPins}
              action={<a href={paths.serviceMenu}>{text.choose}</a>}
            >
              {text.noPinsText}
            </EmptyState>
          )}
        </Section>
        <Section heading={text.recents}>
          {data.recents.length > 0 ? (
            <Table
              caption={text.recents}
              rows={data.recents}
              rowKey={({ kind, id }) => `${kind} ${id}`}
              columns={[
                nameColumn(view),
                kindColumn(view),
                timeColumn(view),
                pinColumn(view, (thing) => data.pins.some((pin) => isSame(pin, thing))),
              ]}
            />
          ) : (
            <EmptyState
              icon="clock"
              level={3}
              heading={text.noRecents}
              action={<a href={paths.serviceMenu}>{text.choose}</a>}
            >
              {text.noRecentsText}
            </EmptyState>
          )}
        </Section>
      </>
    )
  },
})

type Shown = View<Shortcuts, typeof words>

function nameColumn({ words: text, reader: { language } }: Shown): Column<Shortcut> {
  return {
    label: text.thing,
    header: true,
    long: true,
    cell: (thing) => <a href={pathOf(thing)}>{labelOf(thing, language)}</a>,
  }
}

function kindColumn({ words: text, reader: { language } }: Shown): Column<Shortcut> {
  return { label: text.kind, cell: ({ kind }) => thingKindWords[kind][language] }
}

function pinColumn(view: Shown, isPinned: (thing: Shortcut) => boolean): Column<Shortcut> {
  return {
    label: view.words.action,
    hideLabel: true,
    phone: 'end',
    cell: ({ kind, id, ...thing }) => (
      <PinButton
        view={view}
        thing={{ kind, id }}
        isPinned={isPinned({ kind, id, ...thing })}
        name={labelOf({ kind, id, ...thing }, view.reader.language)}
      />
    ),
  }
}

function timeColumn({ words: text, reader }: Shown): Column<RecentThing> {
  return { label: text.when, cell: (recent) => <LookTimes recent={recent} reader={reader} /> }
}
