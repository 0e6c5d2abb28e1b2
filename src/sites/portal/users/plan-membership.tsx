import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { planMembership, type PlanProblem } from '#features/user-groups/planned.ts'
import { findGroupChoices, type GroupChoices } from '#features/users/group-choices.ts'
import { findUser, type User } from '#features/users/user.ts'
import { rowId } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { RadioField, SelectField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { typedDay } from '#platform/values.ts'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { groupWord, listTitle } from './words.ts'
import { joinsWord, leavesWord, planProblems, planTitle } from './planned-words.ts'

const words = {
  ...planProblems,
  title: planTitle,
  list: listTitle,
  lead: {
    ja: '予定日の0時（日本時間など、御社の時間帯）に自動で反映されます。それまでは、いつでも取り消せます。',
    en: 'It takes effect by itself when the day begins in your company’s time zone. Until then it can be cancelled.',
  },
  change: { ja: '予定', en: 'Change' },
  group: userLabels.groups,
  choose: userLabels.choose,
  dueOn: { ja: '予定日', en: 'Day' },
  plan: { ja: '予定する', en: 'Plan' },
  barEffect: {
    ja: '予定日になるまで、権限は変わりません。',
    en: 'No right changes until that day.',
  },
  cancel: userLabels.cancel,
  done: { ja: '所属の予定を追加しました。', en: 'The change was planned.' },
}

/** Where it is said what is wrong; undefined: with the form as a whole. */
const fieldOf: Record<PlanProblem, 'group' | 'dueOn' | undefined> = {
  'not-ahead': 'dueOn',
  'too-far-ahead': 'dueOn',
  'planned-already': 'dueOn',
  'last-administrator': 'group',
  'too-many': undefined,
  gone: undefined,
}

interface Data {
  user: User
  choices: GroupChoices
}

/** 所属の予定の追加 */
export const planMembershipPage = portal.page({
  path: paths.planMembership,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const user = await findUser(ctx, id)
    return user ? { user, choices: await findGroupChoices(ctx) } : notFound
  },
  form: {
    change: { label: words.change, value: z.enum(['joins', 'leaves']) },
    group: { label: words.group, value: rowId, chosen: true },
    dueOn: { label: words.dueOn, value: typedDay, example: '2027-04-01' },
  },
  initial: () => ({ change: 'joins' }),
  critical: {
    async submit(ctx, { data: { user }, input: { change, group: groupId, dueOn }, words: text }) {
      const planned = await planMembership(ctx, { userId: user.id, groupId, joins: change === 'joins', dueOn })
      if (planned.ok) return redirect(`${paths.plannedMemberships}?user=${user.id}`, { notice: text.done })
      const { problem } = planned
      return problemAt(fieldOf[problem], text[problem], planned)
    },
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { user, choices }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb
        language={language}
        trail={[
          { label: text.list, href: paths.users },
          { label: user.name, href: paths.user({ id: user.id }) },
        ]}
        current={text.title}
      />
      <PageHeading heading={text.title} lead={text.lead} />
      <Form form={form} layout="page" guard>
        <RadioField
          form={form}
          name="change"
          label={text.change}
          language={language}
          mark="required"
          options={[
            { value: 'joins', label: joinsWord[language] },
            { value: 'leaves', label: leavesWord[language] },
          ]}
        />
        <SelectField
          form={form}
          name="group"
          label={text.group}
          language={language}
          mark="required"
          placeholder={text.choose}
          options={choices.groups.map((group) => ({ value: group.id, label: groupWord(group, language) }))}
        />
        <TextField
          form={form}
          name="dueOn"
          label={text.dueOn}
          language={language}
          mark="required"
          type="date"
          width="medium"
        />
        <CommitBar effect={text.barEffect}>
          <ButtonLink kind="secondary" href={paths.user({ id: user.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.plan}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
