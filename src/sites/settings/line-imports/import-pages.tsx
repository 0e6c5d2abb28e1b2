import { z } from 'zod'
import type { Contract } from '#features/contracts/find.ts'
import { type ImportMode, importModes, type LineImportKind } from '#features/line-imports/plan.ts'
import { tryLineImport } from '#features/line-imports/try.ts'
import { uploadedFile } from '#platform/values.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { FileField, RadioField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { problemAt, redirect, type View } from '#platform/web/page.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { fileProblems } from '#sites/frame/imports/file-words.ts'
import { LineHeading } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings, type SettingsPath } from '../site.tsx'
import { importKinds } from './import-words.ts'
import { mostRows, readRows } from './read-rows.ts'

const words = {
  prepare: { ja: '1. ファイルを用意する', en: '1. Prepare the file' },
  upload: { ja: '2. ファイルを選択する', en: '2. Choose the file' },
  present: { ja: '今の一覧（CSV）', en: 'The list as it is now (CSV)' },
  file: { ja: 'CSVファイル', en: 'CSV file' },
  mode: { ja: '取り込みの方法', en: 'What to do' },
  update: { ja: '追加と変更', en: 'Add and change' },
  'add-only': { ja: '追加のみ', en: 'Add only' },
  modeHint: {
    ja: '「追加のみ」では、すでにある番号の行は何も変えません。',
    en: 'With “Add only” rows of numbers that are there change nothing.',
  },
  effect: {
    ja: '次の画面で内容を確認します。まだ何も変わりません。',
    en: 'The next page shows what would be done. Nothing is done yet.',
  },
  check: { ja: '内容を確認する', en: 'Check the file' },
  cancel: userLabels.cancel,
}

const rules: readonly Phrase[] = [
  {
    ja: '今の一覧（CSV）を書き換えて使います。列がない項目と、ファイルにない番号は変わりません。削除はできません。',
    en: 'Edit the list as it is now. What has no column or no row stays. Nothing is deleted by a file.',
  },
  {
    ja: '文字コードはUTF-8かShift_JIS、大きさは5MB、20,000行までです。',
    en: 'UTF-8 or Shift_JIS, at most 5 MB and 20,000 rows.',
  },
]

/** CSV取り込み: a page for each kind of settings. */
export const importPages: readonly SettingsPath[] = [
  importPage('extensions'),
  importPage('numbers'),
  importPage('call-groups'),
]

function importPage(kind: LineImportKind): SettingsPath {
  const { title, lead, list, path, adds } = importKinds[kind]
  return settings.page({
    path,
    allow: 'line',
    words,
    load: async ({ contract }): Promise<{ contract: Contract }> => ({ contract }),
    within: ({ contract }) => contract.service.code,
    form: {
      file: { label: words.file, value: uploadedFile, file: true },
      mode: { label: words.mode, value: z.enum(importModes) },
    },
    initial: () => ({ mode: 'update' }),
    prepare: ({ visitor }, { file }) => readRows(kind, file, visitor.language),
    async submit(ctx, { data: { contract }, input: { mode }, prepared }) {
      if (!prepared.ok)
        return problemAt(
          'file',
          fileProblems[prepared.problem][ctx.language]({ columns: prepared.columns?.join(', ') ?? '', mostRows }),
        )
      const id = await tryLineImport(ctx, { kind, mode, file: prepared.value })
      return redirect(paths.lineImport({ contract: contract.id, id }))
    },
    title: ({ reader: { language } }) => title[language],
    view(view) {
      const { data, form, reader } = view
      const { language } = reader
      const { contract } = data
      return (
        <>
          <ErrorSummary form={form} language={language} />
          <LineHeading
            language={language}
            contract={contract}
            heading={title[language]}
            trail={[{ label: list.label[language], href: list.path({ contract: contract.id }) }]}
          />
          <p>{lead[language]}</p>
          <Preparation kind={kind} contract={contract.id} language={language} text={view.words} />
          {contract.mayEdit && <Upload {...view} kind={kind} adds={adds} />}
        </>
      )
    },
  })
}

type Shown = View<{ contract: Contract }, typeof words>

interface PreparationProps {
  kind: LineImportKind
  contract: string
  language: Language
  text: Pick<Shown['words'], 'prepare' | 'present'>
}

function Preparation({ kind, contract, language, text }: PreparationProps) {
  const { list, rules: own } = importKinds[kind]
  const all = [...own, ...rules].map((rule) => rule[language])
  return (
    <Section heading={text.prepare}>
      <p>
        <a href={list.csv({ contract })} download>
          {text.present}
        </a>
      </p>
      <ul>
        {all.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
    </Section>
  )
}

function Upload({ data, form, words: text, reader, kind, adds }: Shown & { kind: LineImportKind; adds: boolean }) {
  const { language } = reader
  const field = { form, language, mark: 'required' } as const
  return (
    <Section heading={text.upload}>
      <Form form={form} layout="page" withFile>
        <FileField {...field} name="file" label={text.file} accept=".csv,text/csv" />
        {adds ? (
          <RadioField
            {...field}
            name="mode"
            label={text.mode}
            hint={text.modeHint}
            options={importModes.map((value: ImportMode) => ({ value, label: text[value] }))}
          />
        ) : (
          <input type="hidden" name="mode" value="update" />
        )}
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={importKinds[kind].list.path({ contract: data.contract.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.check}</Button>
        </CommitBar>
      </Form>
    </Section>
  )
}
