import type { Contract } from '#features/contracts/find.ts'
import { confirmLineImport } from '#features/line-imports/confirm.ts'
import { findLineImport } from '#features/line-imports/find.ts'
import { changesOf, type LineImport, type LineImportPlan } from '#features/line-imports/plan.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { importKinds, rowProblems } from './import-words.ts'
import { LineImportProgress } from './import-progress.tsx'
import { ChangeTable, FaultTable, PlanCounts, RemarkTable, type ShownImport } from './row-tables.tsx'

const words = {
  title: { ja: 'CSV取り込みの確認', en: 'Check the file' },
  lead: {
    ja: 'まだ何も変わっていません。内容を確認して、適用してください。',
    en: 'Nothing is done yet. Look at it, then apply it.',
  },
  faulty: {
    ja: (n: number) => `直すところが${n}件あります。すべて直すまで、どの行も適用されません。`,
    en: (n: number) =>
      `${n === 1 ? 'There is one thing' : `There are ${n} things`} to correct. Until then no row is done.`,
  },
  faults: { ja: '直すところ', en: 'To be corrected' },
  remarks: { ja: 'お知らせ', en: 'Worth knowing' },
  nothing: { ja: '追加・変更する行がありません。', en: 'No row adds or changes anything.' },
  changes: { ja: '適用する内容', en: 'What will be done' },
  effect: {
    ja: 'すべての行を1つの変更として適用します。1行でも適用できないときは、何も変わりません。後から1回で元に戻せます。',
    en: 'All rows are done as one change, or none. One undo takes all of it back.',
  },
  apply: { ja: '適用する', en: 'Apply' },
  again: { ja: 'ファイルを選び直す', en: 'Choose another file' },
  applied: {
    ja: (rows: number) => `${rows}行を適用しました。`,
    en: (rows: number) => (rows === 1 ? 'One row was done.' : `${rows} rows were done.`),
  },
  undo: { ja: '元に戻す', en: 'Undo' },
  toList: { ja: '一覧を表示する', en: 'Show the list' },
  refused: { ja: '適用できませんでした。何も変わっていません。', en: 'It could not be done. Nothing was changed.' },
  over: {
    ja: 'この確認は有効期限が切れました。もう一度ファイルを選択してください。',
    en: 'This check has expired. Choose the file once more.',
  },
  'too-late': {
    ja: 'この確認は有効期限が切れたか、すでに適用されています。',
    en: 'This check has expired, or was done already.',
  },
}

interface Data {
  contract: Contract
  found: LineImport
  page: string | undefined
}

