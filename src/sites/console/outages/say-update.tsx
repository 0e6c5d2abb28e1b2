import { z } from 'zod'
import type { IncidentKind } from '#features/incidents/incident.ts'
import type { IncidentStep } from '#features/incidents/steps.ts'
import { incidentSteps } from '#features/incidents/steps.ts'
import { sayOfOutage } from '#features/outages/edit.ts'
import type { OutageUpdate } from '#features/outages/outage.ts'
import { longestUpdate, updateText } from '#features/outages/values.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { SelectField, TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { optional, typedLines } from '#platform/values.ts'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { incidentStepWords } from '#sites/frame/states/incident-step.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { OutageCourse } from './course.tsx'
import { loadOutage, type ShownOutage } from './load-outage.ts'
import { OutageTrail } from './outage-trail.tsx'
import { readWall, timeProblems, wallOf, wallTime } from './times.ts'
import { outageWords } from './words.ts'

const words = {
  ...outageWords,
  title: { ja: '続報', en: 'Write an update' },
  correction: { ja: '続報の訂正', en: 'Correct an update' },
  lead: {
    ja: '書いた続報は、変更も削除もできません。誤りは、訂正の続報として残します。',
    en: 'What was said is never changed: a correction is an update of its own.',
  },
  step: { ja: '対応の段階', en: 'Stage' },
  noStep: { ja: '変更しない', en: 'As it is' },
  textJa: { ja: '内容（日本語）', en: 'Text in Japanese' },
  textEn: { ja: '内容（英語）', en: 'Text in English' },
  enHint: {
    ja: '空のときは、英語の画面にも日本語で表示され、その旨が添えられます。',
    en: 'If it is empty, English readers see the Japanese with a word of it.',
  },
  until: { ja: '復旧見込み', en: 'Expected end' },
  nextUpdateAt: { ja: '次回のご案内', en: 'Next update' },
  nextHint: {
    ja: '空のときは、次回のご案内の予定は表示されません。',
    en: 'If it is empty, no further update is promised.',
  },
  effect: {
    ja: 'お客様の画面に表示され、通知を希望する方にメールが送信されます（10分に1通まで）。',
    en: 'Customers see it, and those who wish it are mailed (at most every 10 minutes).',
  },
  say: { ja: '公開する', en: 'Publish' },
  said: { ja: '続報を公開しました。', en: 'The update was published.' },
  before: { ja: 'これまでの経過', en: 'What was said so far' },
  none: { ja: 'まだ続報はありません。', en: 'Nothing has been said yet.' },
}

const stepsOf: Record<IncidentKind, readonly IncidentStep[]> = {
  fault: ['investigating', 'identified', 'recovering', 'watching', 'recovered'],
  works: ['planned', 'working', 'done'],
}

interface Data extends ShownOutage {
  /** The one that is put right. */
  corrected: OutageUpdate | undefined
}

/** 続報: how it goes on, and when the next word comes. */
export const sayUpdatePage = staffConsole.page({
  path: paths.sayUpdate,
  allow: 'content',
  words,
  async load(ctx, { params: { id }, query: { corrects } }): Promise<Data | typeof notFound> {
    const shown = await loadOutage(ctx, id, ({ state }) => state === 'published')
    if (shown === notFound) return notFound
    const corrected = shown.outage.updates.find(({ number }) => String(number) === corrects)
    return corrects !== undefined && !corrected ? notFound : { ...shown, corrected }
  },
  form: {
    step: { label: words.step, value: optional(z.enum(incidentSteps)), chosen: true },
    textJa: { label: words.textJa, value: typedLines(updateText) },
    textEn: { label: words.textEn, value: optional(typedLines(updateText)) },
    until: { label: words.until, value: wallTime.optional() },
    nextUpdateAt: { label: words.nextUpdateAt, value: wallTime },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ outage: { step, expectedEndAt, nextUpdateAt }, zone, corrected }) => ({
    step: corrected?.step ?? step ?? '',
    until: wallOf(expectedEndAt, zone),
    ...(corrected && {
      textJa: corrected.text.ja,
      textEn: corrected.text.en ?? '',
      nextUpdateAt: wallOf(nextUpdateAt, zone),
    }),
  }),
  async submit(ctx, { data: { outage, zone, corrected }, input, words: text }) {
    const { expectedEndAt, nextUpdateAt: promised } = outage
    const tell = (field: 'until' | 'nextUpdateAt', problem: keyof typeof timeProblems) =>
      problemAt(field, timeProblems[problem][ctx.language](text[field]))
    const until = input.until === undefined ? null : readWall(input.until, { zone, former: expectedEndAt })
    if (until === undefined) return tell('until', 'no-time')
    if (until && until <= outage.startsAt) return tell('until', 'before-start')
    const next = readWall(input.nextUpdateAt, { zone, former: promised })
    if (next === undefined) return tell('nextUpdateAt', 'no-time')
    // A correction may leave the promise as it is.
    if (next && next <= ctx.now && !(corrected && next === promised)) return tell('nextUpdateAt', 'has-passed')
    const said = await sayOfOutage(
      ctx,
      { id: outage.id, version: input.version },
      {
        step: input.step ?? null,
        text: { ja: input.textJa, ...(input.textEn !== undefined && { en: input.textEn }) },
        ...(outage.kind === 'fault' && input.until !== undefined && { expectedEndAt: until }),
        nextUpdateAt: next,
        corrects: corrected?.number,
      },
    )
    if (!said.ok) return problemAt(undefined, text.meanwhile, said)
    return redirect(paths.outage({ id: outage.id }), { notice: text.said })
  },
  title: ({ data: { corrected }, words: text }) => (corrected ? text.correction : text.title),
  view(view) {
    const { data, form, words: text, reader } = view
    const { outage, corrected } = data
    const { language } = reader
    const title = corrected ? text.correction : text.title
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <OutageTrail outage={outage} language={language} current={title} />
        <PageHeading heading={title} lead={text.lead} tall />
        <UpdateForm {...view} />
        <Section heading={text.before}>
          {outage.updates.length === 0 ? (
            <p class="small-text">{text.none}</p>
          ) : (
            <OutageCourse outage={outage} reader={reader} />
          )}
        </Section>
      </>
    )
  },
})

function UpdateForm({ data: { outage }, form, words: text, reader: { language } }: View<Data, typeof words>) {
  const at = <Name extends 'step' | 'textJa' | 'textEn' | 'until' | 'nextUpdateAt'>(name: Name) => ({
    form,
    language,
    name,
    label: text[name],
  })
  const time = { type: 'datetime-local', width: 'medium' } as const
  return (
    <Form form={form} layout="page" guard>
      <input type="hidden" name="version" value={outage.version} />
      <SelectField
        {...at('step')}
        placeholder={text.noStep}
        width="medium"
        options={stepsOf[outage.kind].map((step) => ({ value: step, label: incidentStepWords[step][language] }))}
      />
      <TextAreaField {...at('textJa')} mark="required" rows={5} most={longestUpdate} />
      <TextAreaField {...at('textEn')} mark="optional" rows={5} most={longestUpdate} hint={text.enHint} />
      {outage.kind === 'fault' && <TextField {...at('until')} {...time} mark="optional" />}
      <TextField {...at('nextUpdateAt')} {...time} mark="optional" hint={text.nextHint} />
      <CommitBar effect={text.effect}>
        <ButtonLink kind="secondary" href={paths.outage({ id: outage.id })}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.say}</Button>
      </CommitBar>
    </Form>
  )
}
