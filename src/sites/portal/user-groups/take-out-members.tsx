import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { type Effect, isEffectKey } from '#features/user-groups/effect.ts'
import type { Group } from '#features/user-groups/group.ts'
import { setMembership } from '#features/user-groups/set-membership.ts'
import { findTakeOut, type TakeOut } from '#features/user-groups/take-out.ts'
import { formatList } from '#platform/ui/text/list-format.ts'
import { type Place, placeOf } from '#platform/list/paging.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { CheckField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { chosenIn, chosenText } from '../users/chosen-users.ts'
import { EffectTable } from './effect-table.tsx'
import { groupName, listTitle } from './words.ts'

const words = {
  title: { ja: 'グループから外すユーザーの確認', en: 'Take users out of the group' },
  list: listTitle,
  question: {
    ja: (n: number, group: string) => `以下の${n}名を「${group}」から外しますか？　外すと、すぐに反映されます。`,
    en: (n: number, group: string) =>
      `Take ${n === 1 ? 'this user' : `these ${n} users`} out of “${group}”? It takes effect at once.`,
  },
  users: { ja: 'ユーザー', en: 'Users' },
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
  place: Place
  /** As it stands in the address. */
  users: string
}

/** グループから外すユーザーの確認: who loses what, and the question. */
export const takeOutMembersPage = portal.page({
  path: paths.takeOutGroupMembers,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | Redirect | typeof notFound> {
    const { id: groupId } = asked.params
    const userIds = chosenIn(asked.query)
    const place = placeOf(asked.query, { isKey: isEffectKey })
    const effect = await findTakeOut(ctx, { groupId, userIds, place })
    const { group, beside: taken } = effect
    if (!group) return notFound
    if (!taken || taken.users.length === 0) return redirect(paths.userGroup({ id: group.id }))
    return { group, effect, taken, place, users: chosenText(userIds) }
  },
  form: { confirmed: { label: words.confirmed, value: z.literal('on').optional() } },
  critical: {
    async submit(ctx, { data: { group, taken }, input, words: text }) {
      const set = await setMembership(ctx, {
        group,
        userIds: taken.users.map(({ id }) => id),
        isMember: false,
        mayLoseAdministrators: input.confirmed === 'on',
      })
      if (!set.ok) return problemAt('confirmed', text.mustConfirm, set)
      return redirect(paths.userGroup({ id: group.id }), { notice: text.takenOut(set.value) })
    },
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader: { language } }) {
    const { group, effect, taken, place, users } = data
    const back = paths.userGroup({ id: group.id })
    const names = taken.users.map(({ name, mail }) => `${name} (${mail})`)
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
        <PageHeading heading={text.title} lead={text.question(names.length, groupName(group, language))} tall />
        <Facts facts={[{ term: text.users, value: formatList(names, language) }]} />
        <EffectTable
          effect={effect}
          language={language}
          path={paths.takeOutGroupMembers({ id: group.id })}
          query={{ users }}
          place={place}
        />
        <Form form={form}>
          {taken.losesAdministrators && (
            <CheckField form={form} name="confirmed" label={text.confirmed} language={language} />
          )}
          <CommitBar effect={text.effect(names.length)}>
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
