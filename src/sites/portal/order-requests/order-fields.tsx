import type { JSX } from 'preact'
import { yesNoWords } from '#features/order-forms/answers.ts'
import { longestAnswer, type OrderField } from '#features/order-forms/form.ts'
import type { FormView } from '#platform/form.ts'
import { ChoicesField } from '#platform/ui/form/choices-field.tsx'
import { type Option, RadioField, SelectField, TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  choose: { ja: '選択してください', en: 'Choose one' },
  later: {
    ja: 'ファイルは、次の確認画面で添付します。',
    en: 'You attach it on the next page, where you check your order.',
  },
}

export interface OrderFieldProps {
  field: OrderField
  form: FormView
  language: Language
  /** Names of the sites that can be chosen. */
  sites: readonly string[]
}

/** More of them are a list to open. */
const mostRadios = 6

/** One question of an order form. */
export function OrderFieldInput({ field, form, language, sites }: OrderFieldProps): JSX.Element {
  const { code, label, hint, type, required, max, options = [] } = field
  const common = {
    form,
    language,
    name: `a.${code}`,
    label: label[language],
    hint: hint?.[language],
    mark: required ? ('required' as const) : ('optional' as const),
  }
  const chosenAmong = options.map((option) => ({ value: option.code, label: option.label[language] }))
  const placeholder = inLanguage(words, language).choose
  if (type === 'lines') return <TextAreaField {...common} rows={5} most={max ?? longestAnswer.lines} />
  if (type === 'text') return <TextField {...common} most={max ?? longestAnswer.text} />
  if (type === 'choices') return <ChoicesField {...common} options={chosenAmong} apart />
  if (type === 'choice' && options.length <= mostRadios) return <RadioField {...common} options={chosenAmong} stacked />
  if (type === 'choice') return <SelectField {...common} options={chosenAmong} placeholder={placeholder} />
  if (type === 'file') return <GivenLater field={field} language={language} />
  if (type === 'yes-no') return <RadioField {...common} options={yesOrNo(language)} />
  if (type === 'site') return <SelectField {...common} options={sites.map(asOption)} placeholder={placeholder} />
  return <TextField {...common} width="medium" type={inputTypes[type]} />
}

/** Browsers keep no files, so they are given with the last step. */
function GivenLater({ field: { label, hint }, language }: Pick<OrderFieldProps, 'field' | 'language'>): JSX.Element {
  return (
    <div class="field">
      <b>{label[language]}</b>
      {hint && <p class="small-text">{hint[language]}</p>}
      <p class="small-text">{inLanguage(words, language).later}</p>
    </div>
  )
}

function yesOrNo(language: Language): Option[] {
  return (['yes', 'no'] as const).map((each) => ({ value: each, label: yesNoWords[each][language] }))
}

function asOption(name: string): Option {
  return { value: name, label: name }
}

const inputTypes = { number: 'text', date: 'date', contract: 'text', phone: 'tel', mail: 'email' } as const
