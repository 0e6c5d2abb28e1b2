import type { Context } from '#features/actor.ts'
import { type Answers, type GivenAnswers, judgeAnswers } from '#features/order-forms/answers.ts'
import { type AskedContract, type Asking, findAskedContract, findChoices } from '#features/order-requests/asking.ts'
import { listApprovers, type RequestReader } from '#features/order-requests/readers.ts'
import type { FieldProblem, FormValues } from '#platform/form.ts'
import { typedDay } from '#platform/values.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { formWords } from './form-words.ts'
import { problemOf } from './problem-words.ts'

/** What stands in a form that was filled in. */
export interface Filled {
  contract: string
  wished: string
  a: GivenAnswers
}

/** What can be asked for. */
export interface Ready {
  contract: AskedContract | null
  wishedOn: string | null
  answers: Answers
  /** Who can approve it; null: nobody has to. */
  approvers: RequestReader[] | null
}

export type JudgedForm = { ok: true; ready: Ready } | { ok: false; problems: FieldProblem[] }

/** The one judgement of a filled-in form, for the form and for its confirmation: with all that is wrong. */
export async function judgeFilled(ctx: Context, asking: Asking, filled: Filled): Promise<JudgedForm> {
  const { language } = ctx
  const choices = await findChoices(ctx, asking, filled.a)
  const judged = judgeAnswers(asking.form, filled.a, choices)
  const contract = await judgeContract(ctx, asking, filled.contract)
  const wished = judgeDay(asking, filled.wished, language)
  const problems = [
    ...('problem' in contract ? [contract.problem] : []),
    ...('problem' in wished ? [wished.problem] : []),
    ...(judged.ok ? [] : judged.wrong.map((wrong) => problemOf(wrong, language))),
  ]
  if (problems.length > 0 || 'problem' in contract || 'problem' in wished || !judged.ok) return { ok: false, problems }
  const approvers = await findApprovers(ctx, asking, contract.contract)
  if (approvers?.length === 0) {
    const about = contract.contract?.number ?? asking.service.name[language]
    return { ok: false, problems: [{ text: inLanguage(formWords, language)['nobody-can-approve'](about) }] }
  }
  return { ok: true, ready: { contract: contract.contract, wishedOn: wished.day, answers: judged.answers, approvers } }
}

async function findApprovers(
  { tx, now, actor }: Context,
  { needsApproval, service }: Asking,
  contract: AskedContract | null,
): Promise<RequestReader[] | null> {
  if (!needsApproval) return null
  const about = { contractId: contract?.id ?? null, serviceId: service.id }
  return listApprovers({ tx, now, customer: actor.customer }, about, actor.userId)
}

async function judgeContract(
  ctx: Context,
  { form: { kind }, service, mayAskForNew }: Asking,
  number: string,
): Promise<{ contract: AskedContract | null } | { problem: FieldProblem }> {
  const text = inLanguage(formWords, ctx.language)
  if (kind === 'new') return mayAskForNew ? { contract: null } : { problem: { text: text['may-not-ask'] } }
  if (number.trim() === '') return { problem: { field: 'contract', text: text['no-contract'] } }
  const found = await findAskedContract(ctx, service.id, number)
  return found.ok ? { contract: found.value } : { problem: { field: 'contract', text: text[found.problem] } }
}

function judgeDay(
  { earliestOn }: Asking,
  wished: string,
  language: Language,
): { day: string | null } | { problem: FieldProblem } {
  const text = inLanguage(formWords, language)
  if (wished.trim() === '') return { day: null }
  const day = typedDay.safeParse(wished)
  if (!day.success) return { problem: { field: 'wished', text: text['not-day'] } }
  if (day.data < earliestOn) return { problem: { field: 'wished', text: text['too-early'](earliestOn) } }
  return { day: day.data }
}

/** As a form has its values: to be kept, and shown again. */
export function valuesOf({ contract, wished, a }: Filled): FormValues {
  return { contract, wished, ...Object.fromEntries(Object.entries(a).map(([code, text]) => [`a.${code}`, text])) }
}

/** What was kept of a form. */
export function filledOf(values: FormValues): Filled {
  const text = (value: FormValues[string] | undefined): string => (typeof value === 'string' ? value : '')
  const answers = Object.entries(values).filter(([name]) => name.startsWith('a.'))
  return {
    contract: text(values.contract),
    wished: text(values.wished),
    a: Object.fromEntries(answers.map(([name, value]) => [name.slice(2), text(value)])),
  }
}

/** The answers of a former request, as a form has them. */
export function givenOf(answers: Answers): Record<string, string> {
  const given = Object.entries(answers).flatMap(([code, answer]): [string, string][] => {
    if (Array.isArray(answer)) return answer.map((chosen) => [`a.${code}.${chosen}`, 'on'])
    if (typeof answer === 'boolean') return [[`a.${code}`, answer ? 'yes' : 'no']]
    return [[`a.${code}`, String(answer)]]
  })
  return Object.fromEntries(given)
}
