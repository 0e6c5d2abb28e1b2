import { z } from 'zod'
import type { Contract } from '#features/contracts/find.ts'
import { type CallerNumber, editExtension, findCallerNumbers } from '#features/extensions/edit.ts'
import { type Extension, findExtension } from '#features/extensions/extension.ts'
import { findUses, type Uses } from '#features/inside-numbers/uses.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { findReservationsOf, type Reservation } from '#features/reservations/reservation.ts'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, SelectField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { changedJustNow } from '#platform/web/meanwhile-words.ts'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { linkWords } from '../links.ts'
import { DueField, dueFields, reserving } from '../parts/due.tsx'
import { lastChangeOf } from '../parts/last-change.ts'
import { LineHeading, withChanged } from '../parts/line-heading.tsx'
import { Reserved } from '../parts/reserved.tsx'
import { UsesList } from '../parts/uses-list.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'
import { extensionWords, numberProblem } from './extension-fields.tsx'
import { editFields, editIn, type Tried, tryExtension } from './extension-preview.ts'
import { WouldRing } from './would-ring.tsx'

const words = {
  title: {
    ja: (number: string, name: string) => `内線 ${number} ${name}`.trim(),
    en: (number: string, name: string) => `Extension ${number} ${name}`.trim(),
  },
  numberHint: {
    ja: '番号を変更すると、外線番号・着信グループ・転送の設定も新しい番号に付け替わります。',
    en: 'With another number, outside numbers, call groups and forwards follow.',
  },
  enabledHint: {
    ja: '無効にすると、着信グループでも外線番号でも鳴りません。',
    en: 'A disabled extension does not ring, in groups neither.',
  },
  endedCaller: {
    ja: (number: string) => `${number}（解約済み。代表番号が通知されます）`,
    en: (number: string) => `${number} (ended: the main number is shown)`,
  },
  absence: { ja: '不在時動作を設定する', en: 'When it is not there' },
  delete: { ja: 'この内線を削除する', en: 'Delete this extension' },
  uses: { ja: 'この内線を使っている設定', en: 'Where this extension is used' },
  simulate: { ja: '鳴る順番を確認する', en: 'See what will ring' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  do: { ja: '操作', en: 'Action' },
  yes: { ja: 'する', en: 'Yes' },
  effect: { ja: 'すぐに反映されます。', en: 'Counts at once.' },
  conflict: changedJustNow,
}

interface Data {
  contract: Contract
  line: Line
  extension: Extension
  callerNumbers: CallerNumber[]
  uses: Uses
  reservations: Reservation[]
  changed: string | undefined
  /** What the second button of the form has asked. */
  tried: Tried | undefined
}

/** One extension. */
export const extensionPage = settings.page({
  path: paths.extension,
  allow: 'line',
  words,
  async load(ctx, { params, query }): Promise<Data | typeof notFound> {
    const extension = await findExtension(ctx, params.id)
    if (!extension) return notFound
    const [callerNumbers, uses, reservations] = await Promise.all([
      findCallerNumbers(ctx, extension.callerNumber),
      findUses(ctx, extension.number),
      findReservationsOf(ctx, extension.number),
    ])
    const { contract, line } = ctx
    const changed = query['changed']
    return { contract, line, extension, callerNumbers, uses, reservations, changed, tried: undefined }
  },
  within: ({ contract }) => contract.service.code,
  form: { ...editFields, ...dueFields, do: { label: words.do, value: z.enum(['preview']).optional(), carried: true } },
  initial: ({ extension }) => ({
    ...extension,
    callerNumber: extension.callerNumber ?? '',
    ringSeconds: String(extension.ringSeconds),
    hidesCaller: extension.hidesCaller ? 'on' : '',
    isEnabled: extension.isEnabled ? 'on' : '',
    version: String(extension.version),
  }),
  changedBy: (ctx, { extension }) => lastChangeOf(ctx, extension.number),
  said: {
    callerNumber: (number) => hyphened(number),
    hidesCaller: (_value, { language }) => words.yes[language],
    isEnabled: (_value, { language }) => words.yes[language],
  },
  async preview(ctx, { data, values }) {
    if (values['do'] !== 'preview') return { data, values, submits: true }
    return { data: { ...data, tried: await tryExtension(ctx, data.extension, values) }, values, submits: false }
  },
  async submit(ctx, { data, input, words: text }) {
    const { extension, line, contract } = data
    const path = paths.extension({ contract: contract.id, id: extension.id })
    const when = await reserving(ctx, input)
    if ('problems' in when) return when
    const edited = await editExtension(when, extension, editIn(input))
    if (edited.ok) return redirect(withChanged(path, edited.value))
    const { problem } = edited
    if (problem === 'may-not-edit') throw new Error('Whoever may not edit sends no form')
    if (problem === 'changed-meanwhile') return problemAt(undefined, text.conflict, edited)
    const field = problem === 'unknown-caller-number' ? 'callerNumber' : 'number'
    return problemAt(field, numberProblem(problem, line, ctx.language), edited)
  },
  title: ({ data: { extension }, words: text }) => text.title(extension.number, extension.name),
  view(view) {
    const { data, form, words: text, reader } = view
    const { contract, extension, uses, changed } = data
    const { language } = reader
    const address = { contract: contract.id, id: extension.id }
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <LineHeading
          language={language}
          contract={contract}
          heading={text.title(extension.number, extension.name)}
          trail={[{ label: linkWords.extensions[language], href: paths.extensions({ contract: contract.id }) }]}
          changed={changed}
          actions={
            <>
              <a href={paths.absence(address)}>{text.absence}</a>
              {contract.mayEdit && <a href={paths.deleteExtension(address)}>{text.delete}</a>}
            </>
          }
        />
        <Reserved contract={contract.id} line={data.line} reservations={data.reservations} reader={reader} />
        {!contract.mayEdit && <Current {...view} />}
        {contract.mayEdit && <Edit {...view} />}
        {data.tried && <WouldRing tried={data.tried} line={data.line} language={language} />}
        <Section
          heading={text.uses}
          action={
            <a href={`${paths.simulation({ contract: contract.id })}?called=${extension.number}`}>{text.simulate}</a>
          }
        >
          <UsesList uses={uses} contract={contract.id} language={language} />
        </Section>
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Current({ data: { extension }, reader: { language } }: Shown) {
  const { number, name, kana, callerNumber, hidesCaller, ringSeconds, isEnabled } = extension
  const term = (field: keyof typeof extensionWords): string => extensionWords[field][language]
  const said = (is: boolean): string => (is ? '○' : '-')
  return (
    <Facts
      facts={[
        { term: term('number'), value: number },
        { term: term('name'), value: name || '-' },
        { term: term('kana'), value: kana || '-' },
        { term: term('callerNumber'), value: callerNumber ? hyphened(callerNumber) : term('mainNumber') },
        { term: term('hidesCaller'), value: said(hidesCaller) },
        { term: term('ringSeconds'), value: ringSeconds },
        { term: term('isEnabled'), value: said(isEnabled) },
      ]}
    />
  )
}

function Edit({ data, form, words: text, reader: { language } }: Shown) {
  const { contract, line, callerNumbers } = data
  const label = (field: keyof typeof extensionWords): string => extensionWords[field][language]
  const field = { form, language }
  return (
    <Form form={form} layout="page" guard>
      <input type="hidden" name="version" value={String(form.values['version'])} />
      <TextField
        {...field}
        name="number"
        label={label('number')}
        mark="required"
        hint={text.numberHint}
        width="short"
      />
      <TextField {...field} name="name" label={label('name')} mark="optional" />
      <TextField {...field} name="kana" label={label('kana')} mark="optional" />
      <SelectField
        {...field}
        name="callerNumber"
        label={label('callerNumber')}
        placeholder={label('mainNumber')}
        options={callerNumbers.map(({ number, hasEnded }) => ({
          value: number,
          label: hasEnded ? text.endedCaller(hyphened(number)) : hyphened(number),
        }))}
      />
      <CheckField {...field} name="hidesCaller" label={label('hidesCaller')} />
      <TextField {...field} name="ringSeconds" label={label('ringSeconds')} mark="required" width="short" />
      <CheckField {...field} name="isEnabled" label={label('isEnabled')} hint={text.enabledHint} />
      <CommitBar effect={text.effect}>
        <DueField {...field} line={line} />
        <Button kind="secondary" icon="play" name="do" value="preview">
          {text.simulate}
        </Button>
        <ButtonLink kind="secondary" href={paths.extensions({ contract: contract.id })}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.apply}</Button>
      </CommitBar>
    </Form>
  )
}
