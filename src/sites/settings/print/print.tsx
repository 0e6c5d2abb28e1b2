import { entriesOf } from '#features/calendars/entries.ts'
import type { Contract } from '#features/contracts/find.ts'
import { targetText } from '#features/inside-numbers/targets.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { findWholeLine, mostPrinted, type WholeLine } from '#features/whole-lines/find.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { formatTime } from '#platform/time/format.ts'
import { Table } from '#platform/ui/list/table.tsx'
import type { View } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { conditionWords } from '../absence/absence-words.ts'
import { entrySaid, weekSaid } from '../calendars/hours-words.ts'
import { groupWords } from '../call-groups/group-fields.ts'
import { onwardSaid } from '../parts/onward-words.ts'
import { extensionWords } from '../extensions/extension-fields.tsx'
import { linkWords } from '../links.ts'
import { LineHeading } from '../parts/line-heading.tsx'
import { groupKindWords } from '../parts/target-words.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  title: { ja: '設定内容の印刷', en: 'Settings on paper' },
  how: {
    ja: 'ブラウザの印刷機能（Ctrl+PまたはCmd+P）で印刷します。メニューなどは印刷されません。',
    en: 'Print with your browser (Ctrl+P or Cmd+P). Menus are left out.',
  },
  asOf: { ja: '出力日時', en: 'As of' },
  contract: { ja: 'ご契約番号', en: 'Contract' },
  service: { ja: 'サービス', en: 'Service' },
  limits: { ja: '内線数・着信グループ数', en: 'Extensions and groups' },
  memo: { ja: 'メモ', en: 'Memo' },
  target: { ja: '着信先', en: 'Target' },
  outsideNumber: { ja: '外線番号', en: 'Outside number' },
  unset: { ja: '未割当', en: 'Not bound' },
  hours: { ja: '営業時間', en: 'Business hours' },
  always: { ja: 'いつでも', en: 'Always' },
  tooMany: {
    ja: (most: number) => `内線が${most}を超えるため、一覧は印刷しません。CSVをダウンロードしてください。`,
    en: (most: number) => `There are more than ${most} extensions: take the CSV file instead.`,
  },
  csv: { ja: '内線のCSVをダウンロードする', en: 'Download the extensions as CSV' },
  off: { ja: '無効', en: 'Disabled' },
  on: { ja: '有効', en: 'Enabled' },
  week: { ja: '曜日・時間', en: 'Day and time' },
  absence: { ja: '不在時動作', en: 'Absence' },
  holidays: { ja: '祝日', en: 'National holidays' },
  rests: { ja: '休み', en: 'Closed' },
  works: { ja: '曜日どおり', en: 'As the weekday' },
  specialDays: { ja: '特定日', en: 'Special days' },
  closed: { ja: '営業時間外の着信先', en: 'Target when closed' },
}

interface Data {
  contract: Contract
  line: Line
  whole: WholeLine
}

