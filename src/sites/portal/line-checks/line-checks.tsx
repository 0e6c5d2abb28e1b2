import type { Finding } from '#features/line-checks/find.ts'
import { companyFindings, type FindingMatter } from '#features/company-checks/list.ts'
import { remarks } from '#features/line-checks/findings.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import { addressOn, settingsLinks } from '#sites/frame/between-sites.ts'
import { findingSentence } from '#features/company-checks/finding-words.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import type { List } from '#platform/list/define-list.ts'
import type { ShownList } from '#platform/web/list-request.ts'
import type { Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  title: { ja: '全ご契約の設定チェック', en: 'Settings check of all contracts' },
  lead: {
    ja: '参照できるすべてのご契約の回線設定から、確認が必要な項目をまとめて表示します。鳴らない番号、使われていない内線、来年の休みの登録もれを確認できます。',
    en: 'What should be looked at in the telephone settings of all contracts that you may see: numbers that nobody answers, extensions that nothing leads to, days off that are missing for next year.',
  },
  caption: { ja: '確認が必要な項目', en: 'What should be looked at' },
  none: { ja: '確認が必要な項目はありません', en: 'Nothing needs to be looked at' },
  noneText: {
    ja: '参照できるご契約の回線設定に、問題は見つかりませんでした。',
    en: 'Nothing was found in the settings of the contracts that you may see.',
  },
  noMatch: { ja: '条件に合う項目がありません', en: 'Nothing matches' },
  matter: { ja: '種類', en: 'Kind' },
  contract: contractLabels.contractNumber,
  site: contractLabels.site,
  memo: contractLabels.memo,
  what: { ja: '内容', en: 'What was found' },
  number: { ja: '番号', en: 'Number' },
  name: { ja: '名前', en: 'Name' },
}

const matterWords: Record<FindingMatter, Phrase> = {
  'dead-number': { ja: '鳴らない番号', en: 'Nobody answers' },
  unanswered: { ja: '途中で切れる着信', en: 'Calls that end on the way' },
  hours: { ja: '営業時間・休み', en: 'Business hours' },
  'unused-extension': { ja: '使われていない内線', en: 'Unused extensions' },
}

type KindOf<L> = L extends List<infer K> ? K : never

interface Data {
  list: ShownList<KindOf<typeof companyFindings>>
  settingsUrl: URL
}

/** 全ご契約の設定チェック: each leads to the page of the settings site on which it is mended. */
export const lineChecksPage = portal.list({
  path: paths.lineChecks,
  allow: 'user',
  words,
  section: 'services',
  from: companyFindings,
  load: async ({ settingsUrl }, _asked, read): Promise<Data> => ({ list: await read(undefined), settingsUrl }),
  empty: ({ words: text }) => (
    <EmptyState icon="check" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { matter: { labels: matterWords, icons: { 'dead-number': 'warning' } } },
  columns: {
    contract: {
      phone: 'before',
      cell: ({ contract: { id, number } }, { data }) => (
        <a class="number" href={addressOn(data.settingsUrl, settingsLinks.top({ contract: id }))}>
          {number}
        </a>
      ),
      csv: ({ contract }) => contract.number,
    },
    site: {
      phone: 'labelled',
      cell: ({ contract: { site, memo } }) => [site, memo].filter(Boolean).join(' ') || '-',
      csv: ({ contract }) => contract.site,
    },
    memo: { csv: ({ contract }) => contract.memo },
    matter: {
      phone: 'labelled',
      cell: ({ matter }, { language }) => matterWords[matter][language],
      csv: ({ matter }, language) => matterWords[matter][language],
    },
    number: {
      phone: 'labelled',
      cell: (row) => (row.about === 'calendar' ? '-' : <span class="number">{numberSaid(row)}</span>),
      csv: (row) => (row.about === 'calendar' ? '' : row.number),
    },
    name: {
      phone: 'labelled',
      cell: (row) => nameOf(row) || '-',
      csv: (row) => nameOf(row),
    },
    what: {
      header: true,
      long: true,
      phone: 'below',
      cell: (row, { data, language }) => (
        <>
          <Icon name={remarks.includes(row.kind) ? 'info' : 'warning'} />{' '}
          <a href={addressOn(data.settingsUrl, pageOf(row, row.contract.id))}>{findingSentence(row, language)}</a>
        </>
      ),
      csv: (row, language) => findingSentence(row, language),
    },
  },
  csv: paths.lineChecksCsv,
})

function numberSaid({ about, number }: Finding): string {
  return about === 'number' ? hyphened(number) : number
}

function nameOf({ about, number, name }: Finding): string {
  return about === 'calendar' ? number : name
}

/** Where it is mended. */
function pageOf({ about, id }: Finding, contract: string): string {
  if (about === 'number') return settingsLinks.number({ contract, id })
  if (about === 'extension') return settingsLinks.extension({ contract, id })
  return about === 'group' ? settingsLinks.callGroup({ contract, id }) : settingsLinks.calendar({ contract, id })
}
