import type { JSX } from 'preact'
import { z } from 'zod'
import { contractLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { ticketKinds } from '#features/tickets/ticket.ts'
import {
  longestContact,
  longestMessage,
  longestTitle,
  mostContracts,
  mostPersons,
  ticketContact,
  ticketImpacts,
  ticketText,
  ticketTitle,
} from '#features/tickets/values.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { FileField, RadioField, SelectField, TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, FieldSet, Form } from '#platform/ui/form/form.tsx'
import { typed, typedLines, uploadedFiles } from '#platform/values.ts'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { ofPortal } from '../subjects/subject.tsx'
import { ticketKindWords } from '#sites/frame/states/ticket-state.tsx'
import { acceptedFiles, fileWords, mostBytesOfForm } from '#sites/frame/talk/file-words.ts'
import { ticketImpactWords } from '#sites/frame/states/ticket-impact.ts'
import type { Opening } from './load-opening.ts'

/** In the place of a service's code, which begins with a letter. */
export const aboutPortal = '-'

export const ticketFormWords = {
  ...fileWords,
  about: { ja: 'お問い合わせの対象', en: 'What it is about' },
  service: { ja: '対象', en: 'Service' },
  choose: { ja: '選択してください', en: 'Choose one' },
  contracts: contractLabels.contractNumber,
  contractsHint: {
    ja: `複数のときは、スペースか「、」で区切ってください（${mostContracts}件まで）。サービス全体についてのときは、空のままにしてください。`,
    en: `Separate several by spaces or commas (up to ${mostContracts}). Leave it empty to ask about the service as a whole.`,
  },
  content: { ja: 'お問い合わせの内容', en: 'Your inquiry' },
  kind: { ja: '種類', en: 'Kind' },
  ticketTitle: { ja: '件名', en: 'Title' },
  text: { ja: '内容', en: 'Text' },
  textHint: {
    ja: `${longestMessage.toLocaleString('ja-JP')}文字まで。パスワードや認証コードは書かないでください。`,
    en: `Up to ${longestMessage.toLocaleString('en-GB')} characters. Do not enter passwords or codes.`,
  },
  impact: { ja: '影響', en: 'Effect' },
  occurred: { ja: '発生日時', en: 'Since when' },
  people: { ja: 'ご連絡先と関係者', en: 'Contact, and who else is told' },
  contact: { ja: '連絡先', en: 'How we reach you' },
  contactHint: {
    ja: '電話番号など。お急ぎのときにご連絡します。',
    en: 'Such as a phone number, for when it is urgent.',
  },
  persons: { ja: '関係者のメールアドレス', en: 'Email addresses of others' },
  personsHint: {
    ja: `御社のユーザーのメールアドレスを1行に1件（${mostPersons}名まで）。返答があるとメールでお知らせします。このお問い合わせを参照できない方には送信しません。`,
    en: `Of users of your company, one a line (up to ${mostPersons}). They are mailed when there is an answer, as far as they may see the inquiry.`,
  },
  readers: {
    ja: '通信事業者の担当者のほか、対象のご契約のいずれかを参照できる社内の方が読めます（サービス全体のときはそのサービスを参照できる方、ポータルのときはご本人、関係者、ポータル管理者）。',
    en: 'Read by the operator’s staff and by those of your company who may see one of the contracts; of a service, by those who may see it; of the portal, by you, those told and your administrators.',
  },
  cancel: userLabels.cancel,
  open: { ja: '問い合わせる', en: 'Send the inquiry' },
}

/** What stands between numbers as people write them one after another. */
const between = /[\s,、，;；]+/u
const listOf = (most: number) =>
  z
    .string()
    .max(2000)
    .transform((text) => [...new Set(text.normalize('NFKC').split(between).filter(Boolean))])
    .pipe(z.array(z.string()).max(most))

export const ticketFields = {
  service: { label: ticketFormWords.service, value: z.string().min(1).max(100), chosen: true },
  contracts: {
    label: ticketFormWords.contracts,
    value: listOf(mostContracts),
  },
  kind: { label: ticketFormWords.kind, value: z.enum(ticketKinds), chosen: true },
  title: { label: ticketFormWords.ticketTitle, value: typed(ticketTitle) },
  text: { label: ticketFormWords.text, value: typedLines(ticketText) },
  impact: { label: ticketFormWords.impact, value: z.enum(ticketImpacts).optional(), chosen: true },
  occurred: { label: ticketFormWords.occurred, value: z.string().trim().max(20) },
  contact: { label: ticketFormWords.contact, value: typed(ticketContact) },
  persons: { label: ticketFormWords.persons, value: listOf(mostPersons) },
  files: { label: ticketFormWords.files, value: uploadedFiles, file: true, many: true, mostBytes: mostBytesOfForm },
} as const

export function NewTicketForm({ data, form, words: text, reader }: View<Opening, typeof ticketFormWords>): JSX.Element {
  const { language } = reader
  const at = <Name extends keyof typeof ticketFields>(name: Name) => ({
    form,
    name,
    language,
    label: ticketFields[name].label[language],
  })
  const services = [
    ...data.services.map(({ code, name }) => ({ value: code, label: name[language] })),
    { value: aboutPortal, label: ofPortal[language] },
  ]
  const back = data.contract ? paths.contract({ id: data.contract.id }) : paths.tickets
  return (
    <Form form={form} layout="page" guard withFile>
      <FieldSet legend={text.about} columns>
        <SelectField {...at('service')} mark="required" options={services} placeholder={text.choose} />
        <TextField {...at('contracts')} mark="optional" hint={text.contractsHint} />
      </FieldSet>
      <FieldSet legend={text.content}>
        <RadioField
          {...at('kind')}
          mark="required"
          options={ticketKinds.map((kind) => ({ value: kind, label: ticketKindWords[kind][language] }))}
        />
        <TextField {...at('title')} mark="required" most={longestTitle} />
        <TextAreaField {...at('text')} mark="required" rows={8} hint={text.textHint} most={longestMessage} />
        <RadioField
          {...at('impact')}
          mark="optional"
          options={ticketImpacts.map((impact) => ({ value: impact, label: ticketImpactWords[impact][language] }))}
        />
        <TextField {...at('occurred')} mark="optional" type="datetime-local" width="medium" />
        <FileField {...at('files')} mark="optional" hint={text.filesHint} accept={acceptedFiles} multiple />
      </FieldSet>
      <FieldSet legend={text.people}>
        <TextField {...at('contact')} mark="optional" hint={text.contactHint} most={longestContact} />
        <TextAreaField {...at('persons')} mark="optional" hint={text.personsHint} />
      </FieldSet>
      <CommitBar effect={text.readers}>
        <ButtonLink kind="secondary" href={back}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.open}</Button>
      </CommitBar>
    </Form>
  )
}
