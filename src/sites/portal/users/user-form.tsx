import type { JSX } from 'preact'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { FormView } from '#platform/form.ts'
import type { ZoneChoice } from '#platform/time/zones.ts'
import { RadioField, SelectField, TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { FieldSet } from '#platform/ui/form/form.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { type GroupChoiceData, GroupChoice } from './group-choice.tsx'
import { kanaLabel, periodLabels } from './words.ts'

const words = {
  ...userLabels,
  ...periodLabels,
  kana: kanaLabel,
  kanaHint: {
    ja: '一覧の並び順と検索に使います。',
    en: 'Lists are sorted by it, and it is searched.',
  },
  mailHint: { ja: 'ログインに使うユーザIDになります。', en: 'It is the user ID for the login.' },
  phoneHint: {
    ja: '初回ログインの本人確認に使います。ハイフンの有無は問いません。',
    en: 'Used for the identity check of the first login, with or without hyphens.',
  },
  factorHint: {
    ja: 'TOTPは認証アプリ、MailOTPはメールで届くコードです。',
    en: 'TOTP: an authenticator app. MailOTP: codes by mail.',
  },
  zoneHint: {
    ja: '画面やメールの時刻を、この時間帯に変換して表示します。',
    en: 'Times in pages and mails are converted to it.',
  },
}

export interface UserFormProps extends GroupChoiceData {
  form: FormView
  language: Language
  /** Absent: the address is not part of the form. */
  withMail?: boolean
  zones: readonly ZoneChoice[]
}

/** The guide's fields of a user, section by section. */
export function UserFormFields({ form, language, withMail, zones, choices, given }: UserFormProps): JSX.Element {
  const text = inLanguage(words, language)
  const required = { form, language, mark: 'required' } as const
  const optional = { form, language, mark: 'optional' } as const
  return (
    <>
      <FieldSet legend={text.basics} columns>
        <TextField {...required} name="name" label={text.name} most={100} />
        <TextField {...optional} name="kana" label={text.kana} most={100} hint={text.kanaHint} />
        {withMail && (
          <TextField {...required} name="mail" type="email" label={text.mailAddress} most={200} hint={text.mailHint} />
        )}
        <TextField {...required} name="phone" type="tel" label={text.phone} most={21} hint={text.phoneHint} />
        <RadioField
          {...required}
          name="secondFactor"
          label={text.secondFactor}
          hint={text.factorHint}
          options={[
            { value: 'totp', label: text.totp },
            { value: 'mail-otp', label: text.mailOtp },
          ]}
        />
        <RadioField
          {...required}
          name="role"
          label={text.role}
          options={[
            { value: 'general-user', label: text.generalUser },
            { value: 'portal-administrator', label: text.portalAdministrator },
          ]}
        />
      </FieldSet>
      <Details form={form} language={language} zones={zones} />
      <FieldSet legend={text.other}>
        <TextField form={form} language={language} name="beginsOn" type="date" label={text.beginsOn} />
        <TextField form={form} language={language} name="endsOn" type="date" label={text.endsOn} />
        <TextAreaField {...optional} name="comment" label={text.comment} most={500} rows={2} hint={text.commentHint} />
      </FieldSet>
      <FieldSet legend={text.mobileThresholdMail}>
        <RadioField
          {...required}
          name="notification"
          label={text.notification}
          options={[
            { value: 'yes', label: text.receive },
            { value: 'no', label: text.doNotReceive },
          ]}
        />
      </FieldSet>
      <GroupChoice form={form} language={language} choices={choices} given={given} />
    </>
  )
}

function Details({ form, language, zones }: Pick<UserFormProps, 'form' | 'language' | 'zones'>): JSX.Element {
  const text = inLanguage(words, language)
  const required = { form, language, mark: 'required' } as const
  const optional = { form, language, mark: 'optional' } as const
  return (
    <FieldSet legend={text.details} columns>
      <RadioField
        {...required}
        name="mailLanguage"
        label={text.mailLanguage}
        options={[
          { value: 'ja', label: text.japanese, language: 'en' },
          { value: 'en', label: text.english, language: 'en' },
        ]}
      />
      <SelectField
        {...required}
        name="timeZone"
        label={text.timeZone}
        placeholder={form.values.timeZone ? undefined : text.choose}
        hint={text.zoneHint}
        options={zones}
      />
      <TextField {...optional} name="jobTitle" label={text.position} most={100} />
      <TextField {...optional} name="mobilePhone" type="tel" label={text.mobilePhone} most={21} />
    </FieldSet>
  )
}
