import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { dropTicks, findTicked } from '#features/selections/selection.ts'
import type { Effect } from '#features/user-groups/effect.ts'
import type { Group } from '#features/user-groups/group.ts'
import { setMembership } from '#features/user-groups/set-membership.ts'
import { findTakeOut, type TakeOut } from '#features/user-groups/take-out.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { listIn } from '../users/ticked-users.ts'
import { ChosenPeople, idsField } from '../users/chosen-people.tsx'
import { EffectTable } from './effect-table.tsx'
import { lookAt, type Looked } from './opened-person.ts'
import { groupName, listTitle } from './words.ts'

const words = {
  title: { ja: 'グループから外すユーザーの確認', en: 'Take users out of the group' },
  list: listTitle,
  question: {
    ja: (n: number, group: string) => `以下の${n}名を「${group}」から外しますか？　外すと、すぐに反映されます。`,
    en: (n: number, group: string) =>
      `Take ${n === 1 ? 'this user' : `these ${n} users`} out of “${group}”? It takes effect at once.`,
  },
  effect: { ja: (n: number) => `${n}名を外します。`, en: (n: number) => `${n} will be taken out.` },
  cancel: userLabels.cancel,
  takeOut: { ja: 'このグループから外す', en: 'Take out of this group' },
  confirmed: {
    ja: 'このグループにポータル管理者がいなくなることを確認しました',
    en: 'I know that no portal administrator will be left in this group',
  },
  mustConfirm: {
    ja: 'このグループからポータル管理者がいなくなります。よろしければ、確認の欄にチェックを付けてください。',
    en: 'No portal administrator will be left in this group. If that is what you want, tick the box.',
  },
  takenOut: {
    ja: (n: number) => `${n}名のユーザーをグループから外しました。`,
    en: (n: number) => (n === 1 ? 'One user was taken out of the group.' : `${n} users were taken out of the group.`),
  },
}

interface Data {
  group: Group
  effect: Effect<TakeOut | null>
  taken: TakeOut
  looked: Looked
  /** Where the list was left. */
  back: string
  /** As it stands in the address. */
  list: string | undefined
}

/** グループから外すユーザーの確認: who loses what, and the question. */
export const takeOutMembersPage = portal.page({
  path: paths.takeOutGroupMembers,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | Redirect | typeof notFound> {
    const { id: groupId } = asked.params
    const path = paths.userGroup({ id: groupId })
    const userIds = await findTicked(ctx, path)
    const looked = await lookAt(ctx, { kind: 'take-out', groupId, userIds }, asked)
    const effect = await findTakeOut(ctx, { groupId, userIds, place: looked.place })
    const { group, beside: taken } = effect
    if (!group) return notFound
    const back = listIn.href(path, asked.query)
    if (!taken || taken.users.length === 0) return redirect(back)
    return { group, effect, taken, looked, back, list: asked.query.list }
  },
  form: {
    users: idsField,
    confirmed: { label: words.confirmed, value: z.literal('on').optional() },
  },
  critical: {
    async submit(ctx, { data: { group, back }, input, words: text }) {
      const set = await setMembership(ctx, {
        group,
        userIds: input.users,
        isMember: false,
        mayLoseAdministrators: input.confirmed === 'on',
      })
      if (!set.ok) return problemAt('confirmed', text.mustConfirm, set)
      await dropTicks(ctx, paths.userGroup({ id: group.id }))
      return redirect(back, { notice: text.takenOut(set.value) })
    },
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader: { language } }) {
    const { group, effect, taken, looked, back, list } = data
    const { users } = taken
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.userGroups },
            { label: groupName(group, language), href: back },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.question(users.length, groupName(group, language))} tall />
        <ChosenPeople people={users} language={language} />
        <EffectTable
          effect={effect}
          language={language}
          path={paths.takeOutGroupMembers({ id: group.id })}
          query={{ list }}
          looked={looked}
        />
        <Form form={form}>
          <input type="hidden" name="users" value={users.map(({ id }) => id).join('.')} />
          {taken.losesAdministrators && (
            <CheckField form={form} name="confirmed" label={text.confirmed} language={language} />
          )}
          <CommitBar effect={text.effect(users.length)}>
            <ButtonLink kind="secondary" href={back}>
              {text.cancel}
            </ButtonLink>
            <Button kind="danger-confirm">{text.takeOut}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
