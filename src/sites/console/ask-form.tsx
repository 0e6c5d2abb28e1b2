import type { ComponentChildren, JSX } from 'preact'
import type { FormView } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import { lines, typedLines } from '#platform/values.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'

const longestReason = 500

/** What every page says on which staff ask for a second yes. */
export const askWords = {
  reason: { ja: '理由', en: 'Reason' },
  reasonHint: {
    ja: '5文字以上で入力してください。承認する担当者が読みます。お客様には表示されません。',
    en: 'Five characters or more, for whoever approves it. Customers do not see it.',
  },
  effect: {
    ja: 'ほかのセキュリティの担当者が24時間以内に承認すると、実行されます。',
    en: 'It is done once another member responsible for security approves it within 24 hours.',
  },
  cancel: userLabels.cancel,
  ask: { ja: '依頼する', en: 'Ask for it' },
  asked: {
    ja: '依頼しました。ほかのセキュリティの担当者の承認を待っています。',
    en: 'Asked. It awaits the yes of another member responsible for security.',
  },
  'asked-already': {
    ja: '同じ依頼が、すでに承認を待っています。承認をお待ちください。',
    en: 'The same was asked for already, and awaits a second yes. Wait for it.',
  },
  'address-taken': {
    ja: 'このメールアドレスは、すでに登録されています。別のメールアドレスを入力してください。',
    en: 'A user has this email address already. Enter another one.',
  },
  'changed-meanwhile': {
    ja: 'この画面を開いたあとに、対象のユーザーが変更されました。最新の内容をご確認のうえ、もう一度依頼してください。',
    en: 'The user was changed after you opened this page. Look at what is there now, then ask again.',
  },
  version: { ja: '版', en: 'Version' },
}

export const reasonField = { label: askWords.reason, value: typedLines(lines(longestReason).min(5)) }

interface AskFormProps {
  form: FormView
  language: Language
  back: string
  /** Where it is not a second yes that is asked for. */
  words?: Pick<typeof askWords, 'reasonHint' | 'effect' | 'ask'>
  children?: ComponentChildren
}

/** What is asked for, if anything is to be filled in, and why. */
export function AskForm({ form, language, back, words = askWords, children }: AskFormProps): JSX.Element {
  const text = inLanguage({ ...askWords, ...words }, language)
  return (
    <Form form={form} layout="page">
      {children}
      <TextAreaField
        form={form}
        name="reason"
        label={text.reason}
        hint={text.reasonHint}
        language={language}
        mark="required"
        most={longestReason}
      />
      <CommitBar effect={text.effect}>
        <ButtonLink kind="secondary" href={back}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.ask}</Button>
      </CommitBar>
    </Form>
  )
}
