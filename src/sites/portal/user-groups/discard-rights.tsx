import { userLabels } from '#sites/frame/guide-labels.ts'
import { findGroup, type Group } from '#features/user-groups/group.ts'
import { discardStaged } from '#features/user-groups/stage.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { RightsTrail } from './rights-trail.tsx'

const words = {
  title: { ja: '権限の変更の破棄', en: 'Discard the changes of rights' },
  question: {
    ja: (n: number, group: string) =>
      `「${group}」の権限の変更${n}件は、まだ反映されていません。変更を破棄しますか？　この操作は元に戻せません。`,
    en: (n: number, group: string) =>
      `${n === 1 ? 'One change' : `${n} changes`} of the rights of “${group}” ${n === 1 ? 'is' : 'are'} not in force yet. Discard? This cannot be undone.`,
  },
  barEffect: {
    ja: '反映されている権限は変わりません。',
    en: 'The rights that are in force stay as they are.',
  },
  cancel: userLabels.cancel,
  keep: { ja: '変更を残してグループに戻る', en: 'Keep them and go back to the group' },
  discard: { ja: '変更を破棄する', en: 'Discard the changes' },
  discarded: { ja: '権限の変更を破棄しました。', en: 'The changes of rights were discarded.' },
}

/** 権限の変更の破棄: what was chosen and never applied goes only when that is what one wants. */
export const discardGroupRightsPage = portal.page({
  path: paths.discardGroupRights,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Group | Redirect | typeof notFound> {
    const { id } = asked.params
    const group = await findGroup(ctx, id)
    if (!group || group.isAutomatic) return notFound
    return group.staged > 0 ? group : redirect(paths.groupRights({ id: group.id }))
  },
  async submit(ctx, { data: group, words: text }) {
    await discardStaged(ctx, group.id)
    return redirect(paths.groupRights({ id: group.id }), { notice: text.discarded })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: group, form, words: text, reader: { language } }) => (
    <>
      <RightsTrail group={group} language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.question(group.staged, group.name)} tall />
      <Form form={form} layout="page">
        <CommitBar effect={text.barEffect}>
          <ButtonLink kind="secondary" href={paths.setGroupRights({ id: group.id })}>
            {text.cancel}
          </ButtonLink>
          <ButtonLink kind="quiet" href={paths.groupRights({ id: group.id })}>
            {text.keep}
          </ButtonLink>
          <Button kind="danger-confirm">{text.discard}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
