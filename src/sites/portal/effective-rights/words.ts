import type { Phrase } from '#platform/words.ts'

export const rightsTitle: Phrase = { ja: '有効な権限', en: 'Effective rights' }
export const trialTitle: Phrase = { ja: 'グループの加入・脱退の試算', en: 'Trying a change of groups' }

export const sinceLabel: Phrase = { ja: '権限の開始', en: 'Since' }
