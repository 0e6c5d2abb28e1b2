import type { Language } from '#platform/words.ts'
import { isLongProof } from './many-runs.ts'

/** How somebody looks at a page. */
export interface Variant {
  language: Language
  /** In CSS pixels. */
  width: 1280 | 390
  colorScheme: 'light' | 'dark'
}

const each: Variant[] = [
  { language: 'ja', width: 1280, colorScheme: 'light' },
  { language: 'en', width: 390, colorScheme: 'dark' },
]
const inOtherCompany: Variant[] = [
  { language: 'ja', width: 390, colorScheme: 'dark' },
  { language: 'en', width: 390, colorScheme: 'light' },
  { language: 'en', width: 1280, colorScheme: 'dark' },
]

/** Every language, width and colour scheme once; with MANY_RUNS=1 also with each other. */
export const variants: readonly Variant[] = isLongProof ? [...each, ...inOtherCompany] : each
