import { z } from 'zod'
import { findCalendarNames } from '#features/calendars/calendar.ts'
import { type CallOutcome, whoRings } from '#features/call-routing/who-rings.ts'
import { findSuggestions } from '#features/inside-numbers/targets.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { LineContext } from '#features/lines/open.ts'
import { allowOutside, assumeOutside, findOutsideTargets, newOutside } from '#features/onward/outside-targets.ts'
import { tryChange } from '#features/line-changes/change.ts'
import { findNumber } from '#features/numbers/number.ts'
import {
  bind,
  type Binding,
  type BindingProblem,
  type NumberHours,
  setBindings,
} from '#features/numbers/set-bindings.ts'
import { numberMemo } from '#features/numbers/values.ts'
import { findReservationsOf } from '#features/reservations/reservation.ts'
import { rowVersion } from '#platform/form.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { typed } from '#platform/values.ts'
import { parseFields } from '#platform/web/form-input.ts'
import { type FormResult, type Input, notFound, problemAt, type Problem, redirect } from '#platform/web/page.ts'
import type { Language } from '#platform/words.ts'
import { linkWords } from '../links.ts'
import { dueFields, reserving } from '../parts/due.tsx'
import { lastChangeOf } from '../parts/last-change.ts'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { onwardSaidOf } from '../parts/onward-words.ts'
import { Reserved } from '../parts/reserved.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { targetValue } from './binding-rows.ts'
import { fieldOf, hoursFields, hoursIn, hoursValues } from './hours-fields.tsx'
import { bindingProblems } from './number-fields.tsx'
import { CurrentNumber, EditNumber, type NumberData, NumberRings, numberWords } from './number-parts.tsx'

const fields = {
  target: { label: numberWords.target, value: z.string().max(100) },
  memo: { label: numberWords.memo, value: typed(numberMemo) },
  ...hoursFields,
  ...dueFields,
  version: { label: numberWords.version, value: rowVersion, carried: true },
  do: { label: numberWords.do, value: z.enum(['preview']).optional(), carried: true },
} as const

/** One external number: what it is bound to, and what rings. */
export const numberPage = settings.page({
  path: paths.number,
  allow: 'line',
  words: numberWords,
  async load(ctx, { params, query }): Promise<NumberData | typeof notFound> {
    const number = await findNumber(ctx, params.id)
    if (!number) return notFound
    const imagined = { called: number.number, at: ctx.now, busy: [], unreachable: [] }
    const [suggestions, known, calendars, call, reservations] = await Promise.all([
      findSuggestions(ctx),
      findOutsideTargets(ctx),
      findCalendarNames(ctx),
      whoRings(ctx, imagined),
      findReservationsOf(ctx, number.number),
    ])
    const { contract, line } = ctx
    const beside = { isPreview: false, refused: undefined, changed: query['changed'] }
    return { contract, line, number, suggestions, known, calendars, reservations, call, ...beside }
  },
  within: ({ contract }) => contract.service.code,
  form: fields,
  initial: ({ number }) => ({
    target: targetValue(number),
    memo: number.memo,
    ...hoursValues(number),
    version: String(number.version),
  }),
  changedBy: (ctx, { number }) => lastChangeOf(ctx, number.number),
  said: {
    calendar: (id, { data: { calendars } }) => calendars.get(id) ?? id,
    onward: (value, { language }) => onwardSaidOf(value, language),
  },
  async preview(ctx, { data, values }) {
    if (values['do'] !== 'preview') return { data, values, submits: true }
    const { number } = data
    const parsed = parseFields(hoursFields, values)
    if (!parsed.ok)
      return { data: { ...data, refused: parsed.problemsIn(ctx.language)[0]?.text }, values, submits: false }
    const hours = hoursIn(parsed.input)
    const target = String(values['target'] ?? '')
    const binding: Binding = { id: number.id, target, memo: number.memo, hours, version: number.version }
    const tried = await tryChange<CallOutcome, BindingProblem>(
      ctx,
      async (trying) => {
        await assumeOutside(trying, [hours.closed])
        return bind(trying, [binding])
      },
      (changing) => whoRings(changing, { called: number.number, at: ctx.now, busy: [], unreachable: [] }),
    )
    if (tried.ok) return { data: { ...data, call: tried.value, isPreview: true }, values, submits: false }
    const refused =
      tried.problem === 'may-not-edit'
        ? undefined
        : problemIn(tried.problem, { target, hours }, ctx.language).problems[0]
    return { data: { ...data, refused: refused?.text }, values, submits: false }
  },
  submit: (ctx, { data, input }) => save(ctx, data, input),
  critical: {
    when: ({ data, input }) => newOutside(data, [hoursIn(input).closed], data.known).length > 0,
    async submit(ctx, { data, input }) {
      const hours = hoursIn(input)
      const allowed = await allowOutside(ctx, [hours.closed])
      if (allowed.ok) return save(ctx, data, input)
      return problemIn(allowed.problem, { target: input.target, hours }, ctx.language)
    },
  },
  title: ({ data: { number }, words: text }) => text.title(hyphened(number.number)),
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, number, changed } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title(hyphened(number.number))}
          trail={[{ label: linkWords.numbers[language], href: paths.numbers({ contract: contract.id }) }]}
          changed={changed}
        />
        <Reserved contract={contract.id} line={data.line} reservations={data.reservations} reader={reader} />
        {!contract.mayEdit && <CurrentNumber {...view} />}
        {number.endedOn !== null && <Facts facts={[{ term: text.endedOn, value: number.endedOn }]} />}
        {contract.mayEdit && <EditNumber {...view} />}
        <NumberRings {...view} />
      </>
    )
  },
})

async function save(ctx: LineContext, data: NumberData, input: Input<typeof fields>): Promise<FormResult> {
  const { id } = data.number
  const when = await reserving(ctx, input)
  if ('problems' in when) return when
  const hours = hoursIn(input)
  const { target, memo, version } = input
  const set = await setBindings(when, [{ id, target, memo, version, hours }])
  const path = paths.number({ contract: data.contract.id, id })
  if (set.ok) return redirect(withChanged(path, set.value))
  if (!('id' in set)) throw new Error('Whoever may not edit sends no form')
  return problemIn(set.problem, { target, hours }, ctx.language)
}

/** Why a number was not set, at its field. */
function problemIn(
  problem: BindingProblem | 'too-many-today',
  { target, hours }: { target: string; hours: NumberHours },
  language: Language,
): Problem {
  const field = fieldOf(problem)
  const about = field === 'onwardTo' ? hours.closed.number : target
  return problemAt(field, bindingProblems[problem][language](about))
}
