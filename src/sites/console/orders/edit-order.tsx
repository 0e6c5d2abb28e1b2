import { z } from 'zod'
import { judgeFiles } from '#features/attachments/judge.ts'
import type { StepEntry } from '#features/orders/entry.ts'
import { findOrderForStaff } from '#features/orders/find-for-staff.ts'
import { orderStates, orderSteps } from '#features/orders/order.ts'
import { workOnOrder } from '#features/orders/work-on.ts'
import { workingFor } from '#features/staff/see-customer.ts'
import { type FieldProblem, rowVersion } from '#platform/form.ts'
import { lines, typedDay, typedLines, uploadedFiles } from '#platform/values.ts'
import { type Problem, problemAt, problemsAt, redirect } from '#platform/web/page.ts'
import { type In, inLanguage, type Language } from '#platform/words.ts'
import { mostBytesOfForm, sentenceOfFiles } from '#sites/frame/talk/file-words.ts'
import { orderStateWords } from '#sites/frame/states/order-state.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { EditOrderForm, editOrderWords, longestNote, longestOpening } from './edit-order-form.tsx'
import { seeOrder } from './see-order.ts'

const words = {
  ...editOrderWords,
  done: { ja: '進捗を変更しました。', en: 'How far the order is was changed.' },
  meanwhile: {
    ja: 'この画面を開いたあとに、お申し込みが変更されました。内容をご確認のうえ、もう一度変更してください。',
    en: 'The order was changed after you opened this page. Look at it, then change it again.',
  },
  beforeOrdered: {
    ja: '提供予定日には、お申し込み日以降の日を入力してください。',
    en: 'The delivery date cannot be before the day of the order.',
  },
  'thing-full': {
    ja: 'このお申し込みに添付できる容量（200MB）を超えます。',
    en: 'That is more than this order can hold (200 MB).',
  },
  'customer-full': {
    ja: 'このお客様が添付できる容量（2GB）を超えます。',
    en: 'That is more than can be kept for this customer (2 GB).',
  },
  japaneseToo: {
    ja: '日本語の開通案内が入力されていません。日本語も入力してください。',
    en: 'The opening in Japanese is missing. Enter it, too.',
  },
}

const stepWords = {
  notDay: {
    ja: (step: string) => `${step}の日付は2026-12-01の形式で入力してください。`,
    en: (step: string) => `The day of “${step}” is written like 2026-12-01.`,
  },
  wrongNote: {
    ja: (step: string) =>
      `${step}の案内は、${longestNote.toLocaleString('ja-JP')}文字以内で入力してください。制御文字は使えません。`,
    en: (step: string) =>
      `The note of “${step}” can have at most ${longestNote.toLocaleString('en-GB')} characters, and no control characters.`,
  },
  japaneseToo: {
    ja: (step: string) => `${step}の案内（日本語）が入力されていません。日本語も入力してください。`,
    en: (step: string) => `The note of “${step}” in Japanese is missing. Enter it, too.`,
  },
}

/** Judged one by one, so that each is told at its own field. */
const ofEachStep = z.record(z.string().max(40), z.string().max(10_000)).default({})
const opening = typedLines(lines(longestOpening)).default('')

