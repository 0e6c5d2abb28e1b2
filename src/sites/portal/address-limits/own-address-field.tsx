import type { JSX } from 'preact'
import type { FormView } from '#platform/form.ts'
import { TextField } from '#platform/ui/form/field.tsx'
import type { Language } from '#platform/words.ts'
import { trialWords } from './words.ts'

interface OwnAddressProps {
  form: FormView
  ownAddress: string
  language: Language
}

/** Where whoever would lock themselves out types their own address; it is asked for when the form was refused for that. */
export function OwnAddressField({ form, ownAddress, language }: OwnAddressProps): JSX.Element | null {
  if (!form.problems.some(({ field }) => field === 'ownAddress')) return null
  return (
    <TextField
      form={form}
      name="ownAddress"
      label={trialWords.ownAddress[language]}
      language={language}
      width="medium"
      hint={trialWords.ownAddressHint[language](ownAddress)}
    />
  )
}
