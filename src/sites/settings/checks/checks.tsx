import type { Contract } from '#features/contracts/find.ts'
import { type Finding, findFindings } from '#features/line-checks/find.ts'
import { remarks } from '#features/line-checks/findings.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import type { Language } from '#platform/words.ts'
import { findingSentence } from '#features/company-checks/finding-words.ts'
import { linkWords } from '../links.ts'
import { LineHeading } from '../parts/line-heading.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  title: linkWords.checks,
  needed: { ja: (count: number) => `確認が必要な項目 ${count}件`, en: (count: number) => `To be looked at: ${count}` },
  remarks: { ja: 'お知らせ', en: 'Good to know' },
  none: { ja: '確認が必要な項目はありません', en: 'Nothing needs to be looked at' },
  noneText: { ja: 'すべての外線番号で、電話機が鳴ります。', en: 'A telephone rings for every outside number.' },
  what: { ja: '内容', en: 'What was found' },
  mend: { ja: '設定を開く', en: 'Open' },
}

interface Data {
  contract: Contract
  findings: Finding[]
}

/** 設定チェック */
export const checksPage = settings.page({
  path: paths.checks,
  allow: 'line',
  words,
  load: async (ctx): Promise<Data> => ({
    contract: ctx.contract,
    findings: await findFindings(ctx, { remarks: true }),
  }),
  within: ({ contract }) => contract.service.code,
  title: ({ words: text }) => text.title,
  view({ data: { contract, findings }, words: text, reader: { language } }) {
    const needed = findings.filter(({ kind }) => !remarks.includes(kind))
    const others = findings.filter(({ kind }) => remarks.includes(kind))
    const shared = { contract: contract.id, language, text }
    return (
      <>
        <LineHeading language={language} contract={{ ...contract, mayEdit: true }} heading={text.title} />
        {needed.length === 0 ? (
          <EmptyState icon="check" heading={text.none}>
            {text.noneText}
          </EmptyState>
        ) : (
          <Section heading={text.needed(needed.length)}>
            <Findings findings={needed} {...shared} />
          </Section>
        )}
        {others.length > 0 && (
          <Section heading={text.remarks} small>
            <Findings findings={others} {...shared} />
          </Section>
        )}
      </>
    )
  },
})

interface FindingsProps {
  findings: readonly Finding[]
  contract: string
  language: Language
  text: Record<'title' | 'what' | 'mend', string>
}

function Findings({ findings, contract, language, text }: FindingsProps) {
  return (
    <Table
      caption={text.title}
      rows={findings}
      rowKey={({ kind, number, path }) => [kind, number, ...path].join(' ')}
      columns={[
        {
          label: text.what,
          header: true,
          cell: (finding) => (
            <>
              <Icon name={remarks.includes(finding.kind) ? 'info' : 'warning'} /> {findingSentence(finding, language)}
            </>
          ),
        },
        {
          label: text.mend,
          hideLabel: true,
          phone: 'below',
          cell: (finding) => (
            <a href={pageOf(finding, contract)}>
              {text.mend}
              <span class="visually-hidden">（{finding.number}）</span>
            </a>
          ),
        },
      ]}
    />
  )
}

/** Where it is mended. */
function pageOf({ about, id }: Finding, contract: string): string {
  if (about === 'number') return paths.number({ contract, id })
  if (about === 'extension') return paths.extension({ contract, id })
  return about === 'group' ? paths.callGroup({ contract, id }) : paths.calendar({ contract, id })
}
