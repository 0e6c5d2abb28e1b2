import type { JSX } from 'preact'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  unsent: {
    ja: (n: string) => `この画面で${n}件を選び直しました（まだ保存されていません）。`,
    en: (n: string) => `Chosen anew on this page and not saved yet: ${n}.`,
  },
  saved: {
    ja: '「有効な権限」は、保存済みの選択によるものです。選び直した結果は「適用する」を押すと表示されます。',
    en: '“Resulting right” shows what is saved. Press “Apply” to see what other choices result in.',
  },
}

/** What a script counts: choices of this page that were not sent. */
export function Unsent({ language }: { language: Language }): JSX.Element {
  return <span hidden data-unsent={inLanguage(words, language).unsent('{n}')} />
}

/** For whoever has no scripts: results follow the choices no sooner than they are sent. */
export function SavedState({ language }: { language: Language }): JSX.Element {
  return <p class="small-text without-scripts">{inLanguage(words, language).saved}</p>
}
