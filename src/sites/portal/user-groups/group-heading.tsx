import type { ComponentChildren, JSX } from 'preact'
import { groupLabels } from '#sites/frame/guide-labels.ts'
import type { Group } from '#features/user-groups/group.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { PageTabs } from '#platform/ui/layout/page-tabs.tsx'
import { inLanguage } from '#platform/words.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'
import { PinButton, type PinButtonProps } from '../shortcuts/pin-button.tsx'
import { descriptionOr, groupName, listTitle } from './words.ts'

const words = {
  list: listTitle,
  edit: groupLabels.edit,
  copy: { ja: 'このグループを複製する', en: 'Duplicate this group' },
  remove: groupLabels.deleteGroup,
  history: { ja: '変更履歴を確認する', en: 'See the change history' },
  id: groupLabels.id,
  name: groupLabels.nameField,
  description: groupLabels.description,
  tabs: { ja: 'ユーザーグループ', en: 'User group' },
  members: groupLabels.members,
  rights: groupLabels.rights,
  staged: {
    ja: (n: number) => `権限の変更が${n}件あり、まだ反映されていません。`,
    en: (n: number) =>
      n === 1 ? 'One change of rights is not in force yet.' : `${n} changes of rights are not in force yet.`,
  },
  goOn: { ja: '変更の内容を確認する', en: 'See the changes' },
}

export interface GroupHeadingProps {
  group: Group
  isPinned: boolean
  /** Of the page with the heading. */
  view: PinButtonProps['view']
  tab: 'members' | 'rights'
  /** What is done on the tab. */
  action?: ComponentChildren
}

/** Above the tabs of a group. */
export function GroupHeading({ group, isPinned, view, tab, action }: GroupHeadingProps): JSX.Element {
  const { language } = view.reader
  const text = inLanguage(words, language)
  const name = groupName(group, language)
  const at = (path: Route<'id'>): string => path({ id: group.id })
  return (
    <>
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.userGroups }]} current={name} />
      <PageHeading
        heading={name}
        actions={
          <>
            <PinButton view={view} thing={{ kind: 'user-group', id: group.id }} isPinned={isPinned} />
            {!group.isAutomatic && (
              <ButtonLink kind="secondary" small icon="edit" href={at(paths.editUserGroup)}>
                {text.edit}
              </ButtonLink>
            )}
            <ButtonLink kind="quiet" small href={at(paths.copyUserGroup)}>
              {text.copy}
            </ButtonLink>
            <ButtonLink kind="quiet" small href={hrefOf(paths.changeHistory, { group: group.id })}>
              {text.history}
            </ButtonLink>
            {!group.isAutomatic && (
              <ButtonLink kind="quiet" small href={at(paths.deleteUserGroup)}>
                {text.remove}
              </ButtonLink>
            )}
          </>
        }
      />
      <Facts
        inline
        facts={[
          { term: text.id, value: group.number },
          { term: text.name, value: name },
          { term: text.description, value: descriptionOr(group, language) },
        ]}
      />
      {group.staged > 0 && (
        <Notice kind="warning" label={text.rights} action={<a href={at(paths.setGroupRights)}>{text.goOn}</a>}>
          {text.staged(group.staged)}
        </Notice>
      )}
      <PageTabs
        label={text.tabs}
        tabs={[
          { label: text.members, href: at(paths.userGroup), isCurrent: tab === 'members' },
          { label: text.rights, href: at(paths.groupRights), isCurrent: tab === 'rights' },
        ]}
        action={action}
      />
    </>
  )
}