/** What a file of settings would do; and once it is confirmed, how far it is. */
export const triedLineImportPage = settings.page({
  path: paths.lineImport,
  allow: 'line',
  words,
  async load(ctx, { params: { id }, query }): Promise<Data | typeof notFound> {
    const found = await findLineImport(ctx, id)
    return found ? { contract: ctx.contract, found, page: query['page'] } : notFound
  },
  within: ({ contract }) => contract.service.code,
  form: {},
  check({ data: { found }, words: text }) {
    if (!found.plan) return problemAt(undefined, text['too-late'])
    if (found.plan.faults.length > 0) return problemAt(undefined, text.faulty(found.plan.faults.length))
    return found.rows === 0 ? problemAt(undefined, text.nothing) : undefined
  },
  async submit(ctx, { data: { contract, found }, words: text }) {
    const confirmed = await confirmLineImport(ctx, found)
    if (confirmed.ok) {
      const of = { contract: contract.id }
      const changeId = confirmed.value
      return redirect(
        changeId === undefined
          ? paths.lineImport({ ...of, id: found.id })
          : withChanged(importKinds[found.kind].list.path(of), { changeId }),
      )
    }
    const { problem } = confirmed
    const told = problem === 'too-late' || problem === 'faulty' ? text['too-late'] : rowProblems[problem][ctx.language]
    return problemAt(undefined, told, confirmed)
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, found } = data
    const { language } = reader
    const of = { contract: contract.id }
    const { list, path, title } = importKinds[found.kind]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title}
          trail={[
            { label: list.label[language], href: list.path(of) },
            { label: title[language], href: path(of) },
          ]}
        />
        {isReady(found) && <p>{text.lead}</p>}
        {stateOf(view)}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function stateOf(view: Shown) {
  const { words: text, reader } = view
  const { contract, found } = view.data
  const again = <Again {...view} />
  if (found.state === 'applied') return <Applied {...view} />
  if (found.state === 'queued' || found.state === 'running')
    return <LineImportProgress contract={contract.id} found={found} language={reader.language} />
  if (found.state === 'refused')
    return (
      <>
        <Notice kind="trouble" label={text.faults}>
          {text.refused}
        </Notice>
        <FaultTable faults={found.faults} {...shownOf(view)} />
        {again}
      </>
    )
  if (!found.plan)
    return (
      <>
        <Notice kind="warning" label={text.faults}>
          {text.over}
        </Notice>
        {again}
      </>
    )
  return found.plan.faults.length > 0 ? (
    <Faulty {...view} plan={found.plan} />
  ) : (
    <Confirmation {...view} plan={found.plan} />
  )
}

const shownOf = ({ data: { contract, found, page }, reader }: Shown): ShownImport => ({
  contract: contract.id,
  found,
  page,
  reader,
})

/** Done; what was changed is shown by the change itself, with the way back. */
function Applied({ data: { contract, found }, words: text }: Shown) {
  const of = { contract: contract.id }
  const { changeId, kind, rows } = found
  return (
    <>
      <Notice
        kind="ok"
        live
        label={text.changes}
        action={
          changeId !== undefined && <a href={paths.lineChange({ ...of, change: String(changeId) })}>{text.undo}</a>
        }
      >
        {text.applied(rows)}
      </Notice>
      <p>
        <a href={importKinds[kind].list.path(of)}>{text.toList}</a>
      </p>
    </>
  )
}

function Faulty({ plan, ...view }: Shown & { plan: LineImportPlan }) {
  const { words: text } = view
  return (
    <>
      <Notice kind="trouble" label={text.faults}>
        {text.faulty(plan.faults.length)}
      </Notice>
      <PlanCounts plan={plan} language={view.reader.language} />
      <Section heading={text.faults}>
        <FaultTable faults={plan.faults} {...shownOf(view)} />
      </Section>
      <Again {...view} />
    </>
  )
}

function Confirmation({ plan, ...view }: Shown & { plan: LineImportPlan }) {
  const { data, form, words: text, reader } = view
  const isEmpty = changesOf(plan).length === 0
  return (
    <>
      <PlanCounts plan={plan} language={reader.language} />
      {isEmpty && (
        <Notice kind="info" label={text.changes}>
          {text.nothing}
        </Notice>
      )}
      {plan.remarks.length > 0 && (
        <Section heading={text.remarks}>
          <RemarkTable remarks={plan.remarks} {...shownOf(view)} />
        </Section>
      )}
      {!isEmpty && (
        <Section heading={text.changes}>
          <ChangeTable plan={plan} {...shownOf(view)} />
        </Section>
      )}
      {!isEmpty && data.contract.mayEdit ? (
        <Form form={form} layout="page">
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={againPath(view)}>
              {text.again}
            </ButtonLink>
            <Button>{text.apply}</Button>
          </CommitBar>
        </Form>
      ) : (
        <Again {...view} />
      )}
    </>
  )
}

const againPath = ({ data: { contract, found } }: Shown): string =>
  importKinds[found.kind].path({ contract: contract.id })

function Again(view: Shown) {
  return (
    <ButtonRow>
      <ButtonLink href={againPath(view)}>{view.words.again}</ButtonLink>
    </ButtonRow>
  )
}

function isReady({ state, plan }: LineImport): boolean {
  return state === 'tried' && plan?.faults.length === 0
}
