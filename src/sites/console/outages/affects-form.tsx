import type { JSX } from 'preact'
import { z } from 'zod'
import { prefectures } from '#features/network-map/prefectures.ts'
import { mostNumbersShown, type ShownAffects } from '#features/outages/outage.ts'
import type { ListedService } from '#features/services/list.ts'
import { ChoicesField } from '#platform/ui/form/choices-field.tsx'
import { FileField, RadioField, TextAreaField } from '#platform/ui/form/field.tsx'
import { FieldSet } from '#platform/ui/form/form.tsx'
import type { FormView } from '#platform/form.ts'
import { uploadedFiles } from '#platform/values.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'

const words = {
  filter: { ja: '条件で指定する', en: 'By what they have in common' },
  filterHint: {
    ja: '指定した項目のすべてに当てはまるご契約が対象です。1つの項目の中では、いずれかに当てはまれば対象になります。',
    en: 'Contracts for which all that you name here holds; within one field any of its values will do.',
  },
  named: { ja: 'ご契約番号で指定する', en: 'By their numbers' },
  namedHint: {
    ja: '上の条件に当てはまるご契約に加えて、ここに挙げたご契約も対象にします。',
    en: 'These are affected as well, whether the above holds for them or not.',
  },
  services: contractLabels.serviceName,
  groupNumbers: contractLabels.groupNumber,
  prefectures: { ja: '都道府県（拠点の位置）', en: 'Prefecture of the site' },
  sites: contractLabels.site,
  sitesHint: {
    ja: '1行に1か所。お客様コードと拠点コードを、スペースで区切って入力します。',
    en: 'One a line: the customer’s code, a space, and the code of the site.',
  },
  contracts: contractLabels.contractNumber,
  contractsHint: {
    ja: '1行に1件、またはスペースや「、」で区切って貼り付けます。',
    en: 'One a line, or separated by spaces or commas.',
  },
  file: { ja: 'ご契約番号のCSVファイル', en: 'CSV file of contract numbers' },
  fileHint: {
    ja: '「ご契約番号」の列、なければ1列目を読み込みます。UTF-8かShift_JIS、3MB、10万件まで。',
    en: 'Of the column “Contract number”, or else of the first. UTF-8 or Shift_JIS, up to 3 MB and 100,000 numbers.',
  },
  numbers: { ja: '指定済みのご契約番号', en: 'The numbers that are there' },
  keep: { ja: (count: string) => `${count}件をそのまま残す`, en: (count: string) => `Keep all ${count}` },
  replace: { ja: '下の番号とファイルで置き換える', en: 'Have those below in their place' },
}

const longText = z
  .string()
  .max(30_000)
  .transform((text) => text.replaceAll('\r\n', '\n').trim())

export const affectsFields = {
  services: { label: words.services, value: z.array(z.string().max(64)).max(500), many: true, chosen: true },
  prefectures: {
    label: words.prefectures,
    value: z.array(z.coerce.number().refine((code) => prefectures.has(code))).max(47),
    many: true,
    chosen: true,
  },
  groupNumbers: { label: words.groupNumbers, value: longText },
  sites: { label: words.sites, value: longText },
  numbers: { label: words.numbers, value: z.enum(['keep', 'replace']).optional(), chosen: true },
  contracts: { label: words.contracts, value: longText },
  file: { label: words.file, value: uploadedFiles, file: true, many: true, mostBytes: 4 * 1024 * 1024 },
} as const

/** What stands in the fields. Of very many numbers the form says only how many there are. */
export function typedOf(affects: ShownAffects): Partial<Record<keyof typeof affectsFields, string | string[]>> {
  const { services = [], prefectures: codes = [], groupNumbers = [], sites = [], contracts = [] } = affects
  return {
    services: [...services],
    prefectures: codes.map(String),
    groupNumbers: groupNumbers.join('\n'),
    sites: sites.map(({ customer, site }) => `${customer} ${site}`).join('\n'),
    contracts: contracts.join('\n'),
    ...(affects.numbers > mostNumbersShown && { numbers: 'keep' }),
  }
}

interface FieldsProps {
  form: FormView
  language: Language
  services: readonly ListedService[]
  affects: ShownAffects
}

export function AffectsFields({ form, language, services, affects }: FieldsProps): JSX.Element {
  const text = inLanguage(words, language)
  const at = <Name extends keyof typeof affectsFields>(name: Name) => ({
    form,
    language,
    name,
    label: affectsFields[name].label[language],
  })
  const count = affects.numbers.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
  const named = form.values['prefectures']
  return (
    <>
      <FieldSet legend={text.filter}>
        <p class="field-hint">{text.filterHint}</p>
        <ChoicesField
          {...at('services')}
          options={services.map(({ code, name }) => ({ value: code, label: name[language] }))}
        />
        <TextAreaField {...at('groupNumbers')} hint={text.contractsHint} />
        <TextAreaField {...at('sites')} hint={text.sitesHint} />
        <details open={Array.isArray(named) && named.length > 0}>
          <summary>{text.prefectures}</summary>
          <ChoicesField
            {...at('prefectures')}
            options={[...prefectures.values()].map(({ code, name }) => ({
              value: String(code),
              label: name[language],
            }))}
          />
        </details>
      </FieldSet>
      <FieldSet legend={text.named}>
        <p class="field-hint">{text.namedHint}</p>
        {affects.numbers > mostNumbersShown && (
          <RadioField
            {...at('numbers')}
            stacked
            options={[
              { value: 'keep', label: text.keep(count) },
              { value: 'replace', label: text.replace },
            ]}
          />
        )}
        <TextAreaField {...at('contracts')} rows={6} hint={text.contractsHint} />
        <FileField {...at('file')} accept=".csv,text/csv,text/plain" hint={text.fileHint} />
      </FieldSet>
    </>
  )
}
