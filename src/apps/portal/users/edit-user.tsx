import { z } from 'zod'
import { groupLabels, rightLabels, userLabels } from '#apps/frame/guide-labels.ts'
import { findLastChange } from '#features/change-history/last-change.ts'
import type { Context } from '#features/sessions/actor.ts'
import { keepDraft } from '#features/sessions/drafts.ts'
import { findGiven } from '#features/user-groups/given.ts'
import { type EditProblem, editUser } from '#features/users/edit.ts'
import { findGroupChoices } from '#features/users/group-choices.ts'
import type { User } from '#features/users/user.ts'
import { rowVersion } from '#platform/form.ts'
import { formatTime } from '#platform/time-format.ts'
import { Breadcrumb } from '#platform/ui/breadcrumb.tsx'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/button.tsx'
import { CheckField } from '#platform/ui/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form.tsx'
import { Notice } from '#platform/ui/notice.tsx'
import { PageHeading } from '#platform/ui/page-heading.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { askToConfirm } from '../confirm/ask-to-confirm.ts'
import { pathTo } from '../path-to.ts'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'
import { askedUser } from './asked-user.ts'
import { type GroupChoiceData, previewGroups } from './group-choice.tsx'
import { draftOf, fieldsOf, userFields, type UserInput, valuesOf } from './user-fields.ts'
import { UserFormFields } from './user-form.tsx'
import { administratorProblems, emptyGroupLabel, listTitle, notMoved } from './words.ts'

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
    ja: '第2段階認証方式を変更すると、ログイン中のブラウザはログアウトされます。TOTPにすると、設定用のURLがメールで送信され、設定が終わるまでログインできません。',
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
  notMoved,
  changed: { ja: 'ユーザーを変更しました。', en: 'The user was changed.' },
  conflict: {
    ja: (by: string, at: string) =>
      `${by}さんが${at}に同じユーザーを変更しています。最新の内容を確認してから、もう一度「適用する」を押してください。`,
    en: (by: string, at: string) =>
      `${by} changed the same user at ${at}. Look at what it is now, then press “Apply” again.`,
  },
  somebody: { ja: '別の方', en: 'Somebody else' },
  differs: { ja: '現在の内容を確認する', en: 'See what it is now' },
}

interface Data extends GroupChoiceData {
  user: User
  isSelf: boolean
}

const confirmed = z.literal('on').optional()
const form = {
  ...userFields,
  // Whoever is to choose at the first login need not be told here.
  secondFactor: { ...userFields.secondFactor, value: userFields.secondFactor.value.optional() },
  version: { label: words.version, value: rowVersion },
  emptiesGroup: { label: words.emptiesGroup, value: confirmed },
  demotesSelf: { label: words.demotesSelf, value: confirmed },
} as const

/** ユーザーの編集 */
export const editUserPage = portalPage({
  path: paths.editUser,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, asked): Promise<Data | typeof notFound> {
    const user = await askedUser(ctx, asked)
    if (user === notFound) return notFound
    const [choices, given] = await Promise.all([
      findGroupChoices(ctx),
      findGiven(
        ctx,
        user.groups.map(({ id }) => id),
      ),
    ])
    return { user, choices, given, isSelf: user.id === ctx.actor.userId }
  },
  form,
  initial: ({ user }) => valuesOf(user),
  preview: previewGroups,
  async submit(ctx, { data: { user, isSelf }, input, words: text }) {
    const { version, emptiesGroup, demotesSelf, secondFactor, ...rest } = input
    if (input.offered.length + input.taken.length > 0) return problemAt('offered', text.notMoved)
    const isDemoted = user.role === 'portal-administrator' && input.role === 'general-user'
    if (isSelf && isDemoted && demotesSelf !== 'on') return problemAt('demotesSelf', text.mustConfirmSelf)
    const factor = secondFactor ?? user.secondFactor
    const fields: Omit<UserInput, 'secondFactor'> = rest
    const edit = { ...fieldsOf({ ...fields, secondFactor: 'totp' }), secondFactor: factor, version }
    const edited = await editUser(ctx, user, { edit, mayEmptyGroup: emptiesGroup === 'on' })
    const path = pathTo(paths.editUser, { id: user.id })
    if (edited.ok) return redirect(pathTo(paths.user, { id: user.id }), { notice: text.changed })
    const { problem, keep } = edited
    if (problem !== 'unconfirmed') return refused(ctx, user, { problem, keep })
    await keepDraft(ctx, path, draftOf({ ...fields, ...(factor && { secondFactor: factor }) }))
    return askToConfirm(ctx, path)
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form: shown, words: text, reader } = view
    const { user } = data
    const { language } = reader
    const path = pathTo(paths.user, { id: user.id })
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
        <PageHeading heading={text.title} lead={user.mail} />
        <Difference {...view} />
        <Form form={shown} layout="page" guard>
          {/* The row's own version: who presses again after a conflict has seen what it is now. */}
          <input type="hidden" name="version" value={user.version} />
          {/* A form is sent by its first button when Enter is pressed in a field. */}
          <button class="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true" />
          <UserFormFields form={shown} language={language} choices={data.choices} given={data.given} />
          <Confirmations {...view} />
          <p class="small-text">{text.factorEffect}</p>
          <CommitBar effect={text.effect}>
            <ButtonRow>
              <ButtonLink kind="secondary" href={path}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.apply}</Button>
            </ButtonRow>
          </CommitBar>
        </Form>
      </>
    )
  },
})

type Shown = View<Data, typeof words>

async function refused(
  ctx: Context,
  user: User,
  { problem, keep }: { problem: Exclude<EditProblem, 'unconfirmed'>; keep: boolean },
) {
  const { language, actor, now } = ctx
  if (problem === 'last-in-automatic-group') return problemAt('emptiesGroup', words[problem][language], { keep })
  if (problem !== 'changed-meanwhile') return problemAt('role', words[problem][language], { keep })
  const { by = words.somebody[language], at = now } = (await findLastChange(ctx, { kind: 'user', id: user.id })) ?? {}
  const when = formatTime(at, 'date-time', { zone: actor.timeZone, language, now })
  return problemAt(undefined, words.conflict[language](by, when), { keep })
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

/** The way to what somebody else made of it while this form was open. */
function Difference({ data: { user }, form: shown, words: text }: Shown) {
  if (shown.problems.every(({ field }) => field !== undefined)) return null
  return (
    <Notice
      kind="warning"
      label={text.differs}
      action={<a href={pathTo(paths.user, { id: user.id })}>{text.differs}</a>}
    />
  )
}
