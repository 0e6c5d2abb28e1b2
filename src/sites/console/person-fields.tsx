import type { JSX } from 'preact'
import { mailAddress, phoneNumber, userValues } from '#features/users/values.ts'
import type { FormView } from '#platform/form.ts'
import { TextField } from '#platform/ui/form/field.tsx'
import { typed } from '#platform/values.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'

const words = {
  name: userLabels.name,
  mail: userLabels.mailAddress,
  phone: { ja: '電話番号', en: 'Phone number' },
  phoneHint: {
    ja: '初回ログインの本人確認で入力してもらいます。',
    en: 'Has to be entered at the first login, to show who it is.',
  },
}

/** Who somebody is who shall become a user. */
export const personFields = {
  name: { label: words.name, value: typed(userValues.name) },
  mail: { label: words.mail, value: typed(mailAddress) },
  phone: { label: words.phone, value: typed(phoneNumber) },
}

export function PersonFields({ form, language }: { form: FormView; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  const field = { form, language, mark: 'required' as const }
  return (
    <>
      <TextField {...field} name="name" label={text.name} />
      <TextField {...field} name="mail" label={text.mail} type="email" />
      <TextField {...field} name="phone" label={text.phone} type="tel" hint={text.phoneHint} />
    </>
  )
}
