import type { JSX } from 'preact'
import { z } from 'zod'
import { rightLabels } from '#sites/frame/guide-labels.ts'
import type { Level } from '#features/rights/level.ts'
import type { ChosenRule } from '#features/user-groups/rights.ts'
import { type FormValues, type FormView, rowId } from '#platform/form.ts'
import { Segments } from '#platform/ui/form/segments.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { type Choice, choiceOf, choices, choiceWords, levelOf } from './words.ts'

const words = {
  legend: { ja: (what: string) => `${what}の権限`, en: (what: string) => `Right for ${what}` },
  former: { ja: (level: string) => `変更前：${level}`, en: (level: string) => `In force: ${level.toLowerCase()}` },
}

const choice = z.enum(choices)
const perContract = z.record(rowId, choice)
const perService = z.record(z.union([rowId, z.literal('all')]), choice)

/** What was chosen in each row, and what the row had shown: only what differs is a choice. */
export const contractChoiceFields = {
  right: { label: rightLabels.choice, value: perContract, perRow: true },
  was: { label: rightLabels.choice, value: perContract, perRow: true },
} as const

/** The same for services, and `all` of them. */
export const serviceChoiceFields = {
  right: { label: rightLabels.choice, value: perService, perRow: true },
  was: { label: rightLabels.choice, value: perService, perRow: true },
} as const

/** The rows in which something else was chosen than was shown. */
export function changedChoices({
  right,
  was,
}: Record<'right' | 'was', Readonly<Record<string, Choice>>>): Map<string, Level | null> {
  return new Map(
    Object.entries(right).flatMap(([id, chosen]) => (chosen === was[id] ? [] : [[id, levelOf(chosen)] as const])),
  )
}

/** What a row shows: what was just chosen in it, if its form comes back, or else what is staged or in force. */
function shownChoice(values: FormValues, id: string, { chosen }: ChosenRule): Choice {
  const typed = choice.safeParse(values[`right.${id}`])
  const isTyped = typed.success && typed.data !== values[`was.${id}`]
  return isTyped ? typed.data : choiceOf(chosen)
}

export interface RightChoiceProps {
  form: FormView
  language: Language
  /** Of a service or a contract; `all` for all services. */
  id: string
  name: string
  rule: ChosenRule
}

/** 権限なし / 参照のみ / 参照・編集, for one row. */
export function RightChoice({ form, language, id, name, rule }: RightChoiceProps): JSX.Element {
  const text = inLanguage(words, language)
  const shown = shownChoice(form.values, id, rule)
  return (
    <>
      <input type="hidden" name={`was.${id}`} value={choiceOf(rule.chosen)} />
      <Segments
        legend={text.legend(name)}
        name={`right.${id}`}
        options={choices.map((value) => ({ value, label: choiceWords[value][language] }))}
        chosen={shown}
        former={text.former(choiceWords[choiceOf(rule.inForce)][language])}
        isChanged={shown !== choiceOf(rule.inForce)}
      />
    </>
  )
}
