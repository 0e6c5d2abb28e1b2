import { rightLabels } from '#sites/frame/guide-labels.ts'
import { editGroup } from '#features/user-groups/edit.ts'
import { findGroup, type Group } from '#features/user-groups/group.ts'
import { rowVersion } from '#platform/form.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { changedJustNow } from '#platform/web/meanwhile-words.ts'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupFields, GroupForm, nameTaken } from './group-fields.tsx'
import { lastChangeOf } from '../histories/last-change.ts'
import { listTitle } from './words.ts'

const words = {
  title: { ja: 'ユーザーグループの編集', en: 'Edit the user group' },
  list: listTitle,
  effect: {
    ja: '権限と所属するユーザーは変わりません。',
    en: 'Its rights and its members stay as they are.',
  },
  apply: rightLabels.apply,
  version: { ja: '版', en: 'Version' },
  taken: nameTaken,
  changed: { ja: 'ユーザーグループを変更しました。', en: 'The user group was changed.' },
  meanwhile: changedJustNow,
}

/** ユーザーグループの編集: name and description. */
export const editGroupPage = portal.page({
  path: paths.editUserGroup,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Group | typeof notFound> {
    const { id } = asked.params
    const group = await findGroup(ctx, id)
    return group && !group.isAutomatic ? group : notFound
  },
  form: { ...groupFields, version: { label: words.version, value: rowVersion, carried: true } },
  initial: ({ name, description, version }) => ({ name, description, version: String(version) }),
  changedBy: (ctx, { id }) => lastChangeOf(ctx, { kind: 'user-group', id, actions: ['user-group-edited'] }),
  async submit(ctx, { data: group, input, words: text }) {
    const edited = await editGroup(ctx, group, input)
    if (edited.ok) return redirect(paths.userGroup({ id: group.id }), { notice: text.changed })
    if (edited.problem === 'name-taken') return problemAt('name', text.taken, edited)
    if (edited.problem === 'automatic') throw new Error('The page is not shown for the automatic group')
    return problemAt(undefined, text.meanwhile, edited)
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data: group, form, words: text, reader } = view
    const { language } = reader
    const path = paths.userGroup({ id: group.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.userGroups },
            { label: group.name, href: path },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={group.number} />
        <GroupForm
          form={form}
          language={language}
          effect={text.effect}
          cancelPath={path}
          submit={text.apply}
          version={group.version}
        />
      </>
    )
  },
})
