import type { JSX } from 'preact'
import type { Effective } from '#features/rights/layers.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { layerWords, levelWord } from './words.ts'

const words = {
  exceptions: {
    ja: (n: number, level: string) => `うち${n}件は${level}`,
    en: (n: number, level: string) => `${n} of them: ${level.toLowerCase()}`,
  },
}

export interface EffectiveRightProps {
  effective: Effective
  language: Language
  /** Contracts for which a rule of their own gives more. */
  view?: number
  edit?: number
}

/** What results, and why. */
export function EffectiveRight({
  effective: { level, by },
  language,
  view = 0,
  edit = 0,
}: EffectiveRightProps): JSX.Element {
  const text = inLanguage(words, language)
  const more = [
    ...(level === null && view > 0 ? [text.exceptions(view, levelWord('view', language))] : []),
    ...(level !== 'edit' && edit > 0 ? [text.exceptions(edit, levelWord('edit', language))] : []),
  ]
  const why = [...(by ? [layerWords[by][language]] : []), ...more]
  return (
    <div class={level ? 'effective' : 'effective effective-none'}>
      <b>
        {level && <Icon name={level === 'edit' ? 'edit' : 'eye'} />}
        {levelWord(level, language)}
      </b>
      {why.length > 0 && <span class="small-text">{why.join(language === 'ja' ? '。' : '. ')}</span>}
    </div>
  )
}