/** 印刷: everything of the contract on paper. */
export const printPage = settings.page({
  path: paths.print,
  allow: 'line',
  words,
  async load(ctx): Promise<Data> {
    return { contract: ctx.contract, line: ctx.line, whole: await findWholeLine(ctx) }
  },
  within: ({ contract }) => contract.service.code,
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader } = view
    const { contract, line } = data
    const { language } = reader
    return (
      <>
        <LineHeading language={language} contract={{ ...contract, mayEdit: true }} heading={text.title} />
        <p class="no-print">{text.how}</p>
        <Facts
          facts={[
            { term: text.contract, value: contract.number },
            { term: text.service, value: [contract.service.name[language], contract.site].filter(Boolean).join(' ') },
            {
              term: text.limits,
              value: `${line.extensions} / ${line.mostExtensions}, ${line.callGroups} / ${line.mostGroups}`,
            },
            {
              term: text.asOf,
              value: formatTime(reader.now, 'date-time', { zone: reader.timeZone, language, now: reader.now }),
            },
          ]}
        />
        <Numbers {...view} />
        <Groups {...view} />
        <Extensions {...view} />
        <Calendars {...view} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Numbers({ data: { whole }, words: text, reader: { language } }: Shown) {
  return (
    <Section heading={linkWords.numbers[language]}>
      <Table
        caption={linkWords.numbers[language]}
        rows={whole.numbers}
        rowKey={({ id }) => id}
        columns={[
          { label: text.outsideNumber, header: true, cell: ({ number }) => hyphened(number) },
          { label: text.memo, cell: ({ memo }) => memo || '-' },
          { label: text.target, cell: ({ target }) => (target ? targetText(target) : text.unset) },
          { label: text.hours, cell: ({ calendar }) => calendar ?? text.always },
          {
            label: text.closed,
            cell: ({ calendar, closed }) => (calendar === null ? '-' : onwardSaid(closed, language)),
          },
        ]}
      />
    </Section>
  )
}

function Groups({ data: { whole }, reader: { language } }: Shown) {
  const label = inLanguage(groupWords, language)
  return (
    <Section heading={linkWords.callGroups[language]}>
      <Table
        caption={linkWords.callGroups[language]}
        rows={whole.groups}
        rowKey={({ id }) => id}
        columns={[
          { label: label.number, cell: ({ number }) => number },
          { label: label.name, header: true, cell: ({ name }) => name },
          { label: label.kind, cell: ({ kind }) => groupKindWords[kind][language] },
          { label: label.ringSeconds, cell: ({ ringSeconds }) => ringSeconds },
          {
            label: label.members,
            cell: ({ members }) =>
              members
                .map(({ number, name, isPaused }) => `${number} ${name}${isPaused ? `（${label.paused}）` : ''}`)
                .join(' → '),
          },
          {
            label: label.onward,
            cell: ({ afterwards }) => onwardSaid(afterwards, language),
          },
        ]}
      />
    </Section>
  )
}

function Extensions({ data: { contract, line, whole }, words: text, reader: { language } }: Shown) {
  const label = inLanguage(extensionWords, language)
  if (line.extensions > mostPrinted)
    return (
      <Section heading={linkWords.extensions[language]}>
        <p>{text.tooMany(mostPrinted)}</p>
        <a href={paths.extensionsCsv({ contract: contract.id })}>{text.csv}</a>
      </Section>
    )
  return (
    <Section heading={linkWords.extensions[language]}>
      <Table
        caption={linkWords.extensions[language]}
        rows={whole.extensions}
        rowKey={({ id }) => id}
        columns={[
          { label: label.number, header: true, cell: ({ number }) => number },
          { label: label.name, cell: ({ name }) => name || '-' },
          { label: label.kana, cell: ({ kana }) => kana || '-' },
          {
            label: label.callerNumber,
            cell: ({ callerNumber }) => (callerNumber ? hyphened(callerNumber) : label.mainNumber),
          },
          { label: label.ringSeconds, cell: ({ ringSeconds }) => ringSeconds },
          { label: text.absence, cell: ({ number }) => absenceOf(whole, number, language) },
          { label: label.isEnabled, cell: ({ isEnabled }) => (isEnabled ? text.on : text.off) },
        ]}
      />
    </Section>
  )
}

function absenceOf({ forwards }: WholeLine, extension: string, language: Language): string {
  const own = forwards.filter((forward) => forward.extension === extension)
  const said = own.map(
    (forward) => `${conditionWords[forward.condition][language]} ${onwardSaid({ ...forward, name: '' }, language)}`,
  )
  return said.join(language === 'ja' ? '、' : ', ') || '-'
}

function Calendars({ data: { whole }, words: text, reader }: Shown) {
  const { language } = reader
  if (whole.calendars.length === 0) return null
  return (
    <Section heading={text.hours}>
      <Table
        caption={text.hours}
        rows={whole.calendars}
        rowKey={({ id }) => id}
        columns={[
          { label: text.hours, header: true, cell: ({ name }) => name },
          { label: text.week, cell: ({ week }) => weekSaid(week, language) },
          {
            label: text.holidays,
            cell: ({ closesOnNationalHolidays }) => (closesOnNationalHolidays ? text.rests : text.works),
          },
          {
            label: text.specialDays,
            long: true,
            cell: ({ days }) =>
              entriesOf(days)
                .map((entry) => entrySaid(entry, reader))
                .join(language === 'ja' ? '、' : ', ') || '-',
          },
        ]}
      />
    </Section>
  )
}
