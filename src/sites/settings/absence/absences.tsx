import { z } from 'zod'
import { type AbsencePlan } from '#features/absence/absence.ts'
import { mostAtOnce, saveAbsence } from '#features/absence/save.ts'
import type { Contract } from '#features/contracts/find.ts'
import { type ChosenExtension, findExtensionsBy, findExtensionsIn, rangesIn } from '#features/extensions/choose.ts'
import { findSuggestions, type Target } from '#features/inside-numbers/targets.ts'
import type { Line, LineContext } from '#features/lines/open.ts'
import { allowOutside, findOutsideTargets, newOutside } from '#features/onward/outside-targets.ts'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { longestKeyword, termsOf } from '#platform/list/keywords.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { type FormResult, type Input, problemAt, redirect } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { Suggestions } from '../parts/target-words.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { AbsenceFields, absenceFields, absencePlanIn, absenceProblem, onwardsIn } from './absence-fields.tsx'

const words = {
  title: { ja: '不在時動作の一括設定', en: 'Absence of several extensions' },
  numbers: { ja: '対象の内線', en: 'Extensions' },
  numbersHint: {
    ja: `内線番号を空白で区切るか、1001-1010のように範囲で入力します（一度に${mostAtOnce}内線まで）。一覧を絞り込んでから開くと、見つかった内線が入ります。`,
    en: `Numbers separated by spaces, or ranges such as 1001-1010 (${mostAtOnce} at once). Opened from a filtered list, those that were found stand here.`,
  },
  unreadable: {
    ja: '対象の内線は、1001 1005や1001-1010の形式で入力してください。',
    en: 'Extensions are written like 1001 1005, or 1001-1010.',
  },
  none: {
    ja: '当てはまる内線がありません。内線番号を確認して入力してください。',
    en: 'There is no such extension. Check the numbers.',
  },
  tooMany: {
    ja: `一度に設定できるのは${mostAtOnce}内線までです。範囲を分けてください。`,
    en: `At most ${mostAtOnce} extensions can be set at once. Enter fewer.`,
  },
  nothing: {
    ja: '変更する条件がありません。1つ以上の条件を選択してください。',
    en: 'Nothing is chosen to be changed. Choose at least one condition.',
  },
  do: { ja: '操作', en: 'Action' },
  see: { ja: '対象の内線を確認する', en: 'See which extensions' },
  seen: {
    ja: (count: number, names: string) => `${count}内線が対象です：${names}`,
    en: (count: number, names: string) => `${count} ${count === 1 ? 'extension' : 'extensions'}: ${names}`,
  },
  more: { ja: 'ほか', en: 'and more' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  effect: {
    ja: '対象の内線すべてに、一度に反映されます。変更履歴からまとめて元に戻せます。',
    en: 'Counts for all of them at once. The change history takes it back as one.',
  },
}

interface Data {
  contract: Contract
  line: Line
  known: ReadonlySet<string>
  suggestions: Target[]
  /** As they stand in the field: those that the list had found. */
  numbers: string
  /** Which those are that were typed; undefined: not asked. */
  chosen: ChosenExtension[] | undefined
  refused: string | undefined
}

const fields = {
  numbers: { label: words.numbers, value: z.string().max(20_000) },
  ...absenceFields,
  ...dueFields,
  do: { label: words.do, value: z.enum(['see']).optional(), carried: true },
} as const

/** 不在時動作設定 of many extensions at once: those that a list has found, or that are typed. */
export const absencesPage = settings.page({
  path: paths.absences,
  allow: 'line',
  words,
  async load(ctx, { query }): Promise<Data> {
    const terms = termsOf((query['q'] ?? '').slice(0, longestKeyword))
    const [known, suggestions, found] = await Promise.all([
      findOutsideTargets(ctx),
      findSuggestions(ctx),
      terms.length > 0 ? findExtensionsBy(ctx, terms, mostAtOnce) : [],
    ])
    const numbers = found
      .slice(0, mostAtOnce)
      .map(({ number }) => number)
      .join(' ')
    const beside = { chosen: undefined, refused: undefined }
    return { contract: ctx.contract, line: ctx.line, known, suggestions, numbers, ...beside }
  },
  within: ({ contract }) => contract.service.code,
  form: fields,
  initial: ({ numbers }) => ({ numbers, always: 'keep', busy: 'keep', noAnswer: 'keep', unreachable: 'keep' }),
  async preview(ctx, { data, values }) {
    if (values['do'] !== 'see') return { data, values, submits: true }
    const chosen = await choose(ctx, String(values['numbers'] ?? ''))
    const shown = typeof chosen === 'string' ? { refused: words[chosen][ctx.language] } : { chosen }
    return { data: { ...data, ...shown }, values, submits: false }
  },
  submit: (ctx, { data, input }) => save(ctx, data, input),
  critical: {
    when: ({ data, input }) => newOutside(data, onwardsIn(input), data.known).length > 0,
    async submit(ctx, { data, input }) {
      const allowed = await allowOutside(ctx, onwardsIn(input))
      return allowed.ok ? save(ctx, data, input) : absenceProblem(allowed.problem, input, ctx.language)
    },
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader: { language } }) {
    const { contract, line, suggestions, chosen, refused } = data
    const list = paths.extensions({ contract: contract.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title}
          trail={[{ label: linkWords.extensions[language], href: list }]}
        />
        {refused !== undefined && (
          <Notice kind="warning" live>
            {refused}
          </Notice>
        )}
        {chosen && (
          <Notice kind="info" live>
            {text.seen(chosen.length, namesOf(chosen, text.more))}
          </Notice>
        )}
        {contract.mayEdit && (
          <Form form={form} layout="page" guard>
            <Suggestions targets={suggestions} />
            <TextAreaField
              form={form}
              language={language}
              name="numbers"
              label={text.numbers}
              mark="required"
              hint={text.numbersHint}
            />
            <AbsenceFields form={form} language={language} line={line} withKeep />
            <CommitBar effect={text.effect}>
              <DueField form={form} language={language} line={line} />
              <Button kind="secondary" icon="search" name="do" value="see">
                {text.see}
              </Button>
              <ButtonLink kind="secondary" href={list}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.apply}</Button>
            </CommitBar>
          </Form>
        )}
      </>
    )
  },
})

