import type { JSX } from 'preact'
import { longestNote } from '#features/customer-notes/notes.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, Form } from '#platform/ui/form/form.tsx'
import type { FormView } from '#platform/form.ts'
import { lines, typed } from '#platform/values.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'

/** What every page says on which staff note something. */
export const noteWords = {
  title: { ja: '社内メモを書く', en: 'Write a note' },
  lead: { ja: '担当者だけが読みます。お客様には表示されません。', en: 'For staff alone. Customers never see it.' },
  text: { ja: 'メモ', en: 'Note' },
  effect: { ja: '書いたメモは、変更も削除もできません。', en: 'A note can be neither changed nor deleted.' },
  cancel: userLabels.cancel,
  add: { ja: '記録する', en: 'Add' },
  done: { ja: '社内メモを記録しました。', en: 'The note was added.' },
}

export const noteFields = { text: { label: noteWords.text, value: typed(lines(longestNote).min(1)) } }

interface NoteFormProps {
  form: FormView
  language: Language
  /** Of what is noted about. */
  back: string
}

export function NoteForm({ form, language, back }: NoteFormProps): JSX.Element {
  const text = inLanguage(noteWords, language)
  return (
    <Form form={form} layout="page">
      <TextAreaField
        form={form}
        name="text"
        label={text.text}
        language={language}
        mark="required"
        rows={6}
        most={longestNote}
      />
      <CommitBar effect={text.effect}>
        <ButtonLink kind="secondary" href={back}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.add}</Button>
      </CommitBar>
    </Form>
  )
}
