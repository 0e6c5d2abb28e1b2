import { userLabels } from '#sites/frame/guide-labels.ts'
import { copyGroup } from '#features/user-groups/copy.ts'
import { findGroup, type Group } from '#features/user-groups/group.ts'
import { longestGroupName } from '#features/user-groups/values.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupFields, GroupForm, nameTaken } from './group-fields.tsx'
import { groupName, listTitle } from './words.ts'

const words = {
  title: { ja: 'ユーザーグループの複製', en: 'Duplicate the user group' },
  list: listTitle,
  lead: {
    ja: (name: string) => `「${name}」と同じ権限のグループを追加します。`,
    en: (name: string) => `Adds a group with the rights of “${name}”.`,
  },
  effect: {
    ja: '権限だけを複製します。所属するユーザーは複製しません。',
    en: 'Only the rights are duplicated, not the members.',
  },
  add: userLabels.add,
  taken: nameTaken,
  added: {
    ja: (name: string) => `ユーザーグループ「${name}」を追加しました。`,
    en: (name: string) => `The user group “${name}” was added.`,
  },
  copyOf: { ja: (name: string) => `${name}のコピー`, en: (name: string) => `Copy of ${name}` },
}

interface Data {
  group: Group
  suggested: string
}

/** ユーザーグループの複製 */
export const copyGroupPage = portal.page({
  path: paths.copyUserGroup,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const { id } = asked.params
    const group = await findGroup(ctx, id)
    if (!group) return notFound
    return { group, suggested: suggestedName(groupName(group, ctx.language), words.copyOf[ctx.language]) }
  },
  form: groupFields,
  initial: ({ group, suggested }) => ({ name: suggested, description: group.description }),
  async submit(ctx, { data: { group }, input, words: text }) {
    const added = await copyGroup(ctx, group, input)
    if (!added.ok) return problemAt('name', text.taken, added)
    return redirect(paths.groupRights({ id: added.value }), { notice: text.added(input.name) })
  },
  title: ({ words: text }) => text.title,
  view({ data: { group }, form, words: text, reader: { language } }) {
    const path = paths.userGroup({ id: group.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.userGroups },
            { label: groupName(group, language), href: path },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.lead(groupName(group, language))} />
        <GroupForm form={form} language={language} effect={text.effect} cancelPath={path} submit={text.add} />
      </>
    )
  },
})

/** Shortened where it has to be, but never to the name that is taken, nor by half a character. */
function suggestedName(name: string, copyOf: (name: string) => string): string {
  const room = longestGroupName - copyOf('').length
  return copyOf(name.slice(0, room).replace(/\p{Cs}$/u, ''))
}
