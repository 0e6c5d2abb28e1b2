import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { Context } from '#features/actor.ts'
import { type Effect, findEffect } from '#features/user-groups/effect.ts'
import { countPlansBy } from '#features/user-groups/planned.ts'
import type { EditProblem } from '#features/users/edit.ts'
import { findUser, type User } from '#features/users/user.ts'
import type { Confirmed } from '#platform/context.ts'
import type { Outcome } from '#platform/outcome.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { CheckField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, type Problem, problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import type { Route } from '#platform/web/paths.ts'
import type { In, Language, Phrase, Words } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { EffectTable } from '../user-groups/effect-table.tsx'
import { lookAt, type Looked } from '../user-groups/opened-person.ts'
import type { PortalPath } from '../site.tsx'
import { Abilities } from '../users/abilities.tsx'
import { Plans, PlansMade } from '../users/planned-groups.tsx'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'
import {
  administratorProblems,
  changedMeanwhile,
  emptyGroupLabel,
  listTitle,
  ownPeriod,
  roleWords,
  stateLabel,
} from '../users/words.ts'

type TaskProblem = EditProblem | 'not-registered' | 'not-awaiting' | 'outside-period' | 'unlocked-too-often'

export interface UserTaskWords {
  title: Phrase
  /** The question, with what follows. */
  question: Phrase
  button: Phrase
  done: Phrase<(name: string) => string>
}

export interface UserTask {
  path: Route<'id'>
  words: UserTaskWords
  /** Whether there is anything to do about the user; if not, there is no such page. */
  isOffered: (user: User) => boolean
  /** It keeps the user out: for good or until resumed, with all that the user may see; or until all that proves the user is set anew. */
  keepsOut?: 'with-rights' | 'until-set-anew'
  /** The user is gone after it. */
  leadsToList?: true
  /** Either without the second factor, */
  run?: Run<Context>
  /** or for nobody but whoever has shown it lately. */
  critical?: Run<Confirmed<Context>>
}

type Run<Ctx> = (ctx: Ctx, user: User, sure: { mayEmptyGroup: boolean }) => Promise<Outcome<unknown, TaskProblem>>

const common = {
  ...administratorProblems,
  list: listTitle,
  cancel: userLabels.cancel,
  name: userLabels.name,
  mail: userLabels.mailAddress,
  role: userLabels.role,
  state: stateLabel,
  emptiesGroup: emptyGroupLabel,
  loses: { ja: 'このユーザーができなくなること', en: 'What this user will no longer be able to do' },
  losesNothing: {
    ja: 'このユーザーが参照・編集できるご契約はありません。',
    en: 'This user can see no contract, so there is none to lose.',
  },
  plansLost: { ja: '反映されない所属の予定', en: 'Planned changes of groups that will not be made' },
  keepsRights: {
    ja: 'グループと権限は変わりません。設定し直すまで、ログインできません。',
    en: 'Groups and rights stay as they are. Until all is set up again, the user cannot log in.',
  },
  atOnce: { ja: 'すぐに反映されます。', en: 'It takes effect at once.' },
  endsSessions: {
    ja: (n: number) => `すぐに反映され、ログイン中のブラウザ${n}件がログアウトされます。`,
    en: (n: number) => `It takes effect at once, and ends ${n === 1 ? 'one open login' : `${n} open logins`}.`,
  },
  'changed-meanwhile': changedMeanwhile,
  'own-period': ownPeriod,
  'not-registered': { ja: 'まだ登録が済んでいないユーザーです。', en: 'The user has not registered yet.' },
  'not-awaiting': { ja: '登録待ちのユーザーではありません。', en: 'The user does not await registration.' },
  'outside-period': {
    ja: '利用期間外のユーザーです。案内メールは、利用開始日に自動で送信されます。',
    en: 'The user is outside of the period of use. The notice goes out by itself on its first day.',
  },
  'unlocked-too-often': {
    ja: 'このユーザーのロックは、24時間に解除できる回数を超えました。時間をおくか、窓口へお問い合わせください。',
    en: 'This user was unlocked as often as is possible in 24 hours. Wait for a while, or contact us.',
  },
}

interface Data {
  user: User
  /** What the user will no longer see; null: the rights stay. */
  loss: Loss | null
}

interface Loss {
  effect: Effect<null>
  looked: Looked
  /** What the user has planned for others. */
  plansMade: number
}

interface TaskForm {
  data: { user: User }
  input: { emptiesGroup?: 'on' | undefined }
  words: In<typeof common> & In<UserTaskWords & Words>
}

