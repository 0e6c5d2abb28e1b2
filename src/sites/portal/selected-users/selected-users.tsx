import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { moveMembers, setMembership } from '#features/user-groups/set-membership.ts'
import {
  findSelected,
  removeEach,
  resendToEach,
  type SelectedUser,
  setPeriodOfEach,
  suspendEach,
  type Tally,
} from '#features/users/selected.ts'
import { isReversed, type Period } from '#features/periods-of-use/period.ts'
import type { Confirmed } from '#platform/context.ts'
import type { Outcome } from '#platform/outcome.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { type Problem, problemAt, type Redirect, redirect, type View } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { EffectTable } from '../user-groups/effect-table.tsx'
import { effectSentence } from '../user-groups/words.ts'
import { ChosenPeople, idsField } from '../users/chosen-people.tsx'
import { GroupQuestion } from './group-question.tsx'
import { concernsGroup, findQuestion, type Question } from './selected-question.ts'
import { type UserTask, taskWords, userTasks } from '../users/selected-tasks.ts'
import { leftNames, selectedWords, taskTitles, toldOf } from './selected-words.ts'
import { PlansMade } from '../users/planned-groups.tsx'
import { userFields } from '../users/user-fields.ts'
import { groupWord } from '../users/words.ts'

const askedTask = z.enum(userTasks).optional().catch(undefined)

/** What is to be done with several users, who they are, and what it does to whom. */
export const selectedUsersPage = portal.page({
  path: paths.selectedUsers,
  allow: 'portal-administrator',
  words: selectedWords,
  section: 'administration',
  async load(ctx, asked): Promise<Question | Redirect> {
    const task = askedTask.parse(asked.query.task)
    const question = task && (await findQuestion(ctx, task, asked))
    return question ?? redirect(paths.users)
  },
  form: {
    users: idsField,
    beginsOn: userFields.beginsOn,
    endsOn: userFields.endsOn,
    emptiesGroup: { label: selectedWords.emptiesGroup, value: z.literal('on').optional() },
  },
  check({ data, input, words: text }) {
    if (!isComplete(data)) return problemAt(undefined, text.nobody)
    if (data.task !== 'period') return undefined
    if (input.beginsOn === '' && input.endsOn === '') return problemAt('beginsOn', text.noDay)
    return isReversed(input) ? problemAt('endsOn', text.reversed) : undefined
  },
  submit: async (ctx, { data, input }) => {
    const tally = await resendToEach(ctx, await findSelected(ctx, input.users))
    return redirect(data.back, { notice: toldOf(tally, ctx.language) })
  },
  critical: {
    when: ({ data: { task } }) => task !== 'resend',
    async submit(ctx, { data, input }) {
      const users = await findSelected(ctx, input.users)
      if (concernsGroup(data.task)) return changeGroups(ctx, data, { users, isSure: input.emptiesGroup === 'on' })
      return redirect(data.back, {
        notice: toldOf(await doWith(ctx, { task: data.task, users, period: input }), ctx.language),
      })
    },
  },
  title: ({ data: { task }, reader: { language } }) => taskTitles[task][language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { task, users, left, isTooMany, effect } = data
    const { language } = reader
    const title = taskTitles[task][language]
    const lead = `${text.chosen(users.length + left.length)} ${text[task]}`
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: data.back }]} current={title} />
        <PageHeading heading={title} lead={lead} tall />
        {left.length > 0 && (
          <Notice kind="info" label={text.notice}>
            {text.leftOut(leftNames(left, language))}
          </Notice>
        )}
        {users.length === 0 || isTooMany ? (
          <NothingToDo {...view} />
        ) : (
          <ChosenPeople people={users} language={language} />
        )}
        {users.length > 0 && concernsGroup(task) && <GroupQuestion {...view} />}
        {effect && (
          <EffectTable
            effect={effect}
            language={language}
            path={paths.selectedUsers}
            query={data.query}
            looked={data.looked}
          />
        )}
        <PlansMade plans={data.plansMade} language={language} />
        {isComplete(data) && <Commit {...view} />}
      </>
    )
  },
})

interface Doing {
  task: UserTask
  users: readonly SelectedUser[]
  period: Period
}

function doWith(ctx: Confirmed<Context>, { task, users, period }: Doing): Promise<Tally> {
  if (task === 'period') return setPeriodOfEach(ctx, users, period)
  return task === 'suspend' ? suspendEach(ctx, users) : removeEach(ctx, users)
}

type Shown = View<Question, typeof selectedWords>

/** Whether all is said that it needs. */
function isComplete({ task, users, isTooMany, effect }: Question): boolean {
  return users.length > 0 && !isTooMany && (task === 'resend' || task === 'period' || effect !== null)
}

interface Answer {
  users: readonly SelectedUser[]
  /** The automatic group may be left without any administrator. */
  isSure: boolean
}

async function changeGroups(
  ctx: Confirmed<Context>,
  { task, from, to, back }: Question,
  { users, isSure: mayLoseAdministrators }: Answer,
): Promise<Redirect | Problem> {
  const text = inLanguage(selectedWords, ctx.language)
  const userIds = users.map(({ id }) => id)
  const told = (set: Outcome<number>, notice: (n: number) => string): Redirect | Problem =>
    set.ok ? redirect(back, { notice: notice(set.value) }) : problemAt('emptiesGroup', text.mustConfirm, set)
  if (task === 'move' && from && to) {
    const names = [from, to].map((group) => groupWord(group, ctx.language)) as [string, string]
    return told(await moveMembers(ctx, { from, to, userIds, mayLoseAdministrators }), (n) => text.moved(n, ...names))
  }
  const group = task === 'put-in-group' ? to : from
  if (!group) return problemAt(undefined, text.nobody)
  const isMember = task === 'put-in-group'
  const set = await setMembership(ctx, { group, userIds, isMember, mayLoseAdministrators })
  return told(set, (n) => text.done(n, userIds.length))
}

/** There is no red button for nobody. */
function NothingToDo({ data: { users, back }, words: text }: Shown) {
  return (
    <EmptyState
      icon="users"
      heading={users.length === 0 ? text.nobody : text.chosen(users.length)}
      action={
        <ButtonLink kind="secondary" href={back}>
          {text.back}
        </ButtonLink>
      }
    >
      {users.length === 0 ? '' : text.tooMany}
    </EmptyState>
  )
}

function Commit({ data, form, words: text, reader: { language } }: Shown) {
  const { task, users, effect, back } = data
  const takesAway = task === 'delete' || task === 'suspend'
  const asks = form.problems.some(({ field }) => field === 'emptiesGroup')
  return (
    <Form form={form}>
      <input type="hidden" name="users" value={users.map(({ id }) => id).join('.')} />
      {task === 'period' && (
        <>
          <TextField
            form={form}
            name="beginsOn"
            type="date"
            label={text.beginsOn}
            language={language}
            width="medium"
            mark="optional"
          />
          <TextField
            form={form}
            name="endsOn"
            type="date"
            label={text.endsOn}
            language={language}
            width="medium"
            mark="optional"
          />
        </>
      )}
      {asks && <CheckField form={form} name="emptiesGroup" label={text.emptiesGroup} language={language} />}
      <CommitBar effect={`${text.people(users.length)}${effect ? effectSentence(effect.users, language) : ''}`}>
        <ButtonLink kind="secondary" href={back}>
          {text.cancel}
        </ButtonLink>
        <Button kind={takesAway ? 'danger-confirm' : 'primary'}>{taskWords[task][language]}</Button>
      </CommitBar>
    </Form>
  )
}
