import { z } from 'zod'
import { type Absence, findAbsence } from '#features/absence/absence.ts'
import { type AbsenceProblem, saveAbsence, setAbsence } from '#features/absence/save.ts'
import { type CallOutcome, whoRings } from '#features/call-routing/who-rings.ts'
import type { Contract } from '#features/contracts/find.ts'
import { type Extension, findExtension } from '#features/extensions/extension.ts'
import { findSuggestions, type Target } from '#features/inside-numbers/targets.ts'
import { type TryingLine, tryChange } from '#features/line-changes/change.ts'
import type { Line, LineContext } from '#features/lines/open.ts'
import { allowOutside, assumeOutside, findOutsideTargets, newOutside } from '#features/onward/outside-targets.ts'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { type FormValues, rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { parseFields } from '#platform/web/form-input.ts'
import { type FormResult, type Input, notFound, redirect, type View } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { lastChangeOf } from '../parts/last-change.ts'
import { findReservationsOf, type Reservation } from '#features/reservations/reservation.ts'
import { Reserved } from '../parts/reserved.tsx'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { onwardSaidOf } from '../parts/onward-words.ts'
import { RingPlan } from '../parts/ring-plan.tsx'
import { Suggestions } from '../parts/target-words.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import {
  AbsenceFields,
  absenceFields,
  absencePlanIn,
  absenceProblem,
  absenceValues,
  onwardsIn,
} from './absence-fields.tsx'
import { absenceSaid } from './absence-words.ts'

