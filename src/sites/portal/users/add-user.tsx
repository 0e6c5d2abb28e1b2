import { userLabels } from '#sites/frame/guide-labels.ts'
import type { Context } from '#features/actor.ts'
import { addPlainUser, addUser, givesRights, type NewUser } from '#features/users/add.ts'
import { isReversed } from '#features/periods-of-use/period.ts'
import { findGiven } from '#features/user-groups/given.ts'
import { findGroupChoices } from '#features/users/group-choices.ts'
import { findUser, type User } from '#features/users/user.ts'
import { isId } from '#platform/form.ts'
import type { Outcome } from '#platform/outcome.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { formatTime } from '#platform/time/format.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { zoneChoices } from '#platform/time/zones.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { type GroupChoiceData, previewGroups } from './group-choice.tsx'
import { fieldsOf, groupsIn, mailField, userFields, type UserInput, valuesOf } from './user-fields.ts'
import { UserFormFields } from './user-form.tsx'
import { listTitle, mailProblems, periodReversed } from './words.ts'

const words = {
  title: userLabels.addPage,
  crumb: userLabels.crumb,
  list: listTitle,
  lead: {
    ja: 'パスワード登録の案内メールは、自動で送信されます。',
    en: 'A mail with a URL to set a password is sent automatically.',
  },
  cancel: userLabels.cancel,
  add: userLabels.add,
  effect: {
    ja: '追加すると、ユーザーは「登録待ち」になり、パスワード登録の案内メールがすぐに送信されます（利用開始日が先のときは、その日に送信されます）。',
    en: 'The user then awaits registration. The notice is sent at once, or on the first day of use if that lies ahead.',
  },
  reversed: periodReversed,
  ...mailProblems,
  added: {
    ja: (name: string) => `${name}さんを追加しました。パスワード登録の案内メールを送信しました。`,
    en: (name: string) => `${name} was added, and the mail to set a password was sent.`,
  },
  addedAhead: {
    ja: (name: string, day: string) =>
      `${name}さんを追加しました。パスワード登録の案内メールは、利用開始日（${day}）に送信されます。`,
    en: (name: string, day: string) =>
      `${name} was added. The mail to set a password is sent on the first day of use, ${day}.`,
  },
}

interface Data extends GroupChoiceData {
  /** Whose settings the form begins with. */
  like: User | undefined
  /** As the address asks for it. */
  role: string | undefined
  customersZone: string
}

const { name, ...fieldsAfterMail } = userFields

/** ユーザー追加 */
export const addUserPage = portal.page({
  path: paths.addUser,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, { query: { from, role } }): Promise<Data | typeof notFound> {
    const customersZone = ctx.actor.customer.timeZone
    if (from === undefined)
      return { choices: await findGroupChoices(ctx), given: [], like: undefined, role, customersZone }
    const like = isId(from) ? await findUser(ctx, from) : undefined
    if (!like) return notFound
    const given = await findGiven(
      ctx,
      like.groups.map(({ id }) => id),
    )
    return { choices: await findGroupChoices(ctx), given, like, role: undefined, customersZone }
  },
  form: { name, mail: mailField, ...fieldsAfterMail },
  initial: ({ like, role }) => ({
    role: role === 'portal-administrator' ? role : 'general-user',
    secondFactor: 'totp',
    mailLanguage: 'ja',
    notification: 'no',
    ...(like && {
      ...valuesOf(like),
      role: 'general-user',
      name: '',
      phone: '',
      mobilePhone: '',
      comment: '',
      beginsOn: '',
      endsOn: '',
    }),
  }),
  preview: previewGroups,
  check: ({ input, words: text }) => (isReversed(input) ? problemAt('endsOn', text.reversed) : undefined),
  submit: async (ctx, { input }) => answerOf(ctx, input, await addPlainUser(ctx, newUserOf(input))),
  critical: {
    when: ({ input }) => givesRights(newUserOf(input)),
    submit: async (ctx, { input }) => answerOf(ctx, input, await addUser(ctx, newUserOf(input))),
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader: { language, now } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.users }]} current={text.crumb} />
      <PageHeading heading={text.title} lead={text.lead} />
      <Form form={form} layout="page" guard>
        {/* A form is sent by its first button when Enter is pressed in a field. */}
        <button class="visually-hidden" type="submit" tabIndex={-1} aria-hidden="true" />
        <UserFormFields
          form={form}
          language={language}
          withMail
          zones={zoneChoices({ first: [data.customersZone], language, now })}
          choices={data.choices}
          given={data.given}
        />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.users}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.add}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})

type Added = Outcome<string, keyof typeof mailProblems>

function answerOf(ctx: Context, input: UserInput, added: Added) {
  const { language } = ctx
  if (added.ok) return redirect(paths.user({ id: added.value }), { notice: addedWord(ctx, input) })
  return problemAt('mail', words[added.problem][language], added)
}

/** The notice goes at once, or on the first day, as the customer's calendar counts. */
function addedWord({ actor, language, now }: Context, { name: called, beginsOn }: UserInput): string {
  const isAhead = beginsOn !== '' && beginsOn > wallClockOf(now, actor.customer.timeZone).slice(0, 10)
  if (!isAhead) return words.added[language](called)
  const day = formatTime(new Date(`${beginsOn}T00:00:00Z`), 'date', { zone: 'UTC', language, now })
  return words.addedAhead[language](called, day)
}

function newUserOf(input: UserInput & { mail: string }): NewUser {
  const { mail, secondFactor } = input
  return { ...fieldsOf(input), secondFactor, mail, groupIds: groupsIn(input) }
}
