import type { JSX } from 'preact'
import { findImport } from '#features/user-imports/find.ts'
import type { UserImport } from '#features/user-imports/plan.ts'
import { rowId } from '#platform/form.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { JobProgress } from '#sites/frame/imports/job-progress.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  running: {
    ja: (done: number, rows: number) => `登録しています（${done}／${rows}名）`,
    en: (done: number, rows: number) => `Being done (${done} of ${rows})`,
  },
  progress: { ja: '登録の進み具合', en: 'How far it is' },
  text: { ja: 'この画面を閉じても、登録は続きます。', en: 'It goes on when you leave this page.' },
  refresh: { ja: '最新の状態を表示する', en: 'Show how far it is' },
}

/** How far the worker is with a file. */
export function ImportProgress({ found, language }: { found: UserImport; language: Language }): JSX.Element {
  const { id, done, rows } = found
  const text = inLanguage(words, language)
  return (
    <JobProgress
      asks={hrefOf(paths.importProgress, { id })}
      shows={paths.triedImport({ id })}
      done={done}
      rows={rows}
      text={{ ...text, running: text.running(done, rows) }}
    />
  )
}

/** The same for the script, until it is over. */
export const importProgressAnswer = portal.answer({
  path: paths.importProgress,
  allow: 'portal-administrator',
  words,
  // Whoever has left the page open is not at work.
  isUse: false,
  async load(ctx, { query: { id = '' } }, text) {
    const found = rowId.safeParse(id).success ? await findImport(ctx, id) : undefined
    if (found?.state !== 'queued' && found?.state !== 'running') return { isOver: true }
    return { done: found.done, text: text.running(found.done, found.rows) }
  },
})
