import type { JSX } from 'preact'
import { type Effective, effectiveOf, type Layer, layers } from '#features/rights/layers.ts'
import type { Level } from '#features/rights/level.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { layerWords, levelWord } from './words.ts'

const words = {
  single: {
    ja: (level: string, n: number) => `${level} ${n}件`,
    en: (level: string, n: number) => `${level.toLowerCase()} for ${n}`,
  },
  singles: {
    ja: (each: string[]) => `契約ごと：${each.join('、')}`,
    en: (each: string[]) => `Per contract: ${each.join(', ')}`,
  },
}

export interface EffectiveRightProps {
  given: Partial<Record<Layer, Level | null>>
  language: Language
  /** Contracts with a rule of their own, by its level. */
  view?: number
  edit?: number
  /** The choice in the same row that a script follows, and the layer that it is about. */
  follows?: { id: string; layer: Layer }
}

/** What results, and why. */
export function EffectiveRight({ given, language, view = 0, edit = 0, follows }: EffectiveRightProps): JSX.Element {
  const { level, by }: Effective = effectiveOf(given)
  const singles = (than: Level | null): string => singlesBeyond(than, { view, edit }, language)
  const hooks = follows && {
    'data-follows': follows.id,
    'data-layer': follows.layer,
    'data-given': JSON.stringify(given),
    'data-singles': JSON.stringify({ none: singles(null), view: singles('view'), edit: '' }),
  }
  return (
    <div class={level ? 'effective' : 'effective effective-none'} {...hooks}>
      <LevelMark level={level} language={language} />
      <span class="small-text">{by && layerWords[by][language]}</span>
      <span class="small-text">{singles(level)}</span>
    </div>
  )
}

/** Which contracts have more than the rest of their service. */
function singlesBeyond(than: Level | null, { view, edit }: Record<Level, number>, language: Language): string {
  const text = inLanguage(words, language)
  const each = [
    ...(than === null && view > 0 ? [text.single(levelWord('view', language), view)] : []),
    ...(than !== 'edit' && edit > 0 ? [text.single(levelWord('edit', language), edit)] : []),
  ]
  return each.length > 0 ? text.singles(each) : ''
}

function LevelMark({ level, language }: { level: Level | null; language: Language }) {
  return (
    <b data-level={level ?? 'none'}>
      {level && <Icon name={level === 'edit' ? 'edit' : 'eye'} />}
      {levelWord(level, language)}
    </b>
  )
}

/** What a script makes results of while choices change: see `effective-rights.ts`. Once on a page. */
export function EffectiveParts({ language }: { language: Language }): JSX.Element {
  return (
    <div hidden id="effective-parts">
      {([null, 'view', 'edit'] as const).map((level) => (
        <LevelMark level={level} language={language} key={level} />
      ))}
      {layers.map((layer) => (
        <span data-layer={layer} key={layer}>
          {layerWords[layer][language]}
        </span>
      ))}
    </div>
  )
}
