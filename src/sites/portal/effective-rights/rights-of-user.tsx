import { userRightList } from '#features/effective-rights/of-user.ts'
import { findPerson } from '#features/effective-rights/person.ts'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { levelChips } from './level.tsx'
import { userRightColumns, userRightWords } from './user-rights.tsx'
import { rightsTitle, trialTitle } from './words.ts'

const words = {
  ...userRightWords,
  title: rightsTitle,
  of: { ja: (name: string) => `${name}さん`, en: (name: string) => name },
  groups: userLabels.groups,
  noGroups: { ja: '所属していません', en: 'None' },
  users: userLabels.list,
  list: { ja: 'ユーザーグループ一覧を表示する', en: 'Show the user groups' },
  tryGroups: trialTitle,
  none: { ja: '参照できるご契約がありません', en: 'There are no contracts this user can view' },
  toUser: { ja: '状態を確認する', en: 'See why' },
  shutOut: {
    ja: 'いまは、ログインできません。次の権限は、利用できるようになると有効になります。',
    en: 'This user cannot log in now. These rights hold once the user is let in.',
  },
  noGroup: {
    ja: 'どのユーザーグループにも所属していません。ユーザーグループに追加すると、その権限が与えられます。',
    en: 'This user is in no user group. Whoever is added to one gets its rights.',
  },
  noRight: {
    ja: '所属するユーザーグループには、参照できるご契約がありません。ユーザーグループの権限を設定してください。',
    en: 'The groups of this user allow no contract. Set the rights of a user group.',
  },
}

/** 有効な権限 of any user of the customer. */
export const rightsOfUserPage = portal.list({
  path: paths.rightsOfUser,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: userRightList,
  async load(ctx, { params: { id } }, read) {
    const person = await findPerson(ctx, id)
    return person ? { list: await read(person), person } : notFound
  },
  title: ({ data: { person }, words: text }) => `${text.of(person.name)} ${text.title}`,
  heading: ({ data: { person }, words: text, reader: { language } }) => (
    <>
      <Breadcrumb
        language={language}
        trail={[
          { label: text.users, href: paths.users },
          { label: person.name, href: paths.user({ id: person.id }) },
        ]}
        current={text.title}
      />
      <PageHeading
        heading={text.title}
        lead={text.of(person.name)}
        actions={
          <ButtonLink kind="secondary" small icon="group" href={paths.rightsTrial({ id: person.id })}>
            {text.tryGroups}
          </ButtonLink>
        }
      />
      <Facts facts={[{ term: text.groups, value: formatList(person.groups, language) || text.noGroups }]} />
      {person.isShutOut && (
        <Notice kind="warning" label={text.title} action={<a href={paths.user({ id: person.id })}>{text.toUser}</a>}>
          {text.shutOut}
        </Notice>
      )}
    </>
  ),
  empty: ({ data: { person }, words: text }) => (
    <EmptyState
      icon="lock"
      heading={text.none}
      action={
        <ButtonLink kind="secondary" href={paths.userGroups}>
          {text.list}
        </ButtonLink>
      }
    >
      {person.groups.length === 0 ? text.noGroup : text.noRight}
    </EmptyState>
  ),
  chips: levelChips,
  csv: paths.rightsOfUserCsv.pattern,
  whose: ({ person }) => person.name,
  columns: userRightColumns,
})
