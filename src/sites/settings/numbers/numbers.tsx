import { z } from 'zod'
import type { Contract } from '#features/contracts/find.ts'
import { findSuggestions, type Target } from '#features/inside-numbers/targets.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { numberList } from '#features/numbers/list.ts'
import type { ExternalNumber } from '#features/numbers/number.ts'
import { setBindings } from '#features/numbers/set-bindings.ts'
import { numberMemo } from '#features/numbers/values.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import type { ShownList } from '#platform/web/list-request.ts'
import type { RowView } from '#platform/web/list.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import type { KindOf } from '../parts/list-kind.ts'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { reservedChips } from '../parts/reserved-chips.ts'
import { groupKindWords, Suggestions, suggestionsId } from '../parts/target-words.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { bindingsIn, loadedValue, targetValue, typedBindings } from './binding-rows.ts'
import { BindingPreview, type TriedBindings, tryBindings } from './binding-preview.tsx'
import { changeSaid } from './changed-number.ts'
import { bindingProblems, RowField } from './number-fields.tsx'
import { numbersWords as words, numberStateWords as stateWords } from './numbers-words.ts'

interface Data {
  list: ShownList<KindOf<typeof numberList>>
  contract: Contract
  line: Line
  suggestions: Target[]
  changed: string | undefined
  /** What was tried of the rows, and what came of it. */
  tried?: TriedBindings
}

const formId = 'bindings'
const perRow = z.record(z.uuid(), z.string().max(300))

