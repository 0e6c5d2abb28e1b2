import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { type ImportMode, importModes } from '#features/user-imports/plan.ts'
import { tryImport } from '#features/user-imports/try.ts'
import { uploadedFile } from '#platform/values.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { FileField, RadioField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import type { In, Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { listTitle } from '../users/words.ts'
import { fileProblems } from '#sites/frame/imports/file-words.ts'
import { importTitle } from './import-words.ts'
import { mostRows, readRows } from './read-rows.ts'

const words = {
  title: importTitle,
  list: listTitle,
  lead: {
    ja: 'CSVファイルで、ユーザーをまとめて追加・変更します。登録する前に、1行ずつの内容を確認できます。',
    en: 'Add and change users by a file. You see what each row would do before anything is done.',
  },
  prepare: { ja: '1. ファイルを用意する', en: '1. Prepare the file' },
  upload: { ja: '2. ファイルを選択する', en: '2. Choose the file' },
  template: { ja: '追加用のテンプレート（CSV）', en: 'Template for adding (CSV)' },
  present: { ja: '今のユーザーの一覧（CSV）', en: 'The users as they are now (CSV)' },
  file: { ja: 'CSVファイル', en: 'CSV file' },
  mode: { ja: '登録の方法', en: 'What to do' },
  update: { ja: '追加と変更', en: 'Add and change' },
  'add-only': { ja: '追加のみ', en: 'Add only' },
  modeHint: {
    ja: '「追加のみ」では、管理IDのある行は何も変えません。',
    en: 'With “Add only” rows that have a record ID change nothing.',
  },
  effect: {
    ja: '次の画面で内容を確認します。まだ登録されません。',
    en: 'The next page shows what would be done. Nothing is done yet.',
  },
  check: { ja: '内容を確認する', en: 'Check the file' },
  cancel: userLabels.cancel,
}

const rules: readonly Phrase[] = [
  {
    ja: '追加：「管理ID」を空欄にします。名前、メールアドレス、電話番号、ユーザー権限は必須です。',
    en: 'To add: leave the record ID empty. Name, email address, phone number and role are needed.',
  },
  {
    ja: '変更：今のユーザーの一覧（CSV）を書き換えます。「管理ID」は変更しないでください。列がない項目は、変わりません。',
    en: 'To change: edit the list of users. Leave the record ID as it is. What has no column stays.',
  },
  {
    ja: 'ユーザーグループは、1つのセルに1行ずつ、所属させるグループの名前をすべて入力します。',
    en: 'User groups: in one cell, a line each, all groups that the user shall be in.',
  },
  {
    ja: '第2段階認証方式と状態は、CSVでは変更できません。新しいメールアドレスは、本人が確認してから有効になります。',
    en: 'Second-step method and state cannot be changed. A new email address counts once it is confirmed there.',
  },
  {
    ja: '文字コードはUTF-8かShift_JIS、大きさは5MB、10,000行までです。',
    en: 'UTF-8 or Shift_JIS, at most 5 MB and 10,000 rows.',
  },
]

/** CSVで一括登録 */
export const importUsersPage = portal.page({
  path: paths.importUsers,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  load: async () => undefined,
  form: {
    file: { label: words.file, value: uploadedFile, file: true },
    mode: { label: words.mode, value: z.enum(importModes) },
  },
  initial: () => ({ mode: 'update' }),
  prepare: ({ visitor }, { file }) => readRows(file, visitor.language),
  async submit(ctx, { input: { mode }, prepared }) {
    if (!prepared.ok)
      return problemAt(
        'file',
        fileProblems[prepared.problem][ctx.language]({ columns: prepared.columns?.join(', ') ?? '', mostRows }),
      )
    const id = await tryImport(ctx, { mode, ...prepared.value })
    return redirect(paths.triedImport({ id }))
  },
  title: ({ words: text }) => text.title,
  view({ form, words: text, reader: { language } }) {
    const field = { form, language, mark: 'required' } as const
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.users }]} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <Section heading={text.prepare}>
          <Preparation told={rules.map((rule) => rule[language])} text={text} />
        </Section>
        <Section heading={text.upload}>
          <Form form={form} layout="page" withFile>
            <FileField {...field} name="file" label={text.file} accept=".csv,text/csv" />
            <RadioField
              {...field}
              name="mode"
              label={text.mode}
              hint={text.modeHint}
              options={importModes.map((value: ImportMode) => ({ value, label: text[value] }))}
            />
            <CommitBar effect={text.effect}>
              <ButtonLink kind="secondary" href={paths.users}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.check}</Button>
            </CommitBar>
          </Form>
        </Section>
      </>
    )
  },
})

function Preparation({
  told,
  text,
}: {
  told: readonly string[]
  text: Pick<In<typeof words>, 'template' | 'present'>
}) {
  return (
    <>
      <p>
        <a href={paths.userTemplateCsv} download>
          {text.template}
        </a>
      </p>
      <p>
        <a href={paths.usersCsv} download>
          {text.present}
        </a>
      </p>
      <ul>
        {told.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </>
  )
}
