import type { JSX } from 'preact'
import type { ImportRun } from '#features/import-runs/find.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { readFault, remedyOf } from './fault-words.ts'

const words = {
  failed: {
    ja: (n: string) =>
      `直すところが${n}件あります。何も変わっていません。すべて直してから、もう一度取り込んでください。`,
    en: (n: string) => `Places to be corrected: ${n}. Nothing was changed. Correct all, then bring the file again.`,
  },
  heading: { ja: '直すところ', en: 'To be corrected' },
  line: { ja: '行', en: 'Line' },
  place: { ja: '場所', en: 'Place' },
  whole: { ja: 'ファイル全体', en: 'The file' },
  said: { ja: '内容', en: 'What is wrong' },
  remedy: { ja: '直し方', en: 'What to do' },
}

/** What is wrong with a file: all of it, each with its place and what to do. */
export function RunFaults({ run, language }: { run: ImportRun; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  const faults = run.faults.map((fault, at) => ({ at, ...readFault(fault, run.name) }))
  return (
    <Section heading={text.heading}>
      <Notice kind="trouble">{text.failed(numberIn(language, faults.length))}</Notice>
      <Table
        caption={text.heading}
        columns={[
          { label: text.line, number: true, phone: 'labelled', cell: ({ line }) => line ?? '' },
          {
            label: text.place,
            header: true,
            long: true,
            cell: ({ place, line }) => (place ? <code>{place}</code> : line === undefined ? text.whole : '–'),
          },
          {
            label: text.said,
            long: true,
            phone: 'below',
            cell: ({ said }) => <span lang="en">{said}</span>,
          },
          { label: text.remedy, phone: 'below', cell: ({ said }) => remedyOf(said)?.[language] ?? '' },
        ]}
        rows={faults}
        rowKey={({ at }) => String(at)}
      />
    </Section>
  )
}
