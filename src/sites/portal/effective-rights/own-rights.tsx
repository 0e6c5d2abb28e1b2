import { userRightList } from '#features/effective-rights/of-user.ts'
import { NoContracts } from '../subjects/no-contracts.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { levelChips } from './level.tsx'
import { ownRightColumns, userRightWords } from './user-rights.tsx'
import { rightsTitle } from './words.ts'

const words = {
  ...userRightWords,
  title: rightsTitle,
  lead: {
    ja: 'ご自身が参照・編集できるご契約と、その権限を与えているユーザーグループです。',
    en: 'The contracts you can view or edit, and the user groups that allow it.',
  },
}

/** 有効な権限, one's own. */
export const ownRightsPage = portal.list({
  path: paths.ownRights,
  allow: 'user',
  words,
  section: 'profile',
  from: userRightList,
  async load({ actor }, _asked, read) {
    const { userId: id, name, scope } = actor
    const groups = actor.groups.map((group) => group.name)
    return { list: await read({ id, name, scope, groups, isShutOut: false }), groups }
  },
  empty: ({ data: { groups }, reader: { language } }) => <NoContracts groups={groups} language={language} />,
  chips: levelChips,
  columns: ownRightColumns,
  csv: paths.ownRightsCsv,
})
