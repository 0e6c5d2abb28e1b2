import type { JSX } from 'preact'
import type { BindingProblem } from '#features/numbers/set-bindings.ts'
import type { FormView } from '#platform/form.ts'
import { controlAttributes, FieldBelow, valueOf } from '#platform/ui/form/field-frame.tsx'
import type { Language, Phrase } from '#platform/words.ts'
import { onwardProblems } from '../parts/onward-problems.ts'

/** Why a number was not bound, at its field: of what was typed there. */
export const bindingProblems: Record<BindingProblem | 'too-many-today', Phrase<(typed: string) => string>> = {
  ...onwardProblems,
  'disabled-target': {
    ja: (typed) => `「${typed}」は無効になっている内線です。内線を有効にするか、別の着信先を入力してください。`,
    en: (typed) => `“${typed}” is a disabled extension. Enable it, or enter another target.`,
  },
  'unknown-calendar': {
    ja: () => 'この営業時間は、このご契約にありません。もう一度選択してください。',
    en: () => 'These hours are not in this contract. Choose again.',
  },
  'closed-without-calendar': {
    ja: () => '営業時間外の着信先を使うには、営業時間を選択してください。',
    en: () => 'Choose business hours for calls to lead elsewhere while you are closed.',
  },
  'unknown-closed': {
    ja: () => '営業時間外の着信先は、このご契約にありません。内線または着信グループの番号を確認して入力してください。',
    en: () => 'The target while closed is not in this contract. Enter an extension or a call group.',
  },
  ended: {
    ja: () => 'この外線番号は解約済みのため、着信先を設定できません。着信先を空にしてください。',
    en: () => 'This number has ended, so it cannot have a target. Leave the target empty.',
  },
  'changed-meanwhile': {
    ja: () =>
      'この外線番号は、別の方が変更しています。現在の設定を確認してから、もう一度「適用する」を押してください。',
    en: () => 'Somebody else has changed this number. Look at what it is now, then press “Apply” again.',
  },
}

export interface RowFieldProps {
  form: FormView
  /** The id of the form. */
  of: string
  name: string
  /** Unless something was typed. */
  value: string
  label: string
  language: Language
  list?: string
  /** Where the field is empty, what that means. */
  placeholder: string
}

/** A field in a row of a table, whose label is told by the row and the head of the column. */
export function RowField({ form, of, name, value, label, language, list, placeholder }: RowFieldProps): JSX.Element {
  return (
    <>
      <input
        class="input"
        type="text"
        form={of}
        value={valueOf(form, name) ?? value}
        aria-label={label}
        list={list}
        placeholder={placeholder}
        autocomplete="off"
        {...controlAttributes({ form, name })}
      />
      <FieldBelow form={form} name={name} language={language} />
    </>
  )
}
