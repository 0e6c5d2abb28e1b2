import { type Absence, type AbsenceCondition, absenceConditions } from '#features/absence/absence.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { onwardText } from '../parts/onward-words.ts'

/** When calls to an extension go elsewhere. */
export const conditionWords: Record<AbsenceCondition, Phrase> = {
  always: { ja: 'いつも', en: 'Always' },
  busy: { ja: '通話中のとき', en: 'When busy' },
  'no-answer': { ja: '出ないとき', en: 'When nobody answers' },
  unreachable: { ja: 'つながらないとき', en: 'When not connected' },
}

const words = {
  always: {
    ja: (what: string) => `いつも、電話機を鳴らさずに${what}`,
    en: (what: string) => `Always, without ringing: ${what}`,
  },
  busy: { ja: (what: string) => `通話中のときは${what}`, en: (what: string) => `When busy: ${what}` },
  'no-answer': {
    ja: (what: string, seconds: number) => `${seconds}秒鳴っても出ないときは${what}`,
    en: (what: string, seconds: number) => `After ${seconds} seconds without an answer: ${what}`,
  },
  unreachable: {
    ja: (what: string) => `電話機がつながらないときは${what}`,
    en: (what: string) => `When not connected: ${what}`,
  },
  inside: { ja: (to: string) => `${to}へ転送します。`, en: (to: string) => `passed on to ${to}.` },
  outside: { ja: (to: string) => `外線${to}へ転送します。`, en: (to: string) => `passed on to ${to} outside.` },
  voicemail: { ja: () => '留守番電話につながります。', en: () => 'the voicemail answers.' },
  nothing: {
    ja: '転送はありません。出ないときは切れます。',
    en: 'Nothing is passed on. Calls that nobody answers end.',
  },
  others: {
    ja: 'ほかの条件の設定は、「いつも」を外すまで働きません。',
    en: 'The other conditions do not count until “always” is taken off.',
  },
} satisfies Record<string, Phrase | Phrase<(what: string, seconds: number) => string>>

/** What an extension does with calls that nobody takes at it, as sentences. */
export function absenceSaid(absence: Absence, ringSeconds: number, language: Language): string {
  const text = inLanguage(words, language)
  const set = absenceConditions.filter((condition) => absence[condition].kind !== 'nothing')
  if (set.length === 0) return text.nothing
  const counts: readonly AbsenceCondition[] = set.includes('always') ? ['always'] : set
  const sentences = counts.map((condition) => {
    const onward = absence[condition]
    const what = onward.kind === 'nothing' ? '' : text[onward.kind](onwardText(onward))
    return text[condition](what, ringSeconds)
  })
  if (counts.length < set.length) sentences.push(text.others)
  return sentences.join(language === 'ja' ? '' : ' ')
}
