import { groupLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { addGroup } from '#features/user-groups/add.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupFields, GroupForm, nameTaken } from './group-fields.tsx'
import { listTitle } from './words.ts'

const words = {
  title: groupLabels.addPage,
  list: listTitle,
  next: {
    ja: '追加した後に、権限と所属するユーザーを設定します。',
    en: 'After that, you set its rights and its members.',
  },
  add: userLabels.add,
  taken: nameTaken,
  added: {
    ja: (name: string) =>
      `ユーザーグループ「${name}」を追加しました。続けて、権限と所属するユーザーを設定してください。`,
    en: (name: string) => `The user group “${name}” was added. Now set its rights and its members.`,
  },
}

/** ユーザーグループ追加 */
export const addGroupPage = portal.page({
  path: paths.addUserGroup,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: async () => ({}),
  form: groupFields,
  async submit(ctx, { input, words: text }) {
    const added = await addGroup(ctx, input)
    if (!added.ok) return problemAt('name', text.taken, added)
    return redirect(paths.userGroup({ id: added.value }), { notice: text.added(input.name) })
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.userGroups }]} current={text.title} />
      <PageHeading heading={text.title} />
      <GroupForm form={form} language={language} effect={text.next} cancelPath={paths.userGroups} submit={text.add} />
    </>
  ),
})
