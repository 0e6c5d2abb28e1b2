import type { z } from 'zod'
import { mailAddress, phoneNumber } from '#features/users/values.ts'
import { line, lines, typed, typedDay, typedLines } from '#platform/values.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { longestAnswer, type OrderField, type OrderFieldType, type OrderForm } from './form.ts'

/** An answer as it is kept: text, a number, yes or no, the codes of what was chosen, or the names of files. */
export type Answer = string | number | boolean | string[]
/** By the codes of the fields; what was left empty is absent. */
export type Answers = Readonly<Record<string, Answer>>

/** What was typed, by the codes of fields; of several choices each that was ticked, as `field.choice`. */
export type GivenAnswers = Readonly<Record<string, string>>

export type AnswerProblem =
  | 'missing'
  | 'not-chosen'
  | 'too-long'
  | 'too-short'
  | 'not-number'
  | 'too-small'
  | 'too-large'
  | 'too-few'
  | 'too-many'
  | 'not-day'
  | 'not-phone'
  | 'not-mail'
  | 'unknown-contract'
  | 'wrong'

export interface WrongAnswer {
  field: OrderField
  problem: AnswerProblem
  /** The limit that is not kept, where there is one. */
  limit?: number | undefined
}

/** What there is to choose, as far as the user sees it. */
export interface AnswerChoices {
  /** Numbers of contracts. */
  contracts: ReadonlySet<string>
  /** Names of sites. */
  sites: readonly string[]
}

/** The one judgement of what was filled in: all that is wrong, or the answers. */
export function judgeAnswers(
  form: OrderForm,
  given: GivenAnswers,
  choices: AnswerChoices,
): { ok: true; answers: Answers } | { ok: false; wrong: readonly WrongAnswer[] } {
  const judged = form.fields.map((field) => ({ field, ...judge(field, given, choices) }))
  const wrong = judged.flatMap(({ field, problem, limit }) => (problem ? [{ field, problem, limit }] : []))
  if (wrong.length > 0) return { ok: false, wrong }
  const answered = judged.flatMap(({ field, answer }) => (answer === undefined ? [] : [[field.code, answer] as const]))
  return { ok: true, answers: Object.fromEntries(answered) }
}

/** Numbers of contracts that were typed, to be looked up. */
export function numbersIn(form: OrderForm, given: GivenAnswers): string[] {
  return form.fields.flatMap(({ type, code }) => (type === 'contract' ? [contractIn(given[code])] : []))
}

export interface SaidAnswer {
  code: string
  label: string
  /** Empty: nothing was answered. */
  text: string
}

/** The one way to say what was filled in: on pages of both sides, and in mails. */
export function sayAnswers(form: OrderForm, answers: Answers, language: Language): SaidAnswer[] {
  return form.fields.map((field) => ({
    code: field.code,
    label: field.label[language],
    text: say(field, answers[field.code], language),
  }))
}

/** What stands beside the two choices of such a field. */
export const yesNoWords: Record<'yes' | 'no', Phrase> = {
  yes: { ja: '希望する', en: 'Yes' },
  no: { ja: '希望しない', en: 'No' },
}

function say({ options = [] }: OrderField, answer: Answer | undefined, language: Language): string {
  const nameOf = (code: string): string => options.find((option) => option.code === code)?.label[language] ?? code
  if (answer === undefined) return ''
  if (typeof answer === 'boolean') return yesNoWords[answer ? 'yes' : 'no'][language]
  if (typeof answer === 'number') return answer.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
  if (typeof answer === 'string') return options.length > 0 ? nameOf(answer) : answer
  return answer.map(nameOf).join(language === 'ja' ? '、' : ', ')
}

interface Judged {
  answer?: Answer
  problem?: AnswerProblem
  limit?: number | undefined
}

function judge(field: OrderField, given: GivenAnswers, choices: AnswerChoices): Judged {
  const { code, type, required } = field
  if (type === 'choices') return judgeChoices(field, given)
  // Files come with the confirmation, and are judged there.
  if (type === 'file') return {}
  const text = (given[code] ?? '').trim()
  if (text === '') return required ? { problem: isChosen(type) ? 'not-chosen' : 'missing' } : {}
  return judges[type](text, field, choices)
}

type JudgeText = (text: string, field: OrderField, choices: AnswerChoices) => Judged

const judges: Record<Exclude<OrderFieldType, 'choices' | 'file'>, JudgeText> = {
  text: judgeText,
  lines: judgeText,
  number: judgeNumber,
  date: (text) => judgeBy(typedDay, text, 'not-day'),
  phone: (text) => judgeBy(typed(phoneNumber), text, 'not-phone'),
  mail: (text) => judgeBy(typed(mailAddress), text, 'not-mail'),
  choice: (text, { options = [] }) =>
    judgeAmong(
      options.map(({ code }) => code),
      text,
    ),
  'yes-no': (text) => (text === 'yes' || text === 'no' ? { answer: text === 'yes' } : { problem: 'not-chosen' }),
  contract: (text, _field, { contracts }) =>
    contracts.has(contractIn(text)) ? { answer: contractIn(text) } : { problem: 'unknown-contract' },
  site: (text, _field, { sites }) => judgeAmong(sites, text),
}

function judgeAmong(offered: readonly string[], text: string): Judged {
  return offered.includes(text) ? { answer: text } : { problem: 'not-chosen' }
}

function isChosen(type: OrderField['type']): boolean {
  return type === 'choice' || type === 'choices' || type === 'yes-no' || type === 'site'
}

/** As people type it: half or full width. */
function contractIn(text = ''): string {
  return text.normalize('NFKC').trim().toUpperCase()
}

function judgeText(text: string, { type, min = 0, max }: OrderField): Judged {
  const most = max ?? longestAnswer[type === 'lines' ? 'lines' : 'text']
  const value = type === 'lines' ? typedLines(lines(most)) : typed(line(most))
  // Browsers end a line with two signs, which count for one.
  const length = text.replaceAll('\r\n', '\n').length
  if (length > most) return { problem: 'too-long', limit: most }
  if (length < min) return { problem: 'too-short', limit: min }
  return judgeBy(value, text, 'wrong')
}

/** Digits alone, with a point if need be: whatever else JavaScript takes for a number, people mean otherwise. */
function judgeNumber(text: string, { min = -Infinity, max = Infinity }: OrderField): Judged {
  const plain = text.normalize('NFKC').replaceAll(',', '')
  if (!/^-?\d{1,12}(\.\d{1,4})?$/.test(plain)) return { problem: 'not-number' }
  const answer = Number(plain)
  if (answer < min) return { problem: 'too-small', limit: min }
  return answer > max ? { problem: 'too-large', limit: max } : { answer }
}

function judgeChoices({ code, required, min, max = Infinity, options = [] }: OrderField, given: GivenAnswers): Judged {
  const answer = options.flatMap((option) => (given[`${code}.${option.code}`] ? [option.code] : []))
  if (answer.length === 0) return required ? { problem: 'not-chosen' } : {}
  if (min !== undefined && answer.length < min) return { problem: 'too-few', limit: min }
  return answer.length > max ? { problem: 'too-many', limit: max } : { answer }
}

function judgeBy(value: z.ZodType<string, string>, text: string, problem: AnswerProblem): Judged {
  const parsed = value.safeParse(text)
  return parsed.success ? { answer: parsed.data } : { problem }
}
