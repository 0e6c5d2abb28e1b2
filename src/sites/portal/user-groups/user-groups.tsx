import { groupLabels } from '#sites/frame/guide-labels.ts'
import { type GroupRightState, groupList } from '#features/user-groups/list-counted.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import type { Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { StagedNotice } from './staged-notice.tsx'
import { groupDescription, groupName, listTitle, stagedLabel } from './words.ts'

const words = {
  title: listTitle,
  number: groupLabels.id,
  name: groupLabels.name,
  description: groupLabels.description,
  members: groupLabels.members,
  add: groupLabels.startAdding,
  staged: stagedLabel,
  chips: stagedLabel,
  changes: { ja: (n: number) => `${n}件`, en: (n: number) => String(n) },
  changesOf: {
    ja: (n: number, group: string) => `${group}の未反映の変更${n}件を確認する`,
    en: (n: number, group: string) => `See the changes of ${group} that are not in force (${n})`,
  },
  people: { ja: (n: number) => `${n}名`, en: (n: number) => String(n) },
  noMatch: { ja: '条件に合うユーザーグループがありません', en: 'No user group matches' },
}

const rightStateWords: Record<GroupRightState, Phrase> = {
  waiting: { ja: '未反映の変更あり', en: 'Changes not in force' },
  settled: { ja: '未反映の変更なし', en: 'All in force' },
}

const thing = thingOfListing('user-groups')

/** ユーザグループ一覧. It is never empty: every customer has the automatic group. */
export const userGroupsPage = portal.list({
  path: paths.userGroups,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: groupList,
  async load(ctx, _asked, read) {
    const [list, pinned] = await Promise.all([read(undefined), isPinned(ctx, thing)])
    return { list, isPinned: pinned }
  },
  about: () => thing,
  actions: (view) => (
    <>
      <PinButton view={view} thing={thing} isPinned={view.data.isPinned} />
      <ButtonLink href={paths.addUserGroup}>{view.words.add}</ButtonLink>
    </>
  ),
  above: ({ data: { list }, reader: { language } }) => <StagedNotice staged={list.beside} language={language} />,
  chips: { rights: { labels: rightStateWords, icons: { waiting: 'alert' } } },
  columns: {
    number: { number: true, phone: 'beside', cell: ({ number }) => number, csv: ({ number }) => number },
    name: {
      header: true,
      long: true,
      cell: (group, { language }) => <a href={paths.userGroup({ id: group.id })}>{groupName(group, language)}</a>,
      csv: (group, language) => groupName(group, language),
    },
    description: {
      long: true,
      phone: 'below',
      cell: (group, { language }) => groupDescription(group, language),
      csv: (group, language) => groupDescription(group, language),
    },
    members: {
      phone: 'labelled',
      cell: ({ members }, { words: text }) => text.people(members),
      csv: ({ members }) => members,
    },
    staged: {
      phone: 'labelled',
      cell: (group, { language, words: text }) =>
        group.staged > 0 && (
          <a
            href={paths.applyGroupRights({ id: group.id })}
            aria-label={text.changesOf(group.staged, groupName(group, language))}
          >
            {text.changes(group.staged)}
          </a>
        ),
      csv: ({ staged }) => staged,
    },
  },
  csv: paths.userGroupsCsv,
})
