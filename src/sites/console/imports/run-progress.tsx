import type { JSX } from 'preact'
import { findRun, type ImportRun } from '#features/import-runs/find.ts'
import { isId } from '#platform/form.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'

const words = {
  waiting: {
    ja: 'ファイルを試行しています。まだ何も変わりません。',
    en: 'The file is being tried. Nothing is changed yet.',
  },
  queued: { ja: 'ファイルを反映しています。', en: 'The file is being applied.' },
  progress: { ja: '取り込みの進み具合', en: 'How far it is' },
  text: { ja: 'この画面を閉じても続きます。', en: 'It goes on when you leave this page.' },
  refresh: { ja: '最新の状態を表示する', en: 'Show how far it is' },
}

/** What the worker is at. The script asks from here on, and shows in the end what came of it. */
export function RunProgress({ run, language }: { run: ImportRun; language: Language }): JSX.Element {
  const { id, state } = run
  const text = inLanguage(words, language)
  return (
    <Notice kind="info" label={text.progress} action={<a href={paths.import({ id })}>{text.refresh}</a>}>
      <div data-progress={hrefOf(paths.importRunProgress, { id })}>
        <p>
          <b data-text="">{state === 'queued' ? text.queued : text.waiting}</b>
        </p>
        <progress aria-label={text.progress} />
      </div>
      <p>{text.text}</p>
    </Notice>
  )
}

/** The same for the script, until it is over. */
export const runProgressAnswer = staffConsole.answer({
  path: paths.importRunProgress,
  allow: 'provisioning',
  words,
  // Whoever has left the page open is not at work.
  isUse: false,
  async load(ctx, { query: { id = '' } }, text) {
    const run = isId(id) ? await findRun(ctx, id) : undefined
    if (run?.state !== 'queued' && run?.state !== 'waiting') return { isOver: true }
    return { text: text[run.state] }
  },
})
