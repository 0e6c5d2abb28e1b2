import { groupLabels } from '#sites/frame/guide-labels.ts'
import { groupList } from '#features/user-groups/list-counted.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupDescription, groupName, listTitle } from './words.ts'

const words = {
  title: listTitle,
  number: groupLabels.id,
  name: groupLabels.name,
  description: groupLabels.description,
  members: groupLabels.members,
  add: groupLabels.startAdding,
  people: { ja: (n: number) => `${n}名`, en: (n: number) => String(n) },
  noMatch: { ja: '条件に合うユーザグループがありません', en: 'No user group matches' },
}

/** ユーザグループ一覧. It is never empty: every customer has the automatic group. */
export const userGroupsPage = portal.list({
  path: paths.userGroups,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: groupList,
  actions: ({ words: text }) => <ButtonLink href={paths.addUserGroup}>{text.add}</ButtonLink>,
  columns: {
    number: { number: true, phone: 'beside', cell: ({ number }) => number },
    name: {
      header: true,
      long: true,
      cell: (group, { language }) => <a href={paths.userGroup({ id: group.id })}>{groupName(group, language)}</a>,
    },
    description: { long: true, phone: 'below', cell: (group, { language }) => groupDescription(group, language) },
    members: { phone: 'labelled', cell: ({ members }, { words: text }) => text.people(members) },
  },
})
