import { addCallGroup, makeGroup } from '#features/call-groups/save.ts'
import type { Contract } from '#features/contracts/find.ts'
import { findSuggestions, type Target } from '#features/inside-numbers/targets.ts'
import type { Line, LineContext } from '#features/lines/open.ts'
import { allowOutside, findOutsideTargets, newOutside } from '#features/onward/outside-targets.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary } from '#platform/ui/form/form.tsx'
import { type FormResult, type Input, redirect } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { groupFields, groupProblem, planIn } from './group-fields.ts'
import { GroupFormFields } from './group-form.tsx'
import { type GroupForm, previewGroup } from './group-preview.ts'

const words = {
  title: { ja: '着信グループの追加', en: 'Add a call group' },
  add: userLabels.add,
  cancel: userLabels.cancel,
  effect: {
    ja: '追加した後、外線番号の着信先に指定すると鳴ります。',
    en: 'It rings once it is the target of an outside number.',
  },
}

interface Data extends GroupForm {
  contract: Contract
  line: Line
  suggestions: Target[]
}

const fields = { ...groupFields, ...dueFields } as const

/** 着信グループの追加 */
export const addCallGroupPage = settings.page({
  path: paths.addCallGroup,
  allow: 'line',
  words,
  async load(ctx): Promise<Data> {
    const { contract, line } = ctx
    const [suggestions, known] = await Promise.all([findSuggestions(ctx), findOutsideTargets(ctx)])
    const beside = { known, names: new Map(), candidates: undefined, call: undefined, refused: undefined }
    return { contract, line, suggestions, ...beside }
  },
  within: ({ contract }) => contract.service.code,
  form: fields,
  initial: () => ({ kind: 'sequential', ringSeconds: '15', onward: 'nothing' }),
  preview: (ctx, filled) => previewGroup(ctx, filled, makeGroup),
  submit: (ctx, { data, input }) => add(ctx, data, input),
  critical: {
    when: ({ data, input }) => newOutside(data, [planIn(input).afterwards], data.known).length > 0,
    async submit(ctx, { data, input }) {
      const plan = planIn(input)
      const allowed = await allowOutside(ctx, [plan.afterwards])
      if (allowed.ok) return add(ctx, data, input)
      return groupProblem(allowed.problem, { line: data.line, typed: plan.afterwards.number }, ctx.language)
    },
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader: { language } }) {
    const { contract, line, suggestions } = data
    const list = paths.callGroups({ contract: contract.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title}
          trail={[{ label: linkWords.callGroups[language], href: list }]}
        />
        {contract.mayEdit && (
          <GroupFormFields form={form} language={language} line={line} suggestions={suggestions} beside={data}>
            <CommitBar effect={text.effect}>
              <DueField form={form} language={language} line={line} />
              <ButtonLink kind="secondary" href={list}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.add}</Button>
            </CommitBar>
          </GroupFormFields>
        )}
      </>
    )
  },
})

async function add(ctx: LineContext, data: Data, input: Input<typeof fields>): Promise<FormResult> {
  const when = await reserving(ctx, input)
  if ('problems' in when) return when
  const plan = planIn(input)
  const added = await addCallGroup(when, plan)
  const contract = data.contract.id
  if (added.ok) return redirect(withChanged(paths.callGroup({ contract, id: added.value.value }), added.value))
  if (added.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
  return groupProblem(added.problem, { line: data.line, typed: plan.afterwards.number }, ctx.language)
}