/** How far an order is: its state, days, notes and 開通案内. */
export const editOrderPage = staffConsole.page({
  path: paths.editOrder,
  allow: 'provisioning',
  words,
  changesByLooking: true,
  load: (ctx, { params: { id } }) => seeOrder(ctx, id, paths.editOrder({ id })),
  form: {
    state: { label: words.state, value: z.enum(orderStates), chosen: true },
    delivery: { label: words.delivery, value: z.union([typedDay, z.literal('')]), example: '2026-12-01' },
    day: { label: words.day, value: ofEachStep, perRow: true },
    noteJa: { label: words.noteJa, value: ofEachStep, perRow: true },
    noteEn: { label: words.noteEn, value: ofEachStep, perRow: true },
    openingJa: { label: words.openingJa, value: opening },
    openingEn: { label: words.openingEn, value: opening },
    files: { label: words.files, value: uploadedFiles, file: true, many: true, mostBytes: mostBytesOfForm },
    removed: { label: words.removed, value: z.array(z.uuid()).max(1000), many: true },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ order }) => ({
    state: order.state,
    delivery: order.deliveryOn ?? '',
    openingJa: order.opening?.ja ?? '',
    openingEn: order.opening?.en ?? '',
    // Names of single steps are those of the fields in rows.
    ...Object.fromEntries(
      order.steps.flatMap(({ state, day, note }) => [
        [`day.${state}`, day ?? ''],
        [`noteJa.${state}`, note?.ja ?? ''],
        [`noteEn.${state}`, note?.en ?? ''],
      ]),
    ),
  }),
  async prepare({ inTransaction, asked }, { files }) {
    const order = await inTransaction((ctx) => findOrderForStaff(ctx, asked.params.id))
    return order && judgeFiles(files, order.customerId)
  },
  async submit(ctx, { data: { order, customer }, input, prepared, words: text }) {
    const { state, delivery, openingJa, openingEn, removed, version } = input
    if (!prepared) return problemAt(undefined, text.meanwhile)
    if (!prepared.ok) return problemAt('files', sentenceOfFiles(prepared, ctx.language))
    const steps = judgeSteps(input, ctx.language)
    if (steps.problems.length > 0) return problemsAt(steps.problems)
    if (openingJa === '' && openingEn !== '') return problemAt('openingJa', text.japaneseToo)
    const worked = await workOnOrder(await workingFor(ctx, customer), order, {
      state,
      deliveryOn: delivery,
      steps: steps.entries,
      opening: openingJa === '' ? null : { ja: openingJa, ...(openingEn !== '' && { en: openingEn }) },
      files: prepared.value,
      removed,
      version,
    })
    if (worked.ok) return redirect(paths.order({ id: order.id }), { notice: text.done })
    return refusedAs(worked, text)
  },
  title: ({ words: text }) => text.title,
  view: (view) => <EditOrderForm {...view} />,
})

type Refused = Extract<Awaited<ReturnType<typeof workOnOrder>>, { ok: false }>

function refusedAs(worked: Refused, text: In<typeof words>): Problem {
  if (worked.problem === 'before-ordered') return problemAt('delivery', text.beforeOrdered, worked)
  if (worked.problem === 'changed-meanwhile') return problemAt(undefined, text.meanwhile, worked)
  return problemAt('files', text[worked.problem], worked)
}

type OfEachStep = Readonly<Record<string, string>>

interface GivenSteps {
  day: OfEachStep
  noteJa: OfEachStep
  noteEn: OfEachStep
}

function judgeSteps(
  { day: days, noteJa, noteEn }: GivenSteps,
  language: Language,
): { entries: StepEntry[]; problems: FieldProblem[] } {
  const text = inLanguage(stepWords, language)
  const note = typedLines(lines(longestNote))
  const problems: FieldProblem[] = []
  const entries = orderSteps.map((state): StepEntry => {
    const step = orderStateWords[state][language]
    const typed = days[state]?.trim() ?? ''
    const day = typedDay.safeParse(typed)
    if (typed !== '' && !day.success) problems.push({ field: `day.${state}`, text: text.notDay(step) })
    const [ja, en] = [note.safeParse(noteJa[state] ?? ''), note.safeParse(noteEn[state] ?? '')]
    if (!ja.success) problems.push({ field: `noteJa.${state}`, text: text.wrongNote(step) })
    if (!en.success) problems.push({ field: `noteEn.${state}`, text: text.wrongNote(step) })
    if (ja.data === '' && en.data) problems.push({ field: `noteJa.${state}`, text: text.japaneseToo(step) })
    return {
      state,
      ...(typed !== '' && { day: day.data }),
      ...(ja.data && { note: { ja: ja.data, ...(en.data && { en: en.data }) } }),
    }
  })
  return { entries, problems }
}
