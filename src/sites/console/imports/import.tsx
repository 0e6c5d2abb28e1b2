import { confirmRun } from '#features/import-runs/confirm.ts'
import { findRun, type ImportRun } from '#features/import-runs/find.ts'
import { endsMany } from '#features/import-runs/run.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { RunFacts } from './run-facts.tsx'
import { RunFaults } from './run-faults.tsx'
import { RunProgress } from './run-progress.tsx'
import { RunResultTables } from './run-tables.tsx'
import { importsTitle } from './run-words.ts'

const words = {
  list: importsTitle,
  tried: {
    ja: '試行しました。まだ何も変わっていません。内容を確認して、反映してください。',
    en: 'It was tried, and nothing was changed. Look at it, then have it applied.',
  },
  nothing: { ja: '追加・変更するものはありません。', en: 'It makes and changes nothing.' },
  applied: { ja: '反映しました。', en: 'It was applied.' },
  over: {
    ja: '試行から1時間を過ぎたため、反映できません。もう一度ファイルを取り込んでください。',
    en: 'It was tried more than an hour ago, and can be applied no longer. Bring the file once more.',
  },
  ofCommand: {
    ja: 'コマンドラインで試行したファイルです。ここからは反映できません。',
    en: 'The command line has tried it. It cannot be applied here.',
  },
  endsMany: {
    ja: (ends: string, all: string) =>
      `このファイルは、${all}件のご契約のうち${ends}件を終了します。一部だけのファイルではないか、ご確認ください。`,
    en: (ends: string, all: string) => `The file would end ${ends} of ${all} contracts. Make sure that it is whole.`,
  },
  ends: {
    ja: (ends: string) => `${ends}件のご契約を終了することを確認しました`,
    en: (ends: string) => `I have made sure that ${ends} contracts are to end`,
  },
  endsLabel: { ja: 'ご契約の終了', en: 'End of contracts' },
  endsMissing: {
    ja: 'ご契約の終了を確認していません。内容を確認し、チェックしてください。',
    en: 'You have not confirmed that so many contracts end. Make sure, and tick the box.',
  },
  until: { ja: 'ここまで反映できます：', en: 'Can be applied until ' },
  effect: {
    ja: '試行したファイルをそのまま反映します。1件でも反映できないときは、何も変わりません。',
    en: 'The very file that was tried is applied, as a whole or not at all.',
  },
  apply: { ja: '反映する', en: 'Apply' },
  again: { ja: 'ファイルを選び直す', en: 'Choose another file' },
  confirmed: { ja: '反映を受け付けました。', en: 'It is being applied.' },
  'too-late': {
    ja: '試行から1時間を過ぎたか、すでに反映されています。',
    en: 'It was tried more than an hour ago, or is applied already.',
  },
}

interface Data {
  run: ImportRun
  canApply: boolean
  /** Kinds that are shown as long as they are. */
  all: string | undefined
}

/** A file: what it would do, what is wrong with it, or what it has done. */
export const importPage = staffConsole.page({
  path: paths.import,
  allow: 'provisioning',
  words,
  async load(ctx, { params: { id }, query }): Promise<Data | typeof notFound> {
    const run = await findRun(ctx, id)
    if (!run) return notFound
    const canApply = run.state === 'tried' && run.expiresAt !== null && run.expiresAt > ctx.now
    return { run, canApply, all: query.all }
  },
  form: { ends: { label: words.endsLabel, value: z.literal('on').optional() } },
  check({ data: { run, canApply }, input: { ends }, words: text }) {
    if (!canApply) return problemAt(undefined, text['too-late'])
    return endsMany(run) && ends !== 'on' ? problemAt('ends', text.endsMissing) : undefined
  },
  critical: {
    async submit(ctx, { data: { run }, input: { ends }, words: text }) {
      const confirmed = await confirmRun(ctx, run, { endsConfirmed: ends === 'on' })
      if (confirmed.ok) return redirect(paths.import({ id: run.id }), { notice: text.confirmed })
      return confirmed.problem === 'ends-many'
        ? problemAt('ends', text.endsMissing, confirmed)
        : problemAt(undefined, text['too-late'], confirmed)
    },
  },
  title: ({ data: { run } }) => run.name,
  view(view) {
    const { data, form, words: text, reader } = view
    const { run } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.imports }]} current={run.name} />
        <PageHeading
          heading={run.name}
          actions={
            run.state === 'failed' && (
              <ButtonLink small href={paths.addImport}>
                {text.again}
              </ButtonLink>
            )
          }
        />
        <Standing {...view} />
        <RunFacts run={run} reader={reader} />
        {run.state === 'failed' && <RunFaults run={run} language={language} />}
        <RunResultTables run={run} all={data.all} language={language} />
        {data.canApply && !isNothing(run) && <Confirmation {...view} />}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

const isNothing = ({ counts }: ImportRun): boolean => counts.every(({ created, changed }) => created + changed === 0)

function Standing({ data: { run, canApply }, words: text, reader: { language } }: Shown) {
  if (run.state === 'waiting' || run.state === 'queued') return <RunProgress run={run} language={language} />
  if (run.state === 'applied') return <Notice kind="ok">{text.applied}</Notice>
  if (run.state === 'failed') return null
  if (run.expiresAt === null) return <Notice kind="info">{text.ofCommand}</Notice>
  if (!canApply) return <Notice kind="warning">{text.over}</Notice>
  return <Notice kind="info">{isNothing(run) ? text.nothing : text.tried}</Notice>
}

function Confirmation({ data: { run }, form, words: text, reader }: Shown) {
  const { language, timeZone: zone, now } = reader
  const [ends, contracts] = [run.ends ?? 0, run.contracts ?? 0].map((n) => numberIn(language, n))
  return (
    <Form form={form} layout="page">
      {endsMany(run) && (
        <>
          <Notice kind="warning">{text.endsMany(ends ?? '', contracts ?? '')}</Notice>
          <CheckField form={form} name="ends" label={text.ends(ends ?? '')} language={language} />
        </>
      )}
      <CommitBar
        effect={
          <>
            {text.effect} {text.until}
            {run.expiresAt && <Time at={run.expiresAt} zone={zone} language={language} now={now} />}
          </>
        }
      >
        <ButtonLink kind="secondary" href={paths.addImport}>
          {text.again}
        </ButtonLink>
        <Button>{text.apply}</Button>
      </CommitBar>
    </Form>
  )
}
