import type { JSX } from 'preact'
import { noticeKinds } from '#features/notices/list.ts'
import type { Service } from '#features/notices/choices.ts'
import { rowId, rowVersion, type FormView } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, RadioField, TextAreaField, TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, FieldSet, Form } from '#platform/ui/form/form.tsx'
import { zoneLabel } from '#platform/time/format.ts'
import { line, lines, typed, typedLines } from '#platform/values.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { noticeKindWords } from '#sites/frame/states/notice-kind.tsx'
import { z } from 'zod'

const noticeFormWords = {
  kind: { ja: '種別', en: 'Kind' },
  titleJa: { ja: '件名', en: 'Title (Japanese)' },
  titleEn: { ja: '件名（英語）', en: 'Title (English)' },
  bodyJa: { ja: '本文', en: 'Text (Japanese)' },
  bodyEn: { ja: '本文（英語）', en: 'Text (English)' },
  englishHint: {
    ja: '空欄のときは、英語の画面にも日本語を表示します。',
    en: 'Left empty, the Japanese is shown in English, too.',
  },
  audience: { ja: '対象', en: 'For whom' },
  customers: { ja: 'お客様コード', en: 'Customer codes' },
  customersHint: {
    ja: '1行に1つずつ、またはカンマ区切りで、500社まで入力します。空欄のときは、すべてのお客様に表示します。',
    en: 'One a line, or with commas between, up to 500. Left empty it is for all customers.',
  },
  services: { ja: 'サービス', en: 'Services' },
  servicesHint: {
    ja: '選択したサービスのご契約を参照できるユーザーにだけ表示します。選択しないときは、サービスを問いません。',
    en: 'Shown to those alone who see a contract of a chosen one. Where none is chosen, to all.',
  },
  administrators: { ja: 'ポータル管理者にだけ表示する', en: 'For portal administrators alone' },
  important: { ja: '重要なお知らせにする', en: 'It is important' },
  byMail: { ja: 'メールでも送る', en: 'Send it by mail, too' },
  byMailHint: {
    ja: 'メール通知で「お知らせ」を希望し、表示の対象になるユーザーにだけ送ります。',
    en: 'To those who wish news by mail, and can read it.',
  },
  period: { ja: '掲載期間', en: 'When it is shown' },
  from: { ja: '掲載開始', en: 'From' },
  fromHint: {
    ja: (zone: string) => `${zone}。過ぎた日時のときは、公開した時刻から表示します。`,
    en: (zone: string) => `${zone}. A time that is over means: at once when it is published.`,
  },
  until: { ja: '掲載終了', en: 'Until' },
  untilHint: { ja: '空欄のときは、期限なく表示します。', en: 'Left empty it has no end.' },
  version: { ja: '版', en: 'Version' },
  effect: { ja: '下書きとして保存します。まだ公開されません。', en: 'It is kept as a draft, and shown to nobody yet.' },
  cancel: userLabels.cancel,
  save: { ja: '下書きを保存する', en: 'Save the draft' },
}

const box = z.literal('on').optional()

export const noticeFields = {
  kind: { label: noticeFormWords.kind, value: z.enum(noticeKinds) },
  titleJa: { label: noticeFormWords.titleJa, value: typed(line(200).min(1)) },
  titleEn: { label: noticeFormWords.titleEn, value: typed(line(200)) },
  bodyJa: { label: noticeFormWords.bodyJa, value: typedLines(lines(4000).min(1)) },
  bodyEn: { label: noticeFormWords.bodyEn, value: typedLines(lines(4000)) },
  customers: { label: noticeFormWords.customers, value: typedLines(lines(40_000)) },
  services: { label: noticeFormWords.services, value: z.array(rowId).max(200), many: true as const },
  administrators: { label: noticeFormWords.administrators, value: box },
  important: { label: noticeFormWords.important, value: box },
  byMail: { label: noticeFormWords.byMail, value: box },
  from: { label: noticeFormWords.from, value: z.string().trim().min(1).max(20) },
  until: { label: noticeFormWords.until, value: z.string().trim().max(20) },
  version: { label: noticeFormWords.version, value: rowVersion.optional(), carried: true as const },
}

interface NoticeFormProps {
  form: FormView
  services: readonly Service[]
  /** Of the draft; absent: it is a new one. */
  version?: number
  reader: Reader
  back: string
}

export function NoticeForm({ form, services, version, reader, back }: NoticeFormProps): JSX.Element {
  const { language, timeZone, now } = reader
  const text = inLanguage(noticeFormWords, language)
  const at = <Name extends keyof typeof noticeFields>(name: Name) => ({ form, language, name, label: text[name] })
  return (
    <Form form={form} layout="page" guard>
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      <RadioField
        {...at('kind')}
        options={noticeKinds.map((value) => ({ value, label: noticeKindWords[value][language] }))}
      />
      <TextField {...at('titleJa')} mark="required" />
      <TextAreaField {...at('bodyJa')} mark="required" rows={8} most={4000} />
      <TextField {...at('titleEn')} mark="optional" hint={text.englishHint} />
      <TextAreaField {...at('bodyEn')} mark="optional" rows={6} most={4000} />
      <FieldSet legend={text.audience}>
        <TextAreaField {...at('customers')} mark="optional" hint={text.customersHint} rows={3} />
        <ServiceBoxes form={form} services={services} reader={reader} />
        <CheckField {...at('administrators')} />
      </FieldSet>
      <FieldSet legend={text.period}>
        <TextField
          {...at('from')}
          mark="required"
          type="datetime-local"
          width="medium"
          hint={text.fromHint(zoneLabel(timeZone, language, now))}
        />
        <TextField {...at('until')} mark="optional" type="datetime-local" width="medium" hint={text.untilHint} />
      </FieldSet>
      <CheckField {...at('important')} />
      <CheckField {...at('byMail')} hint={text.byMailHint} />
      <CommitBar effect={text.effect}>
        <ButtonLink kind="secondary" href={back}>
          {text.cancel}
        </ButtonLink>
        <Button>{text.save}</Button>
      </CommitBar>
    </Form>
  )
}

function ServiceBoxes({ form, services, reader: { language } }: Pick<NoticeFormProps, 'form' | 'services' | 'reader'>) {
  const text = inLanguage(noticeFormWords, language)
  const chosen = [form.values['services'] ?? []].flat()
  return (
    <fieldset class="field" aria-describedby="services-hint">
      <legend>{text.services}</legend>
      <p class="hint" id="services-hint">
        {text.servicesHint}
      </p>
      {services.map(({ id, name }) => (
        <label key={id} class="choice">
          <input type="checkbox" name="services" value={id} checked={chosen.includes(id)} />
          <span>{name[language]}</span>
        </label>
      ))}
    </fieldset>
  )
}
