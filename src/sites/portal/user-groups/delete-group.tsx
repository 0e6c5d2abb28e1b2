import { z } from 'zod'
import { groupLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { shownText } from '#features/user-groups/effect-counts.ts'
import { type Effect, findEffect } from '#features/user-groups/effect.ts'
import type { Group } from '#features/user-groups/group.ts'
import { removeGroup } from '#features/user-groups/remove.ts'
import { rowVersion } from '#platform/form.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { EffectTable } from './effect-table.tsx'
import { lookAt, type Looked } from './opened-person.ts'
import { effectSentence, listTitle } from './words.ts'

const words = {
  title: { ja: 'ユーザーグループの削除', en: 'Delete the user group' },
  list: listTitle,
  question: {
    ja: '以下のユーザーグループを削除しますか？　この操作は元に戻せません。',
    en: 'Delete this user group? This cannot be undone.',
  },
  id: groupLabels.id,
  name: groupLabels.nameField,
  members: groupLabels.members,
  people: { ja: (n: number) => `${n}名`, en: (n: number) => String(n) },
  cancel: userLabels.cancel,
  remove: groupLabels.deleteGroup,
  removed: {
    ja: (name: string) => `ユーザーグループ「${name}」を削除しました。`,
    en: (name: string) => `The user group “${name}” was deleted.`,
  },
  version: { ja: '版', en: 'Version' },
  changed: {
    ja: '確認している間にグループが変更されました。最新の内容を確認してから、もう一度「このグループを削除する」を押してください。',
    en: 'The group was changed meanwhile. Look at what it is now, then press “Delete this group” again.',
  },
}

interface Data {
  group: Group
  effect: Effect<null>
  looked: Looked
}

/** ユーザーグループの削除: who loses what, and the question. */
export const deleteGroupPage = portal.page({
  path: paths.deleteUserGroup,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const { id: groupId } = asked.params
    const change = { kind: 'delete', groupId } as const
    const looked = await lookAt(ctx, change, asked)
    const effect = await findEffect(ctx, { change, place: looked.place })
    const { group } = effect
    return group && !group.isAutomatic ? { group, effect, looked } : notFound
  },
  form: {
    version: { label: words.version, value: rowVersion, carried: true },
    rightsVersion: { label: words.version, value: rowVersion, carried: true },
    shown: { label: words.version, value: z.string().max(100), carried: true },
  },
  critical: {
    async submit(ctx, { data: { group }, input, words: text }) {
      const { shown, ...versions } = input
      const removed = await removeGroup(ctx, { ...group, ...versions }, shown)
      if (!removed.ok) return problemAt(undefined, text.changed, removed)
      return redirect(paths.userGroups, { notice: text.removed(group.name) })
    },
  },
  title: ({ words: text }) => text.title,
  view({ data: { group, effect, looked }, form, words: text, reader: { language } }) {
    const back = paths.userGroup({ id: group.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.userGroups },
            { label: group.name, href: back },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.question} tall />
        <Facts
          facts={[
            { term: text.name, value: group.name },
            { term: text.id, value: group.number },
            { term: text.members, value: text.people(group.members) },
          ]}
        />
        <EffectTable
          effect={effect}
          language={language}
          path={paths.deleteUserGroup({ id: group.id })}
          query={{}}
          looked={looked}
        />
        <Form form={form}>
          <input type="hidden" name="version" value={group.version} />
          <input type="hidden" name="rightsVersion" value={group.rightsVersion} />
          <input type="hidden" name="shown" value={shownText(group.members, effect.users)} />
          <CommitBar effect={effectSentence(effect.users, language)}>
            <ButtonLink kind="secondary" href={back}>
              {text.cancel}
            </ButtonLink>
            <Button kind="danger-confirm">{text.remove}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
