import type { JSX } from 'preact'
import { orderStates, orderSteps, type OrderStepState } from '#features/orders/order.ts'
import type { FormView } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { ChoicesField } from '#platform/ui/form/choices-field.tsx'
import { FileField, RadioField, TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, FieldSet, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import type { View } from '#platform/web/page.ts'
import type { In, Language } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { acceptedFiles, fileWords } from '#sites/frame/talk/file-words.ts'
import { orderStateWords } from '#sites/frame/states/order-state.tsx'
import { paths } from '../paths.ts'
import { OrderTrail } from './order-trail.tsx'
import type { SeenOrder } from './see-order.ts'

export const longestNote = 1000
export const longestOpening = 5000

export const editOrderWords = {
  title: { ja: '進捗の変更', en: 'Say how far it is' },
  lead: {
    ja: 'お客様の画面に、そのまま表示されます。',
    en: 'The customer reads all of this.',
  },
  state: { ja: '進捗状況', en: 'Progress' },
  delivery: { ja: '提供予定日', en: 'Delivery date' },
  deliveryHint: { ja: '未定のときは、空のままにしてください。', en: 'Leave it empty while it is not set.' },
  day: { ja: '予定日・実施日', en: 'Day' },
  noteJa: { ja: '案内（日本語）', en: 'Note in Japanese' },
  noteEn: { ja: '案内（英語）', en: 'Note in English' },
  opening: { ja: '開通案内', en: 'Opening' },
  openingJa: { ja: '開通案内（日本語）', en: 'Opening in Japanese' },
  openingEn: { ja: '開通案内（英語）', en: 'Opening in English' },
  files: { ja: '開通案内に添付するファイル', en: 'Files of the opening' },
  filesHint: fileWords.filesHint,
  removed: { ja: '削除するファイル', en: 'Files to take away' },
  version: { ja: '版', en: 'Version' },
  effect: {
    ja: '進捗状況、提供予定日、開通案内の文が変わると、希望するお客様にメールでお知らせします。',
    en: 'Whoever wishes is mailed when progress, delivery date or the text of the opening change.',
  },
  cancel: userLabels.cancel,
  change: { ja: '変更する', en: 'Change' },
}

/** What staff say of an order. */
export function EditOrderForm({
  data,
  form,
  words: text,
  reader,
}: View<SeenOrder, typeof editOrderWords>): JSX.Element {
  const { language } = reader
  const { order } = data
  const at = { form, language }
  return (
    <>
      <ErrorSummary form={form} language={language} />
      <OrderTrail order={order} language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} />
      <Form form={form} layout="page" guard withFile>
        <input type="hidden" name="version" value={order.version} />
        <FieldSet legend={order.title[language]}>
          <RadioField
            {...at}
            name="state"
            label={text.state}
            mark="required"
            options={orderStates.map((state) => ({ value: state, label: orderStateWords[state][language] }))}
          />
          <TextField
            {...at}
            name="delivery"
            label={text.delivery}
            mark="optional"
            type="date"
            hint={text.deliveryHint}
            width="medium"
          />
        </FieldSet>
        {orderSteps.map((state) => (
          <StepFields {...at} state={state} text={text} key={state} />
        ))}
        <OpeningFields {...at} order={order} text={text} />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.order({ id: order.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.change}</Button>
        </CommitBar>
      </Form>
    </>
  )
}

interface OpeningFieldsProps {
  form: FormView
  language: Language
  order: SeenOrder['order']
  text: In<typeof editOrderWords>
}

/** 開通案内 in both languages, with its files. */
function OpeningFields({ order, text, ...at }: OpeningFieldsProps): JSX.Element {
  return (
    <FieldSet legend={text.opening}>
      <TextAreaField {...at} name="openingJa" label={text.openingJa} mark="optional" rows={6} most={longestOpening} />
      <TextAreaField {...at} name="openingEn" label={text.openingEn} mark="optional" rows={6} most={longestOpening} />
      <FileField
        {...at}
        name="files"
        label={text.files}
        mark="optional"
        hint={text.filesHint}
        accept={acceptedFiles}
        multiple
      />
      {order.files.length > 0 && (
        <ChoicesField
          {...at}
          name="removed"
          label={text.removed}
          options={order.files.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </FieldSet>
  )
}

interface StepFieldsProps {
  form: FormView
  language: Language
  state: OrderStepState
  text: In<typeof editOrderWords>
}

/** Day and notes of one step. */
function StepFields({ state, text, ...at }: StepFieldsProps): JSX.Element {
  const note = (name: string, label: string) => (
    <TextAreaField {...at} name={`${name}.${state}`} label={label} mark="optional" rows={2} most={longestNote} />
  )
  return (
    <FieldSet legend={orderStateWords[state][at.language]}>
      <TextField {...at} name={`day.${state}`} label={text.day} mark="optional" type="date" width="medium" />
      {note('noteJa', text.noteJa)}
      {note('noteEn', text.noteEn)}
    </FieldSet>
  )
}