const words = {
  title: {
    ja: (extension: string) => `内線 ${extension} の不在時動作`,
    en: (extension: string) => `When ${extension} is not there`,
  },
  extension: { ja: (extension: string) => `内線 ${extension}`, en: (extension: string) => `Extension ${extension}` },
  lead: {
    ja: '条件ごとに、転送か留守番電話のどちらかを設定します。着信グループのメンバーとして鳴るときは、この設定は働きません。',
    en: 'For each condition calls are passed on, or the voicemail answers. Calls of a call group are not passed on by this.',
  },
  outsideNote: {
    ja: '外線の新しい番号は、第二認証で確認し、ポータル管理者にメールでお知らせします。通話料はお客様のご負担です。',
    en: 'A new outside number is confirmed by your second factor and told to the portal administrators. Its calls are charged.',
  },
  now: { ja: '現在の動作', en: 'What happens now' },
  rings: { ja: 'この内線に着信すると', en: 'When this extension is called' },
  preview: { ja: '鳴る順番を確認する', en: 'See what will ring' },
  previewed: {
    ja: '入力した設定での順番です。まだ適用していません。',
    en: 'As it would be with what you entered. It is not in force yet.',
  },
  do: { ja: '操作', en: 'Action' },
  version: { ja: '版', en: 'Version' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  effect: { ja: 'すぐに反映され、次の着信から変わります。', en: 'Counts at once, from the next call on.' },
}

interface Data {
  contract: Contract
  line: Line
  extension: Extension
  absence: Absence
  /** Numbers outside that were confirmed for the line. */
  known: ReadonlySet<string>
  suggestions: Target[]
  call: CallOutcome
  reservations: Reservation[]
  isPreview: boolean
  /** Why what was entered cannot be tried. */
  refused: string | undefined
  changed: string | undefined
}

const fields = {
  ...absenceFields,
  ...dueFields,
  version: { label: words.version, value: rowVersion, carried: true },
  do: { label: words.do, value: z.enum(['preview']).optional(), carried: true },
} as const

/** 不在時動作設定 of one extension. */
export const absencePage = settings.page({
  path: paths.absence,
  allow: 'line',
  words,
  async load(ctx, { params, query }): Promise<Data | typeof notFound> {
    const extension = await findExtension(ctx, params.id)
    if (!extension) return notFound
    const [absence, known, suggestions, call, reservations] = await Promise.all([
      findAbsence(ctx, extension.number),
      findOutsideTargets(ctx),
      findSuggestions(ctx),
      whoRings(ctx, callTo(ctx, extension)),
      findReservationsOf(ctx, extension.number),
    ])
    const beside = { reservations, isPreview: false, refused: undefined, changed: query['changed'] }
    return { contract: ctx.contract, line: ctx.line, extension, absence, known, suggestions, call, ...beside }
  },
  within: ({ contract }) => contract.service.code,
  form: fields,
  initial: ({ absence, extension }) => ({ ...absenceValues(absence), version: String(extension.version) }),
  changedBy: (ctx, { extension }) => lastChangeOf(ctx, extension.number),
  said: Object.fromEntries(
    (['always', 'busy', 'noAnswer', 'unreachable'] as const).map((name) => [
      name,
      (value: string, { language }: { language: 'ja' | 'en' }) => onwardSaidOf(value, language),
    ]),
  ),
  preview: async (ctx, { data, values }) =>
    values['do'] === 'preview'
      ? { data: { ...data, ...(await tried(ctx, data, values)) }, values, submits: false }
      : { data, values, submits: true },
  submit: (ctx, { data, input }) => save(ctx, data, input),
  critical: {
    when: ({ data, input }) => newOutside(data, onwardsIn(input), data.known).length > 0,
    async submit(ctx, { data, input }) {
      const allowed = await allowOutside(ctx, onwardsIn(input))
      return allowed.ok ? save(ctx, data, input) : absenceProblem(allowed.problem, input, ctx.language)
    },
  },
  title: ({ data: { extension }, words: text }) => text.title(nameOf(extension)),
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, extension, absence, changed } = data
    const { language } = reader
    const of = { contract: contract.id, id: extension.id }
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title(nameOf(extension))}
          trail={[
            { label: linkWords.extensions[language], href: paths.extensions({ contract: contract.id }) },
            { label: text.extension(nameOf(extension)), href: paths.extension(of) },
          ]}
          changed={changed}
        />
        <Reserved contract={contract.id} line={data.line} reservations={data.reservations} reader={reader} />
        <Section heading={text.now}>
          <p>{absenceSaid(absence, extension.ringSeconds, language)}</p>
        </Section>
        {contract.mayEdit && <Edit {...view} />}
        <Rings {...view} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

const nameOf = ({ number, name }: Extension): string => `${number} ${name}`.trim()

function callTo({ now }: Pick<LineContext, 'now'>, { number }: Extension) {
  return { called: number, at: now, busy: [], unreachable: [] }
}

async function save(ctx: LineContext, data: Data, input: Input<typeof fields>): Promise<FormResult> {
  const { contract, extension } = data
  const when = await reserving(ctx, input)
  if ('problems' in when) return when
  const saved = await saveAbsence(when, [{ ...extension, version: input.version }], absencePlanIn(input))
  if (saved.ok) return redirect(withChanged(paths.absence({ contract: contract.id, id: extension.id }), saved.value))
  if (saved.problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
  return absenceProblem(saved.problem, input, ctx.language)
}

/** What would ring with what was entered; or why that cannot be tried. */
async function tried(
  ctx: LineContext,
  { extension }: Data,
  values: FormValues,
): Promise<Pick<Data, 'isPreview' | 'refused'> & Partial<Pick<Data, 'call'>>> {
  const parsed = parseFields(absenceFields, values)
  if (!parsed.ok) return { isPreview: false, refused: parsed.problemsIn(ctx.language)[0]?.text }
  const plan = absencePlanIn(parsed.input)
  const seen = await tryChange<CallOutcome, AbsenceProblem>(
    ctx,
    async (trying: TryingLine) => {
      await assumeOutside(trying, Object.values(plan))
      return setAbsence(trying, [{ number: extension.number, name: extension.name }], plan)
    },
    (changing) => whoRings(changing, callTo(ctx, extension)),
  )
  if (seen.ok) return { call: seen.value, isPreview: true, refused: undefined }
  if (seen.problem === 'may-not-edit') return { isPreview: false, refused: undefined }
  const [problem] = absenceProblem(seen.problem, parsed.input, ctx.language).problems
  return { isPreview: false, refused: problem?.text }
}

function Edit({ data, form, words: text, reader: { language } }: Shown) {
  const { contract, line, suggestions } = data
  return (
    <Form form={form} layout="page" guard>
      <input type="hidden" name="version" value={String(form.values['version'])} />
      <Suggestions targets={suggestions} />
      <p class="small-text">{text.lead}</p>
      <AbsenceFields form={form} language={language} line={line} />
      <p class="small-text">{text.outsideNote}</p>
      <CommitBar effect={text.effect}>
        <DueField form={form} language={language} line={line} />
        <Button kind="secondary" icon="play" name="do" value="preview">
          {text.preview}
        </Button>
        <ButtonLink kind="secondary" href={paths.extensions({ contract: contract.id })}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.apply}</Button>
      </CommitBar>
    </Form>
  )
}

function Rings({ data: { extension, call, isPreview, refused }, words: text, reader: { language } }: Shown) {
  return (
    <Section heading={text.rings}>
      {refused === undefined ? (
        <Panel>
          {isPreview && <p class="small-text">{text.previewed}</p>}
          <RingPlan call={call} called={extension.number} language={language} />
        </Panel>
      ) : (
        <Notice kind="warning" live>
          {refused}
        </Notice>
      )}
    </Section>
  )
}
