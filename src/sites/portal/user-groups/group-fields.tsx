import type { JSX } from 'preact'
import { z } from 'zod'
import { groupLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { longestDescription, longestGroupName } from '#features/user-groups/group.ts'
import type { FormView } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  name: groupLabels.nameField,
  nameHint: {
    ja: `${longestGroupName}文字まで。同じ名前のグループは作れません。`,
    en: `At most ${longestGroupName} characters. No two groups can have the same name.`,
  },
  description: groupLabels.description,
  cancel: userLabels.cancel,
  taken: {
    ja: 'ユーザーグループ名は、すでに登録されています。別のユーザーグループ名を入力してください。',
    en: 'A user group has this name already. Enter another one.',
  },
}

/** Whatever a name has in it is seen: neither does it turn the direction of the text around it, nor look like another one. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(longestGroupName)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u)

/** Of one line or several, which browsers end with a carriage return, too. */
const description = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .pipe(
    z
      .string()
      .max(longestDescription)
      .regex(/^(\n|[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}])*$/u),
  )

export const groupFields = {
  name: { label: words.name, value: name },
  description: { label: words.description, value: description },
}

export const nameTaken = words.taken

export interface GroupFormProps {
  form: FormView
  language: Language
  /** What happens next. */
  effect: string
  cancelPath: string
  submit: string
  /** Of the row that is edited. */
  version?: number
}

export function GroupForm({ form, language, effect, cancelPath, submit, version }: GroupFormProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <Form form={form} layout="page" guard>
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <TextField
        form={form}
        name="name"
        label={text.name}
        language={language}
        mark="required"
        maxLength={longestGroupName}
        hint={text.nameHint}
      />
      <TextAreaField
        form={form}
        name="description"
        label={text.description}
        language={language}
        mark="optional"
        maxLength={longestDescription}
      />
      <CommitBar effect={effect}>
        <ButtonLink kind="secondary" href={cancelPath}>
          {text.cancel}
        </ButtonLink>
        <Button>{submit}</Button>
      </CommitBar>
    </Form>
  )
}