/** The extensions that are meant; or why they are none. */
async function choose(ctx: LineContext, typed: string): Promise<ChosenExtension[] | 'unreadable' | 'none' | 'tooMany'> {
  const ranges = rangesIn(typed)
  if (!ranges) return 'unreadable'
  const chosen = await findExtensionsIn(ctx, ranges, mostAtOnce)
  if (chosen.length === 0) return 'none'
  return chosen.length > mostAtOnce ? 'tooMany' : chosen
}

async function save(ctx: LineContext, { contract }: Data, input: Input<typeof fields>): Promise<FormResult> {
  const plan: AbsencePlan = absencePlanIn(input)
  if (Object.keys(plan).length === 0) return problemAt('always', words.nothing[ctx.language])
  const chosen = await choose(ctx, input.numbers)
  if (typeof chosen === 'string') return problemAt('numbers', words[chosen][ctx.language])
  const when = await reserving(ctx, input)
  if ('problems' in when) return when
  const saved = await saveAbsence(when, chosen, plan)
  if (saved.ok) return redirect(withChanged(paths.extensions({ contract: contract.id }), saved.value))
  if (saved.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
  return absenceProblem(saved.problem, input, ctx.language)
}

function namesOf(chosen: readonly ChosenExtension[], more: string): string {
  const first = chosen.slice(0, 10).map(({ number, name }) => `${number} ${name}`.trim())
  return [...first, ...(chosen.length > first.length ? [more] : [])].join('、')
}
