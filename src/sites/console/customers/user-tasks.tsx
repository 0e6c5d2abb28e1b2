import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { workingFor } from '#features/staff/see-customer.ts'
import { resendForStaff, signOutForStaff } from '#features/users/help.ts'
import { unlock } from '#features/users/let-in.ts'
import type { User } from '#features/users/user.ts'
import type { Outcome } from '#platform/outcome.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import type { Route } from '#platform/web/paths.ts'
import type { Phrase } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'
import { paths } from '../paths.ts'
import { type ConsolePath, staffConsole } from '../site.tsx'
import { seeUser } from './see-user.ts'
import { UserTrail } from './user-parts.tsx'

interface Task {
  path: Route<'customer' | 'id'>
  words: { title: Phrase; question: Phrase; button: Phrase; done: Phrase<(name: string) => string> }
  /** Whether there is anything to do about the user; if not, there is no such page. */
  isOffered: (user: User) => boolean
  run: (ctx: Context, user: User) => Promise<Outcome<void, 'not-awaiting' | 'unlocked-too-often'>>
}

const common = {
  cancel: userLabels.cancel,
  name: userLabels.name,
  mail: userLabels.mailAddress,
  state: { ja: '状態', en: 'State' },
  effect: {
    ja: 'すぐに反映され、お客様の変更履歴にあなたの番号が残ります。',
    en: 'It takes effect at once; your number stands in the customer’s history.',
  },
  'not-awaiting': { ja: '登録待ちのユーザーではありません。', en: 'The user does not await registration.' },
  'unlocked-too-often': {
    ja: 'このユーザーのロックは、24時間に解除できる回数を超えました。時間をおいてから解除してください。',
    en: 'This user was unlocked as often as is possible in 24 hours. Wait for a while.',
  },
}

/** What staff can do for a user, each with a page that asks first. */
export const userTaskPages: readonly ConsolePath[] = [
  taskPage({
    path: paths.resendNotice,
    words: {
      title: { ja: '案内メールの再送', en: 'Send the notice again' },
      question: {
        ja: '以下のユーザーに、パスワード登録の案内メールを再送しますか？　これまでのURLは使えなくなります。',
        en: 'Send this user the mail to set a password again? The former URL will no longer work.',
      },
      button: { ja: '再送する', en: 'Send again' },
      done: {
        ja: (name) => `${name}さんに案内メールを再送します。届くまでに1分ほどかかることがあります。`,
        en: (name) => `The notice is on its way to ${name}; it may take a minute.`,
      },
    },
    isOffered: ({ state, stage }) => state === 'awaiting-registration' && stage === 'running',
    run: resendForStaff,
  }),
  taskPage({
    path: paths.unlockUser,
    words: {
      title: { ja: 'ロックの解除', en: 'Unlock the user' },
      question: {
        ja: '以下のユーザーのロックを解除しますか？　すぐにログインできるようになります。',
        en: 'Unlock this user, who can then log in at once?',
      },
      button: { ja: 'ロックを解除する', en: 'Unlock' },
      done: { ja: (name) => `${name}さんのロックを解除しました。`, en: (name) => `${name} was unlocked.` },
    },
    isOffered: ({ state }) => state === 'locked',
    run: unlock,
  }),
  taskPage({
    path: paths.signOutUser,
    words: {
      title: { ja: '強制ログアウト', en: 'Log the user out' },
      question: {
        ja: '以下のユーザーのログイン中のブラウザを、すべてログアウトしますか？',
        en: 'End all open logins of this user?',
      },
      button: { ja: 'ログアウトさせる', en: 'Log out' },
      done: { ja: (name) => `${name}さんをログアウトしました。`, en: (name) => `${name} was logged out.` },
    },
    isOffered: ({ sessions }) => sessions > 0,
    run: signOutForStaff,
  }),
]

function taskPage({ path, words, isOffered, run }: Task): ConsolePath {
  return staffConsole.page({
    path,
    allow: 'support',
    words: { ...common, ...words },
    changesByLooking: true,
    async load(ctx, { params }) {
      const seen = await seeUser(ctx, params, path(params))
      return seen !== notFound && isOffered(seen.user) ? seen : notFound
    },
    form: { sure: { label: common.state, value: z.literal('yes') } },
    async submit(ctx, { data: { customer, user }, words: text }) {
      const outcome = await run(await workingFor(ctx, customer), user)
      if (!outcome.ok) return problemAt(undefined, text[outcome.problem], outcome)
      return redirect(paths.user({ customer: customer.id, id: user.id }), { notice: text.done(user.name) })
    },
    title: ({ words: text }) => text.title,
    view({ data: { customer, user }, form, words: text, reader: { language } }) {
      const back = paths.user({ customer: customer.id, id: user.id })
      return (
        <>
          <ErrorSummary form={form} language={language} />
          <UserTrail customer={customer} user={user} language={language} current={text.title} />
          <PageHeading heading={text.title} lead={text.question} tall />
          <Facts
            facts={[
              { term: text.name, value: <a href={back}>{user.name}</a> },
              { term: text.mail, value: <MailAddress mail={user.mail} /> },
              {
                term: text.state,
                value: <UserStateMark state={user.state} stage={user.stage} notice={null} language={language} />,
              },
            ]}
          />
          <Form form={form}>
            <input type="hidden" name="sure" value="yes" />
            <CommitBar effect={text.effect}>
              <ButtonLink kind="secondary" href={back}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.button}</Button>
            </CommitBar>
          </Form>
        </>
      )
    },
  })
}
