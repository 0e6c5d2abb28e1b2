import { bringFile } from '#features/import-runs/bring.ts'
import { mostFileBytes } from '#features/import-runs/run.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, FileField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { namedFile } from '#platform/values.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { fileNameOf, problemOfFile } from './judge-file.ts'
import { importsTitle } from './run-words.ts'

const words = {
  list: importsTitle,
  title: { ja: 'ファイルの取り込み', en: 'Bring a file' },
  lead: {
    ja: 'ファイルを試行し、追加・変更されるものを1件ずつ確認してから反映します。まだ何も変わりません。',
    en: 'The file is tried first: you see what it would make and change before anything is done.',
  },
  file: { ja: '取り込みファイル（JSON）', en: 'Import file (JSON)' },
  fileHint: {
    ja: 'UTF-8のJSON、10MBまでです。形式はコマンドラインの取り込みと同じです。大きいファイルはコマンドラインで取り込んでください。',
    en: 'JSON in UTF-8, up to 10 MB, in the format of the command line, which takes larger files.',
  },
  holds: { ja: '新しいユーザーに開通案内を送らない', en: 'Send new users no opening notice' },
  holdsHint: {
    ja: 'あとから「send-opening-notice --held」で送信できます。',
    en: '“send-opening-notice --held” sends them later.',
  },
  effect: {
    ja: 'アップロードしたファイルは、1時間後に消去します。',
    en: 'What you upload is erased after an hour.',
  },
  try: { ja: '試行する', en: 'Try it' },
  cancel: userLabels.cancel,
  empty: { ja: 'ファイルが空です。', en: 'The file is empty.' },
  'too-large': {
    ja: 'ファイルが10MBを超えています。コマンドラインで取り込むか、お客様ごとに分けてください。',
    en: 'The file is larger than 10 MB. Use the command line, or split it by customers.',
  },
  workbook: {
    ja: 'Excelブックまたは圧縮ファイルです。JSON形式のファイルを選択してください。',
    en: 'It is a workbook or an archive. Choose a file of JSON.',
  },
  'not-text': {
    ja: 'UTF-8の文字ではないファイルです。UTF-8で保存したJSONファイルを選択してください。',
    en: 'It is not text in UTF-8. Choose a file of JSON that was saved as UTF-8.',
  },
  'too-many-kept': {
    ja: '試したファイルが20件残っています。取り込みを終えるか、1時間たってから、もう一度選択してください。',
    en: 'Twenty files that were tried are kept at the moment. Apply them, or come back within an hour.',
  },
  'not-json': {
    ja: 'JSON形式ではありません（「{」で始まっていません）。JSON形式のファイルを選択してください。',
    en: 'It is not JSON: it does not begin with “{”. Choose a file of JSON.',
  },
}

/** Brings a file to be tried. */
export const addImportPage = staffConsole.page({
  path: paths.addImport,
  allow: 'provisioning',
  words,
  load: async () => undefined,
  form: {
    file: { label: words.file, value: namedFile, file: true, mostBytes: mostFileBytes + 64 * 1024 },
    holds: { label: words.holds, value: z.literal('on').optional() },
  },
  async submit(ctx, { input: { file, holds }, words: text }) {
    const problem = problemOfFile(file.bytes)
    if (problem) return problemAt('file', text[problem])
    const brought = await bringFile(ctx, {
      name: fileNameOf(file.name),
      bytes: file.bytes,
      holdsNotices: holds === 'on',
    })
    if (!brought.ok) return problemAt('file', text[brought.problem], brought)
    return redirect(paths.import({ id: brought.value }))
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb language={language} trail={[{ label: text.list, href: paths.imports }]} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} tall />
      <Form form={form} layout="page" withFile>
        <FileField
          form={form}
          name="file"
          label={text.file}
          hint={text.fileHint}
          language={language}
          mark="required"
          accept=".json,application/json"
        />
        <CheckField form={form} name="holds" label={text.holds} hint={text.holdsHint} language={language} />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.imports}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.try}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
