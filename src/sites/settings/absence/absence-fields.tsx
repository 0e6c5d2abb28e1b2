import type { JSX } from 'preact'
import { z } from 'zod'
import { type Absence, type AbsenceCondition, absenceConditions, type AbsencePlan } from '#features/absence/absence.ts'
import type { AbsenceProblem } from '#features/absence/save.ts'
import type { Line } from '#features/lines/open.ts'
import { type Onward, onwardKinds } from '#features/onward/onward.ts'
import type { FormValues, FormView } from '#platform/form.ts'
import { SelectField } from '#platform/ui/form/field.tsx'
import { controlAttributes, FieldFrame, valueOf } from '#platform/ui/form/field-frame.tsx'
import { changedJustNow } from '#platform/web/meanwhile-words.ts'
import { type Input, problemAt, type Problem } from '#platform/web/page.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { onwardProblems } from '../parts/onward-problems.ts'
import { onwardText } from '../parts/onward-words.ts'
import { suggestionsId } from '../parts/target-words.tsx'
import { conditionWords } from './absence-words.ts'

const words = {
  ...conditionWords,
  toOf: { ja: (condition: string) => `${condition}の転送先`, en: (condition: string) => `${condition}: number` },
  nothing: { ja: '転送しない', en: 'Not passed on' },
  inside: { ja: '内線・着信グループへ転送', en: 'To an extension or a call group' },
  outside: { ja: '外線へ転送', en: 'To an outside number' },
  voicemail: { ja: '留守番電話', en: 'To the voicemail' },
  keep: { ja: '変更しない', en: 'Leave as it is' },
  loop: {
    ja: 'この設定では、転送が一周して戻ってきます。どこかの転送先を変えてください。',
    en: 'With this calls would come back to where they were. Choose another target.',
  },
  'unknown-extension': {
    ja: '対象の内線が、このご契約にありません。内線番号を確認して入力してください。',
    en: 'An extension is not in this contract. Check the numbers.',
  },
}

/** How each condition's fields are named. */
const names = {
  always: ['always', 'alwaysTo'],
  busy: ['busy', 'busyTo'],
  'no-answer': ['noAnswer', 'noAnswerTo'],
  unreachable: ['unreachable', 'unreachableTo'],
} as const satisfies Record<AbsenceCondition, readonly [string, string]>

const kind = z.enum([...onwardKinds, 'keep'])
const to = z.string().max(100).default('')
const toWords = (condition: AbsenceCondition): Phrase => ({
  ja: words.toOf.ja(words[condition].ja),
  en: words.toOf.en(words[condition].en),
})

/** For each condition what is done, and with whom. Of several extensions at once `keep` leaves it as it is. */
export const absenceFields = {
  always: { label: words.always, value: kind, chosen: true },
  alwaysTo: { label: toWords('always'), value: to },
  busy: { label: words.busy, value: kind, chosen: true },
  busyTo: { label: toWords('busy'), value: to },
  noAnswer: { label: words['no-answer'], value: kind, chosen: true },
  noAnswerTo: { label: toWords('no-answer'), value: to },
  unreachable: { label: words.unreachable, value: kind, chosen: true },
  unreachableTo: { label: toWords('unreachable'), value: to },
} as const

export function absencePlanIn(input: Input<typeof absenceFields>): AbsencePlan {
  const plan: AbsencePlan = {}
  for (const condition of absenceConditions) {
    const [kindName, toName] = names[condition]
    const given = input[kindName]
    if (given !== 'keep') plan[condition] = { kind: given, number: given === 'nothing' ? '' : input[toName] }
  }
  return plan
}

export function onwardsIn(input: Input<typeof absenceFields>): Onward[] {
  return Object.values(absencePlanIn(input))
}

export function absenceValues(absence: Absence): FormValues {
  return Object.fromEntries(
    absenceConditions.flatMap((condition) => {
      const [kindName, toName] = names[condition]
      return [
        [kindName, absence[condition].kind],
        [toName, onwardText(absence[condition])],
      ]
    }),
  )
}

/** Why absence was not set, at its field. */
export function absenceProblem(
  problem: AbsenceProblem | 'too-many-today',
  values: Partial<Input<typeof absenceFields>>,
  language: Language,
): Problem {
  if (problem === 'loop' || problem === 'unknown-extension') return problemAt(undefined, words[problem][language])
  if (problem === 'changed-meanwhile') return problemAt(undefined, changedJustNow[language])
  if (problem === 'too-many-today') return problemAt(undefined, onwardProblems[problem][language](''))
  const condition = absenceConditions.find((each) => problem.startsWith(`${each} `)) ?? 'always'
  const [, toName] = names[condition]
  // What stands behind the condition is its own problem.
  const why = problem.slice(condition.length + 1) as keyof typeof onwardProblems
  return problemAt(toName, onwardProblems[why][language](values[toName] ?? ''))
}

interface AbsenceFieldsProps {
  form: FormView
  language: Language
  line: Line
  /** Conditions can be left as they are. */
  withKeep?: boolean
}

/** For each condition one or the other: passed on, or the voicemail. */
export function AbsenceFields({ form, language, line, withKeep = false }: AbsenceFieldsProps): JSX.Element {
  const text = inLanguage(words, language)
  const kinds = onwardKinds.filter((each) => each !== 'voicemail' || line.hasVoicemail)
  const options = [...(withKeep ? (['keep'] as const) : []), ...kinds].map((value) => ({ value, label: text[value] }))
  const field = { form, language }
  return (
    <>
      {absenceConditions.map((condition) => {
        const [kindName, toName] = names[condition]
        return (
          <div class="field-line" key={condition}>
            <SelectField {...field} name={kindName} label={text[condition]} options={options} />
            <FieldFrame {...field} name={toName} label={text.toOf(text[condition])}>
              <input
                class="input"
                list={suggestionsId}
                autocomplete="off"
                value={valueOf(form, toName)}
                {...controlAttributes({ form, name: toName })}
              />
            </FieldFrame>
          </div>
        )
      })}
    </>
  )
}
