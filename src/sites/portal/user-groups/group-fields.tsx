import type { JSX } from 'preact'
import { groupLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { groupDescription, groupName, longestDescription, longestGroupName } from '#features/user-groups/values.ts'
import type { FormView } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import { typed, typedLines } from '#platform/values.ts'
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

export const groupFields = {
  name: { label: words.name, value: typed(groupName) },
  description: { label: words.description, value: typedLines(groupDescription) },
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
        most={longestGroupName}
        hint={text.nameHint}
      />
      <TextAreaField
        form={form}
        name="description"
        label={text.description}
        language={language}
        mark="optional"
        most={longestDescription}
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