/** 外線・内線の紐づけ設定 */
export const numbersPage = settings.list({
  path: paths.numbers,
  allow: 'line',
  words,
  from: numberList,
  async load(ctx, { query }, read): Promise<Data> {
    const [list, suggestions] = await Promise.all([read(undefined), findSuggestions(ctx)])
    return { list, suggestions, contract: ctx.contract, line: ctx.line, changed: query['changed'] }
  },
  within: ({ contract }) => contract.service.code,
  form: {
    target: { label: words.target, value: perRow, perRow: true },
    memo: { label: words.memo, value: perRow, perRow: true },
    was: { label: words.version, value: perRow, perRow: true, carried: true },
    version: { label: words.version, value: perRow, perRow: true, carried: true },
    ...dueFields,
    do: { label: words.do, value: z.enum(['preview']).optional(), carried: true },
  },
  async preview(ctx, { data, values }) {
    if (values['do'] !== 'preview') return { data, values, submits: true }
    return { data: { ...data, tried: await tryBindings(ctx, data.list.rows, values) }, values, submits: false }
  },
  typed: typedBindings,
  async submit(ctx, { data, input, words: text }) {
    const when = await reserving(ctx, input)
    if ('problems' in when) return when
    const bindings = bindingsIn(input)
    const tooLong = bindings.find(({ memo }) => !numberMemo.safeParse(memo).success)
    if (tooLong) return problemAt(`memo.${tooLong.id}`, text.memoTooLong)
    const path = paths.numbers({ contract: data.contract.id })
    if (bindings.length === 0) return redirect(withChanged(path, { changeId: undefined }))
    const set = await setBindings(when, bindings)
    if (set.ok) return redirect(withChanged(path, set.value))
    if (!('id' in set)) throw new Error('Whoever may not edit sends no form')
    const typed = input.target[set.id] ?? ''
    const row = data.list.rows.find(({ row: { id } }) => id === set.id)?.row
    if (set.problem === 'changed-meanwhile' && row)
      return problemAt(`target.${set.id}`, await changeSaid(ctx, row, input.was[set.id]), set)
    return problemAt(`target.${set.id}`, bindingProblems[set.problem][ctx.language](typed), set)
  },
  heading: ({ data: { contract, changed }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <LineHeading
        language={language}
        contract={contract}
        heading={text.title}
        changed={changed}
        actions={
          contract.mayEdit && (
            <ButtonLink kind="secondary" href={paths.importNumbers({ contract: contract.id })}>
              {text.bring}
            </ButtonLink>
          )
        }
      />
    </>
  ),
  empty: ({ words: text }) => (
    <EmptyState icon="phone" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { state: { labels: stateWords, icons: { unset: 'warning' } }, reserved: reservedChips },
  columns: {
    number: {
      header: true,
      cell: ({ id, number }, { data }) => (
        <a class="number" href={paths.number({ contract: data.contract.id, id })}>
          {hyphened(number)}
        </a>
      ),
      csv: ({ number }) => number,
    },
    memo: {
      phone: 'below',
      cell: (row, view) => <MemoCell row={row} view={view} />,
      paper: ({ memo }) => memo,
      csv: ({ memo }) => memo,
    },
    target: {
      phone: 'below',
      cell: (row, view) => <TargetCell row={row} view={view} />,
      paper: (row, { words: text }) => targetValue(row) || text.unset,
      csv: (row) => targetValue(row),
    },
    phones: {
      phone: 'below',
      cell: (row, view) => <PhonesCell row={row} view={view} />,
      paper: ({ target }, { words: text }) => (target?.phones ? text.phonesCount(target.phones) : text.nobody),
      csv: ({ target }) => target?.phones ?? 0,
    },
    state: { csv: ({ state }, language) => stateWords[state][language] },
  },
  below: ({ data: { contract, line, suggestions, list, tried }, form, words: text, reader: { language } }) =>
    contract.mayEdit && list.rows.length > 0 ? (
      <Form form={form} id={formId} layout="plain" guard>
        <Suggestions targets={suggestions} />
        {tried && <BindingPreview tried={tried} language={language} />}
        <CommitBar effect={text.effect}>
          <Button kind="secondary" icon="play" name="do" value="preview">
            {text.preview}
          </Button>
          <DueField form={form} language={language} line={line} />
          <ButtonLink kind="secondary" href={paths.numbers({ contract: contract.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.apply}</Button>
        </CommitBar>
      </Form>
    ) : null,
  csv: paths.numbersCsv.pattern,
  whose: ({ contract }) => contract.number,
})

interface CellProps {
  row: ExternalNumber
  view: RowView<Data, typeof words>
}

function MemoCell({ row, view: { data, form, words: text, language } }: CellProps) {
  if (!data.contract.mayEdit) return <>{row.memo}</>
  const label = text.memoOf(hyphened(row.number))
  return (
    <RowField
      form={form}
      of={formId}
      name={`memo.${row.id}`}
      value={row.memo}
      label={label}
      language={language}
      placeholder={text.memo}
    />
  )
}

function TargetCell({ row, view: { data, form, words: text, language } }: CellProps) {
  if (!data.contract.mayEdit) return <>{targetValue(row) || text.unset}</>
  const name = `target.${row.id}`
  const isConflict = form.problems.some(({ field }) => field === name)
  return (
    <>
      <input type="hidden" form={formId} name={`was.${row.id}`} value={loadedOf(row, form.values[`was.${row.id}`])} />
      {/* Who presses again after a conflict has seen what the number is now. */}
      <input
        type="hidden"
        form={formId}
        name={`version.${row.id}`}
        value={isConflict ? row.version : String(form.values[`version.${row.id}`] ?? row.version)}
      />
      <RowField
        form={form}
        of={formId}
        name={name}
        value={targetValue(row)}
        label={text.targetOf(hyphened(row.number))}
        language={language}
        list={suggestionsId}
        placeholder={text.unset}
      />
      {isConflict && <p class="small-text">{targetValue(row) || text.unset}</p>}
      {row.state === 'ended' && <Badge kind="plain">{stateWords.ended[language]}</Badge>}
    </>
  )
}

function loadedOf(row: ExternalNumber, kept: string | readonly string[] | undefined): string {
  return typeof kept === 'string' ? kept : loadedValue(row)
}

function PhonesCell({ row: { target }, view: { data, words: text, language } }: CellProps) {
  if (!target || target.phones === 0) return <Badge kind="trouble">{text.nobody}</Badge>
  const { groupKind, id, number } = target
  return (
    <>
      <span class="number">{text.phonesCount(target.phones)}</span>
      {groupKind && (
        <>
          （{groupKindWords[groupKind][language]}）{' '}
          <a class="small-text" href={paths.callGroup({ contract: data.contract.id, id })}>
            {text.order}
            <span class="visually-hidden">（{number}）</span>
          </a>
        </>
      )}
    </>
  )
}
