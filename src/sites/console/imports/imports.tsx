import { importRuns, type ListedRun } from '#features/import-runs/find.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { importsTitle, runStateWords } from './run-words.ts'

const words = {
  title: importsTitle,
  lead: {
    ja: 'このコンソールとコマンドラインで取り込んだファイルを、新しい順に表示します。',
    en: 'The files that were brought here and by the command line, the newest first.',
  },
  add: { ja: 'ファイルを取り込む', en: 'Bring a file' },
  none: { ja: '取り込みはまだありません。', en: 'No file was brought yet.' },
  noMatch: { ja: '条件に合う取り込みがありません', en: 'No import matches' },
  state: { ja: '状態', en: 'State' },
  name: { ja: 'ファイル', en: 'File' },
  by: { ja: '担当者', en: 'By' },
  command: { ja: 'コマンドライン', en: 'Command line' },
  result: { ja: '結果', en: 'Result' },
  made: {
    ja: (created: string, changed: string) => `追加${created}件・変更${changed}件`,
    en: (created: string, changed: string) => `${created} made, ${changed} changed`,
  },
  faults: { ja: (n: string) => `直すところ${n}件`, en: (n: string) => `${n} to correct` },
  at: { ja: '日時', en: 'When' },
}

/** Files of the operator's, and what came of them. */
export const importsPage = staffConsole.list({
  path: paths.imports,
  allow: 'provisioning',
  words,
  from: importRuns,
  actions: ({ words: text }) => (
    <ButtonLink small icon="plus" href={paths.addImport}>
      {text.add}
    </ButtonLink>
  ),
  chips: { state: { labels: runStateWords } },
  empty: ({ data: { list }, words: text }) =>
    list.all === 0 && !list.isFiltered ? <PlainState>{text.none}</PlainState> : null,
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) => (
        <Badge kind={state === 'failed' ? 'trouble' : state === 'applied' ? 'plain' : 'current'}>
          {runStateWords[state][language]}
        </Badge>
      ),
    },
    name: { header: true, long: true, cell: ({ id, name }) => <a href={paths.import({ id })}>{name}</a> },
    result: { phone: 'labelled', cell: (run, { words: text, language }) => resultOf(run, text, language) },
    by: { phone: 'labelled', cell: ({ by }, { words: text }) => by ?? text.command },
    at: { phone: 'labelled', cell: ({ at }, { time }) => time(at) },
  },
})

function resultOf({ state, counts, faults }: ListedRun, text: Told, language: Language): string | null {
  if (state === 'failed') return text.faults(numberIn(language, faults))
  if (state === 'waiting') return null
  const sum = (of: 'created' | 'changed'): string =>
    numberIn(
      language,
      counts.reduce((all, each) => all + each[of], 0),
    )
  return text.made(sum('created'), sum('changed'))
}

interface Told {
  made: (created: string, changed: string) => string
  faults: (n: string) => string
}
