import type { JSX } from 'preact'
import { Stepper } from '#platform/ui/layout/stepper.tsx'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  what: { ja: '内容', en: 'What it is' },
  affects: { ja: '影響範囲', en: 'What it affects' },
  publish: { ja: '確認と公開', en: 'Check and publish' },
}

/** Of the way from nothing to what customers read. */
export function DraftSteps({ current, language }: { current: 1 | 2 | 3; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  return <Stepper steps={[text.what, text.affects, text.publish]} current={current} language={language} />
}