/** A question about one user, and a button that does it. */
export function userTaskPage({ path, words, isOffered, keepsOut, leadsToList, run, critical }: UserTask): PortalPath {
  const submitBy =
    <Ctx extends Context>(task: Run<Ctx>) =>
    async (ctx: Ctx, { data: { user }, input, words: text }: TaskForm): Promise<Redirect | Problem> => {
      const outcome = await task(ctx, user, { mayEmptyGroup: input.emptiesGroup === 'on' })
      if (outcome.ok) {
        const to = leadsToList ? paths.users : paths.user({ id: user.id })
        return redirect(to, { notice: text.done(user.name) })
      }
      const field = outcome.problem === 'last-in-automatic-group' ? 'emptiesGroup' : undefined
      return problemAt(field, text[outcome.problem], outcome)
    }
  return portal.page({
    path,
    allow: 'portal-administrator',
    isClosedToLooks: true,
    words: { ...common, ...words },
    section: 'administration',
    async load(ctx, asked): Promise<Data | typeof notFound> {
      const user = await findUser(ctx, asked.params.id)
      if (!user || user.id === ctx.actor.userId || !isOffered(user)) return notFound
      if (keepsOut !== 'with-rights') return { user, loss: null }
      return { user, loss: await findLoss(ctx, user, asked) }
    },
    form: { emptiesGroup: { label: common.emptiesGroup, value: z.literal('on').optional() } },
    ...(run && { submit: submitBy(run) }),
    ...(critical && { critical: { submit: submitBy(critical) } }),
    title: ({ words: text }) => text.title,
    view({ data: { user, loss }, form, words: text, reader: { language, now } }) {
      const back = paths.user({ id: user.id })
      return (
        <>
          <ErrorSummary form={form} language={language} />
          <Breadcrumb
            language={language}
            trail={[
              { label: text.list, href: paths.users },
              { label: user.name, href: back },
            ]}
            current={text.title}
          />
          <PageHeading heading={text.title} lead={text.question} tall />
          <Facts
            facts={[
              { term: text.name, value: <a href={back}>{user.name}</a> },
              { term: text.mail, value: <MailAddress mail={user.mail} /> },
              {
                term: text.state,
                value: <UserStateMark state={user.state} stage={user.stage} notice={null} language={language} />,
              },
              { term: text.role, value: roleWords[user.role][language] },
              ...(leadsToList && user.planned.length > 0
                ? [{ term: text.plansLost, value: <Plans user={user} language={language} now={now} /> }]
                : []),
            ]}
          />
          {loss && <Losses user={user} loss={loss} language={language} path={path({ id: user.id })} />}
          {keepsOut === 'until-set-anew' && (
            <Notice kind="info" label={text.title}>
              {text.keepsRights}
            </Notice>
          )}
          <Form form={form}>
            {keepsOut && user.isLastInAutomaticGroup && (
              <CheckField form={form} name="emptiesGroup" label={text.emptiesGroup} language={language} />
            )}
            <CommitBar effect={user.sessions > 0 && keepsOut ? text.endsSessions(user.sessions) : text.atOnce}>
              <ButtonLink kind="secondary" href={back}>
                {text.cancel}
              </ButtonLink>
              <Button kind={keepsOut ? 'danger-confirm' : 'primary'}>{text.button}</Button>
            </CommitBar>
          </Form>
        </>
      )
    },
  })
}

async function findLoss(ctx: Context, { id }: User, asked: Parameters<typeof lookAt>[2]): Promise<Loss> {
  const change = { kind: 'shut-out', userIds: [id] } as const
  const looked = await lookAt(ctx, change, asked)
  const [effect, plansMade] = await Promise.all([
    findEffect(ctx, { change, place: looked.place }),
    countPlansBy(ctx, [id]),
  ])
  return { effect, looked, plansMade }
}

interface LossesProps {
  user: User
  loss: Loss
  language: Language
  path: string
}

/** What the user will no longer be able to do, and no longer see. */
function Losses({ user, loss, language, path }: LossesProps) {
  return (
    <>
      <Abilities
        given={[]}
        isAdministrator={user.role === 'portal-administrator'}
        language={language}
        lost={common.loses[language]}
      />
      {loss.effect.total > 0 ? (
        <EffectTable effect={loss.effect} looked={loss.looked} language={language} path={path} query={{}} />
      ) : (
        <Notice kind="info" label={common.losesNothing[language]}>
          {common.losesNothing[language]}
        </Notice>
      )}
      <PlansMade plans={loss.plansMade} by={user.id} language={language} />
    </>
  )
}
