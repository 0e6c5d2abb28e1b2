import { z } from 'zod'
import { findCalendarNames } from '#features/calendars/calendar.ts'
import { type CallOutcome, whoRings } from '#features/call-routing/who-rings.ts'
import type { Contract } from '#features/contracts/find.ts'
import { findSuggestions, type Target } from '#features/inside-numbers/targets.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { tryChange } from '#features/line-changes/change.ts'
import { type ExternalNumber, findNumber } from '#features/numbers/number.ts'
import { bind, type Binding, type BindingProblem, setBindings } from '#features/numbers/set-bindings.ts'
import { numberMemo } from '#features/numbers/values.ts'
import { findReservationsOf, type Reservation } from '#features/reservations/reservation.ts'
import { contractLabels, rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { controlAttributes, FieldFrame, valueOf } from '#platform/ui/form/field-frame.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { typed } from '#platform/values.ts'
import { parseFields } from '#platform/web/form-input.ts'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { lastChangeOf } from '../parts/last-change.ts'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { onwardSaid, onwardSaidOf } from '../parts/onward-words.ts'
import { Reserved } from '../parts/reserved.tsx'
import { RingPlan } from '../parts/ring-plan.tsx'
import { Suggestions, suggestionsId } from '../parts/target-words.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { targetValue } from './binding-rows.ts'
import { fieldOf, hoursFields, HoursFields, hoursIn, hoursValues, hoursWords } from './hours-fields.tsx'
import { bindingProblems } from './number-fields.tsx'

const words = {
  title: { ja: (number: string) => `外線 ${number}`, en: (number: string) => `Outside number ${number}` },
  target: { ja: '着信先', en: 'Target' },
  targetHint: {
    ja: '内線番号または着信グループの番号を入力します。空にすると、どの電話機も鳴りません。',
    en: 'The number of an extension or a call group. Empty: no telephone rings.',
  },
  memo: contractLabels.memo,
  hours: hoursWords.calendar,
  closed: hoursWords.closed,
  always: hoursWords.always,
  endedOn: { ja: '解約日', en: 'Ended on' },
  unset: { ja: '未割当', en: 'Not bound' },
  rings: { ja: 'この番号に着信すると', en: 'When this number is called' },
  preview: { ja: '鳴る順番を確認する', en: 'See what will ring' },
  previewed: {
    ja: '入力した設定での順番です。まだ適用していません。',
    en: 'As it would be with what you entered. It is not in force yet.',
  },
  simulate: { ja: '日時を変えて確認する', en: 'See it at another time' },
  do: { ja: '操作', en: 'Action' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  version: { ja: '版', en: 'Version' },
  effect: { ja: 'すぐに反映され、次の着信から鳴ります。', en: 'Counts at once, from the next call on.' },
}

interface Data {
  contract: Contract
  line: Line
  number: ExternalNumber
  suggestions: Target[]
  calendars: ReadonlyMap<string, string>
  reservations: Reservation[]
  call: CallOutcome
  isPreview: boolean
  /** Why what was entered cannot be tried. */
  refused: string | undefined
  changed: string | undefined
}

/** One external number: what it is bound to, and what rings. */
export const numberPage = settings.page({
  path: paths.number,
  allow: 'line',
  words,
  async load(ctx, { params, query }): Promise<Data | typeof notFound> {
    const number = await findNumber(ctx, params.id)
    if (!number) return notFound
    const imagined = { called: number.number, at: ctx.now, busy: [], unreachable: [] }
    const [suggestions, calendars, call, reservations] = await Promise.all([
      findSuggestions(ctx),
      findCalendarNames(ctx),
      whoRings(ctx, imagined),
      findReservationsOf(ctx, number.number),
    ])
    const { contract, line } = ctx
    const beside = { isPreview: false, refused: undefined, changed: query['changed'] }
    return { contract, line, number, suggestions, calendars, reservations, call, ...beside }
  },
  within: ({ contract }) => contract.service.code,
  form: {
    target: { label: words.target, value: z.string().max(100) },
    memo: { label: words.memo, value: typed(numberMemo) },
    ...hoursFields,
    version: { label: words.version, value: rowVersion, carried: true },
    ...dueFields,
    do: { label: words.do, value: z.enum(['preview']).optional(), carried: true },
  },
  initial: ({ number }) => ({
    target: targetValue(number),
    memo: number.memo,
    ...hoursValues(number),
    version: String(number.version),
  }),
  changedBy: (ctx, { number }) => lastChangeOf(ctx, number.number),
  said: {
    calendar: (id, { data: { calendars } }) => calendars.get(id) ?? id,
    onward: (value, { language }) => onwardSaidOf(value, language),
  },
  async preview(ctx, { data, values }) {
    if (values['do'] !== 'preview') return { data, values, submits: true }
    const { number } = data
    const parsed = parseFields(hoursFields, values)
    const hours = parsed.ok ? hoursIn(parsed.input, ctx.language) : { problems: parsed.problemsIn(ctx.language) }
    if ('problems' in hours) return { data: { ...data, refused: hours.problems[0]?.text }, values, submits: false }
    const target = String(values['target'] ?? '')
    const binding: Binding = { id: number.id, target, memo: number.memo, hours, version: number.version }
    const tried = await tryChange<CallOutcome, BindingProblem>(
      ctx,
      (changing) => bind(changing, [binding]),
      (changing) => whoRings(changing, { called: number.number, at: ctx.now, busy: [], unreachable: [] }),
    )
    if (tried.ok) return { data: { ...data, call: tried.value, isPreview: true }, values, submits: false }
    const refused = tried.problem === 'may-not-edit' ? undefined : bindingProblems[tried.problem][ctx.language](target)
    return { data: { ...data, refused }, values, submits: false }
  },
  async submit(ctx, { data, input }) {
    const { id } = data.number
    const when = await reserving(ctx, input)
    if ('problems' in when) return when
    const hours = hoursIn(input, ctx.language)
    if ('problems' in hours) return hours
    const { target, memo, version } = input
    const set = await setBindings(when, [{ id, target, memo, version, hours }])
    const path = paths.number({ contract: data.contract.id, id })
    if (set.ok) return redirect(withChanged(path, set.value))
    if (!('id' in set)) throw new Error('Whoever may not edit sends no form')
    return problemAt(fieldOf[set.problem], bindingProblems[set.problem][ctx.language](target), set)
  },
  title: ({ data: { number }, words: text }) => text.title(hyphened(number.number)),
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, number, changed } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title(hyphened(number.number))}
          trail={[{ label: linkWords.numbers[language], href: paths.numbers({ contract: contract.id }) }]}
          changed={changed}
        />
        <Reserved contract={contract.id} line={data.line} reservations={data.reservations} reader={reader} />
        {!contract.mayEdit && <Current {...view} />}
        {number.endedOn !== null && <Facts facts={[{ term: text.endedOn, value: number.endedOn }]} />}
        {contract.mayEdit && <Edit {...view} />}
        <Rings data={data} text={text} language={language} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

/** What a number is set to, for whoever only looks. */
function Current({ data: { number }, words: text, reader: { language } }: Shown) {
  return (
    <Facts
      facts={[
        { term: text.target, value: targetValue(number) || text.unset },
        { term: text.memo, value: number.memo || '-' },
        { term: text.hours, value: number.calendar ?? text.always },
        ...(number.calendar === null ? [] : [{ term: text.closed, value: onwardSaid(number.closed, language) }]),
      ]}
    />
  )
}

function Edit({ data, form, words: text, reader: { language } }: Shown) {
  const { contract, suggestions } = data
  return (
    <Form form={form} layout="page" guard>
      <input type="hidden" name="version" value={String(form.values['version'])} />
      <Suggestions targets={suggestions} />
      <FieldFrame form={form} name="target" label={text.target} language={language} hint={text.targetHint}>
        <input
          class="input"
          list={suggestionsId}
          autocomplete="off"
          maxLength={100}
          value={valueOf(form, 'target')}
          {...controlAttributes({ form, name: 'target', hint: text.targetHint })}
        />
      </FieldFrame>
      <TextField form={form} name="memo" label={text.memo} language={language} mark="optional" />
      <HoursFields form={form} language={language} data={data} />
      <CommitBar effect={text.effect}>
        <DueField form={form} language={language} line={data.line} />
        <Button kind="secondary" icon="play" name="do" value="preview">
          {text.preview}
        </Button>
        <ButtonLink kind="secondary" href={paths.numbers({ contract: contract.id })}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.apply}</Button>
      </CommitBar>
    </Form>
  )
}

function Rings({
  data,
  text,
  language,
}: {
  data: Data
  text: { rings: string; previewed: string; simulate: string }
  language: 'ja' | 'en'
}) {
  const { contract, number, call, isPreview, refused } = data
  const at = `${paths.simulation({ contract: contract.id })}?called=${number.number}`
  return (
    <Section heading={text.rings} action={<a href={at}>{text.simulate}</a>}>
      <Panel>
        {isPreview && <p class="small-text">{text.previewed}</p>}
        {refused === undefined ? (
          <RingPlan call={call} called={number.number} language={language} />
        ) : (
          <Notice kind="warning" live>
            {refused}
          </Notice>
        )}
      </Panel>
    </Section>
  )
}
