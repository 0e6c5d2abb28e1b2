import { z } from 'zod'
import { groupLabels, rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { Context } from '#features/actor.ts'
import { isReversed } from '#features/periods-of-use/period.ts'
import { findGiven } from '#features/user-groups/given.ts'
import { countPlansBy } from '#features/user-groups/planned.ts'
import { editDetails, type EditProblem, editUser, isCriticalEdit, type UserEdit } from '#features/users/edit.ts'
import { findGroupChoices } from '#features/users/group-choices.ts'
import { findUser, type User } from '#features/users/user.ts'
import { rowVersion } from '#platform/form.ts'
import type { Outcome } from '#platform/outcome.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { type Input, notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { zoneChoices } from '#platform/time/zones.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { type GroupChoiceData, previewGroups } from './group-choice.tsx'
import { choiceWords, fieldsOf, groupsIn, userFields, valuesOf } from './user-fields.ts'
import { UserFormFields } from './user-form.tsx'
import { lastChangeOf } from '../histories/last-change.ts'
import {
  administratorProblems,
  changedMeanwhile,
  emptyGroupLabel,
  groupWord,
  listTitle,
  ownPeriod,
  periodReversed,
} from './words.ts'

const words = {
  ...administratorProblems,
  title: { ja: 'ユーザーの編集', en: 'Edit the user' },
  list: listTitle,
  edit: groupLabels.edit,
  cancel: userLabels.cancel,
  apply: rightLabels.apply,
  version: { ja: '版', en: 'Version' },
  effect: {
    ja: '権限の変更は、ログイン中の画面にもすぐに反映されます。',
    en: 'Changes of rights count at once, in open pages too.',
  },
  factorEffect: {
    ja: '第2段階認証方式を変更すると、ログアウトされます。TOTPにすると、メールのURLで設定するまでログインできません。',
    en: 'A new second-step method logs the user out. For TOTP a URL to set it up is mailed; until then the user cannot log in.',
  },
  emptiesGroup: emptyGroupLabel,
  demotesSelf: {
    ja: '自分のポータル管理者の権限がなくなることを確認しました',
    en: 'I know that I will no longer be a portal administrator',
  },
  mustConfirmSelf: {
    ja: '自分のポータル管理者の権限がなくなります。よろしければ、確認の欄にチェックを付けてください。',
    en: 'You will no longer be a portal administrator. If that is what you want, tick the box.',
  },
  plansMade: {
    ja: (n: number) =>
      `このユーザーが登録した所属の予定が${n}件あります。予定日にポータル管理者でないか、利用期間外の場合は反映されません。`,
    en: (n: number) =>
      `This user has planned changes of groups for others (${n}). They are not made if the user is no administrator on their day, or outside of the period of use.`,
  },
  'own-period': ownPeriod,
  reversed: periodReversed,
  changed: { ja: 'ユーザーを変更しました。', en: 'The user was changed.' },
}

interface Data extends GroupChoiceData {
  user: User
  isSelf: boolean
  customersZone: string
  /** What the user has planned for others. */
  plansMade: number
}

const confirmed = z.literal('on').optional()
const form = {
  ...userFields,
  // Whoever is to choose at the first login need not be told here.
  secondFactor: { ...userFields.secondFactor, value: userFields.secondFactor.value.optional() },
  version: { label: words.version, value: rowVersion, carried: true },
  emptiesGroup: { label: words.emptiesGroup, value: confirmed },
  demotesSelf: { label: words.demotesSelf, value: confirmed },
} as const

/** ユーザーの編集 */
export const editUserPage = portal.page({
  path: paths.editUser,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const user = await findUser(ctx, asked.params.id)
    if (!user) return notFound
    const [choices, given, plansMade] = await Promise.all([
      findGroupChoices(ctx),
      findGiven(
        ctx,
        user.groups.map(({ id }) => id),
      ),
      countPlansBy(ctx, [user.id]),
    ])
    const isSelf = user.id === ctx.actor.userId
    return { user, choices, given, isSelf, customersZone: ctx.actor.customer.timeZone, plansMade }
  },
  form,
  initial: ({ user }) => ({
    ...valuesOf(user),
    version: String(user.version),
  }),
  changedBy: (ctx, { user }) => lastChangeOf(ctx, { kind: 'user', id: user.id, memberMail: user.mail }),
  said: {
    ...choiceWords,
    groups(id, { data: { choices }, language }) {
      const group = choices.groups.find((each) => each.id === id)
      return group ? groupWord(group, language) : id
    },
  },
  preview: previewGroups,
  check({ data, input, words: text }) {
    if (isReversed(input)) return problemAt('endsOn', text.reversed)
    const isSure = input.demotesSelf === 'on'
    return demotesSelf(data, input) && !isSure ? problemAt('demotesSelf', text.mustConfirmSelf) : undefined
  },
  async submit(ctx, { data, input }) {
    return answerOf(ctx, { data, input }, await editDetails(ctx, data.user, editOf(data.user, input)))
  },
  critical: {
    when: ({ data: { user }, input }) => isCriticalEdit(user, editOf(user, input)),
    async submit(ctx, { data, input }) {
      const edit = editOf(data.user, input)
      const mayEmptyGroup = input.emptiesGroup === 'on'
      return answerOf(ctx, { data, input }, await editUser(ctx, data.user, { edit, mayEmptyGroup }))
    },
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form: shown, words: text, reader } = view
    const { user } = data
    const { language, now } = reader
    const zones = zoneChoices({ first: [data.customersZone, user.timeZone], language, now })
    const path = paths.user({ id: user.id })
    return (
      <>
        <ErrorSummary form={shown} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.users },
            { label: user.name, href: path },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={<MailAddress mail={user.mail} />} />
        <Form form={shown} layout="page" guard>
          <input type="hidden" name="version" value={String(shown.values.version)} />
          {/* A form is sent by its first button when Enter is pressed in a field. */}
          <button class="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true" />
          <UserFormFields form={shown} language={language} zones={zones} choices={data.choices} given={data.given} />
          <Confirmations {...view} />
          <p class="small-text">{text.factorEffect}</p>
          {data.plansMade > 0 && <p class="small-text">{text.plansMade(data.plansMade)}</p>}
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={path}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})

