import type { JSX } from 'preact'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { User } from '#features/users/user.ts'
import type { FormValues } from '#platform/form.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { valuesOf } from './user-fields.ts'
import { kanaLabel, periodLabels } from './words.ts'

const words = {
  now: { ja: (label: string) => `現在の${label}`, en: (label: string) => `${label} now` },
  nothing: { ja: 'なし', en: 'None' },
}

/** Labels of the fields that somebody else may have changed. */
const labels = {
  name: userLabels.name,
  kana: kanaLabel,
  phone: userLabels.phone,
  secondFactor: userLabels.secondFactor,
  role: userLabels.role,
  mailLanguage: userLabels.mailLanguage,
  timeZone: userLabels.timeZone,
  jobTitle: userLabels.position,
  mobilePhone: userLabels.mobilePhone,
  comment: userLabels.comment,
  beginsOn: periodLabels.beginsOn,
  endsOn: periodLabels.endsOn,
  notification: userLabels.mobileThresholdMail,
} satisfies Record<string, Phrase>

/** What a choice says, by the value that the form sends. */
const choices: Readonly<Record<string, Phrase>> = {
  totp: userLabels.totp,
  'mail-otp': userLabels.mailOtp,
  'general-user': userLabels.generalUser,
  'portal-administrator': userLabels.portalAdministrator,
  ja: userLabels.japanese,
  en: userLabels.english,
  yes: userLabels.receive,
  no: userLabels.doNotReceive,
}
const chosenFields = ['secondFactor', 'role', 'mailLanguage', 'notification']

export interface UserDifferenceProps {
  user: User
  /** What stands in the form. */
  values: FormValues
  language: Language
}

/** What somebody else made of a user while the form was open, as far as it is not what stands in the form. */
export function UserDifference({ user, values, language }: UserDifferenceProps): JSX.Element | null {
  const text = inLanguage(words, language)
  const now = valuesOf(user)
  const facts = Object.entries(labels)
    .filter(([field]) => (now[field] ?? '') !== (values[field] ?? ''))
    .map(([field, label]) => {
      const value = String(now[field] ?? '')
      const shown = chosenFields.includes(field) ? choices[value]?.[language] : value
      return { term: text.now(label[language]), value: shown === '' ? text.nothing : shown }
    })
  return facts.length > 0 ? <Facts facts={facts} /> : null
}
