import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { NoContracts } from '../subjects/no-contracts.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { loadUserRights, UserRightsTable } from './user-rights.tsx'
import { rightsTitle } from './words.ts'

const words = {
  title: rightsTitle,
  lead: {
    ja: 'ご自身が参照・編集できるご契約と、その権限を与えているユーザーグループです。',
    en: 'The contracts you can view or edit, and the user groups that allow it.',
  },
}

/** 有効な権限, one's own. */
export const ownRightsPage = portal.page({
  path: paths.ownRights,
  allow: 'user',
  words,
  section: 'profile',
  load(ctx, asked) {
    const { userId: id, name, scope, groups } = ctx.actor
    return loadUserRights(ctx, { id, name, scope, groups: groups.map((group) => group.name) }, asked)
  },
  title: ({ words: text }) => text.title,
  view: ({ data, words: text, reader: { language } }) => (
    <>
      <PageHeading heading={text.title} lead={text.lead} />
      {data.list.all === 0 ? (
        <NoContracts groups={data.person.groups} language={language} />
      ) : (
        <UserRightsTable rights={data} path={paths.ownRights} language={language} isAdministrators={false} />
      )}
    </>
  ),
})