type Shown = View<Data, typeof words>
type EditInput = Input<typeof form>

/** Groups are put in and taken out one by one, so that what others do with further ones stays. */
function editOf(user: User, input: EditInput): UserEdit {
  const { version } = input
  const groups = groupsIn(input)
  // As they were when the form was made, too: else it is not taken.
  const former = user.groups.map(({ id }) => id)
  return {
    ...fieldsOf(input),
    secondFactor: input.secondFactor ?? user.secondFactor,
    version,
    groups: {
      joined: groups.filter((id) => !former.includes(id)),
      left: former.filter((id) => !groups.includes(id)),
    },
  }
}

/** What has led to it: of an administrator who would be missed, the role or the period. */
function fieldOf({ user }: Data, { role, endsOn }: EditInput, problem: EditProblem): 'role' | 'beginsOn' | 'endsOn' {
  if (problem !== 'own-period' && role !== user.role) return 'role'
  if (endsOn !== user.endsOn) return 'endsOn'
  return problem === 'own-period' ? 'beginsOn' : 'role'
}

function demotesSelf({ user, isSelf }: Data, { role }: EditInput): boolean {
  return isSelf && user.role === 'portal-administrator' && role === 'general-user'
}

async function answerOf(
  ctx: Context,
  { data, input }: { data: Data; input: EditInput },
  edited: Outcome<void, EditProblem>,
) {
  const { user } = data
  const { language } = ctx
  if (edited.ok) {
    const to = demotesSelf(data, input) ? paths.serviceMenu : paths.user({ id: user.id })
    return redirect(to, { notice: words.changed[language] })
  }
  const { problem, keep } = edited
  if (problem === 'last-in-automatic-group') return problemAt('emptiesGroup', words[problem][language], { keep })
  if (problem === 'changed-meanwhile') return problemAt(undefined, changedMeanwhile[language], { keep })
  return problemAt(fieldOf(data, input, problem), words[problem][language], { keep })
}

/** Boxes to tick for what must not happen by mistake. */
function Confirmations({ data: { user, isSelf }, form: shown, words: text, reader: { language } }: Shown) {
  const isAdministrator = user.role === 'portal-administrator'
  return (
    <>
      {user.isLastInAutomaticGroup && (
        <CheckField form={shown} name="emptiesGroup" label={text.emptiesGroup} language={language} />
      )}
      {isSelf && isAdministrator && (
        <CheckField form={shown} name="demotesSelf" label={text.demotesSelf} language={language} />
      )}
    </>
  )
}
