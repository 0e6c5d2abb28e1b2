import { findCallGroup } from '#features/call-groups/call-group.ts'
import { copyOfGroup } from '#features/call-groups/copy.ts'
import { copyPage } from '../copies/copy-page.tsx'
import { linkWords } from '../links.ts'
import { paths } from '../paths.ts'

/** A group for other contracts, too. */
export const copyCallGroupPage = copyPage({
  path: paths.copyCallGroup,
  find: findCallGroup,
  copyOf: (group, members) => copyOfGroup(group, { members }),
  name: ({ number, name }) => `${number} ${name}`,
  more: {
    label: { ja: 'メンバーと鳴る順番も適用する', en: 'With the members and their order' },
    hint: {
      ja: '同じ番号の内線をメンバーにします。外すと、すでにあるグループのメンバーは変わらず、新しいグループにはメンバーがいません。',
      en: 'Members are the extensions of the same numbers. Without it, groups keep the members that they have, and new ones have none.',
    },
  },
  list: { path: paths.callGroups, label: linkWords.callGroups },
  own: paths.callGroup,
})
