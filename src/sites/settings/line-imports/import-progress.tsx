import type { JSX } from 'preact'
import { findLineImport } from '#features/line-imports/find.ts'
import type { LineImport } from '#features/line-imports/plan.ts'
import { isId } from '#platform/form.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { JobProgress } from '#sites/frame/imports/job-progress.tsx'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  running: {
    ja: (done: number, rows: number) => `取り込んでいます（${done}／${rows}行）`,
    en: (done: number, rows: number) => `Being done (${done} of ${rows})`,
  },
  progress: { ja: '取り込みの進み具合', en: 'How far it is' },
  text: { ja: 'この画面を閉じても、取り込みは続きます。', en: 'It goes on when you leave this page.' },
  refresh: { ja: '最新の状態を表示する', en: 'Show how far it is' },
}

/** How far the worker is with a file of settings. */
export function LineImportProgress(props: { contract: string; found: LineImport; language: Language }): JSX.Element {
  const { contract, found, language } = props
  const { id, done, rows } = found
  const text = inLanguage(words, language)
  return (
    <JobProgress
      asks={hrefOf(paths.lineImportProgress({ contract }), { id })}
      shows={paths.lineImport({ contract, id })}
      done={done}
      rows={rows}
      text={{ ...text, running: text.running(done, rows) }}
    />
  )
}

/** The same for the script, until it is over. */
export const lineImportProgressAnswer = settings.answer({
  path: paths.lineImportProgress.pattern,
  allow: 'line',
  words,
  // Whoever has left the page open is not at work.
  isUse: false,
  async load(ctx, { query: { id = '' } }, text) {
    const found = isId(id) ? await findLineImport(ctx, id) : undefined
    if (found?.state !== 'queued' && found?.state !== 'running') return { isOver: true }
    return { done: found.done, text: text.running(found.done, found.rows) }
  },
})
