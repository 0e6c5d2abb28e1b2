import { rightLabels } from '#sites/frame/guide-labels.ts'
import { findLastChange } from '#features/change-history/last-change.ts'
import { editGroup } from '#features/user-groups/edit.ts'
import { findGroup, type Group } from '#features/user-groups/group.ts'
import { rowVersion } from '#platform/form.ts'
import { formatTime } from '#platform/time/format.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupFields, GroupForm, nameTaken } from './group-fields.tsx'
import { descriptionOr, listTitle } from './words.ts'

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
  conflict: {
    ja: (by: string, at: string) =>
      `${by}さんが${at}に同じグループを変更しています。最新の内容を確認してから、もう一度「適用する」を押してください。`,
    en: (by: string, at: string) =>
      `${by} changed the same group at ${at}. Look at what it is now, then press “Apply” again.`,
  },
  somebody: { ja: '別の方', en: 'Somebody else' },
  nameNow: { ja: '現在のユーザーグループ名', en: 'The name now' },
  descriptionNow: { ja: '現在の説明', en: 'The description now' },
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
  async submit(ctx, { data: group, input, words: text }) {
    const edited = await editGroup(ctx, group, input)
    if (edited.ok) return redirect(paths.userGroup({ id: group.id }), { notice: text.changed })
    if (edited.problem === 'name-taken') return problemAt('name', text.taken, edited)
    if (edited.problem === 'automatic') throw new Error('The page is not shown for the automatic group')
    const { by = text.somebody, at = ctx.now } = (await findLastChange(ctx, { kind: 'user-group', id: group.id })) ?? {}
    const when = formatTime(at, 'date-time', { zone: ctx.actor.timeZone, language: ctx.language, now: ctx.now })
    return problemAt(undefined, text.conflict(by, when), edited)
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
        <Difference {...view} />
        {/* The row's own version: who presses again after a conflict has seen what it is now. */}
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

/** What somebody else made of it while this form was open. */
function Difference({ data: group, form, words: text, reader: { language } }: View<Group, typeof words>) {
  if (form.problems.every(({ field }) => field !== undefined)) return null
  return (
    <Facts
      facts={[
        { term: text.nameNow, value: group.name },
        { term: text.descriptionNow, value: descriptionOr(group, language) },
      ]}
    />
  )
}
