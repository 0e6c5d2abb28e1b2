import { groupLabels, rightLabels } from '#sites/frame/guide-labels.ts'
import type { EffectCounts } from '#features/user-groups/effect-counts.ts'
import type { Group } from '#features/user-groups/group.ts'
import type { Layer } from '#features/rights/layers.ts'
import type { Level } from '#features/rights/level.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { listTitles } from '../list-titles.ts'

export const listTitle: Phrase = listTitles['user-groups']

export const stagedLabel: Phrase = { ja: '未反映の変更', en: 'Not in force yet' }

/** A level as a form sends it. */
export const choices = ['none', 'view', 'edit'] as const
export type Choice = (typeof choices)[number]

export const choiceWords: Record<Choice, Phrase> = {
  none: rightLabels.none,
  view: rightLabels.view,
  edit: rightLabels.edit,
}

export const layerWords: Record<Layer, Phrase> = {
  all: { ja: '全サービス共通', en: 'All services' },
  service: { ja: 'サービスごと', en: 'Per service' },
  contract: { ja: '契約ごと', en: 'Per contract' },
}

export function choiceOf(level: Level | null): Choice {
  return level ?? 'none'
}

export function levelOf(choice: Choice): Level | null {
  return choice === 'none' ? null : choice
}

export function levelWord(level: Level | null, language: Language): string {
  return choiceWords[choiceOf(level)][language]
}

type Named = Pick<Group, 'name' | 'description' | 'isAutomatic'>

/** The automatic group has the product's name, all others the customer's. */
export function groupName({ name, isAutomatic }: Omit<Named, 'description'>, language: Language): string {
  return isAutomatic ? groupLabels.allServicesGroup[language] : name
}

export function groupDescription({ description, isAutomatic }: Omit<Named, 'name'>, language: Language): string {
  return isAutomatic ? groupLabels.allServicesGroupText[language] : description
}

/** 「-」 where there is none. */
export function descriptionOr(group: Omit<Named, 'name'>, language: Language): string {
  return groupDescription(group, language) || groupLabels.nothing[language]
}

/** In Japanese, parts of one sentence. */
const effectWords = {
  loseView: {
    ja: (n: number) => `${n}名が参照できなくなり`,
    en: (n: number) => `${people(n)} will lose sight of some contracts.`,
  },
  loseEdit: {
    ja: (n: number) => `${n}名が編集できなくなり`,
    en: (n: number) => `${people(n)} will no longer be able to edit some contracts.`,
  },
  gainView: {
    ja: (n: number) => `${n}名が新しく参照できるようになり`,
    en: (n: number) => `${people(n)} will be able to view more.`,
  },
  gainEdit: {
    ja: (n: number) => `${n}名が新しく編集できるようになり`,
    en: (n: number) => `${people(n)} will be able to edit more.`,
  },
}
const together: Phrase<(parts: string[]) => string> = {
  ja: (parts) => `一部のご契約について、${parts.join('、')}ます。`,
  en: (parts) => parts.join(' '),
}
const nobody: Phrase = {
  ja: '現在のご契約を参照・編集できる人は変わりません。',
  en: 'Nobody’s rights to your present contracts change.',
}

/** What follows for how many users, the losses first. */
export function effectSentence(users: EffectCounts, language: Language): string {
  const order = ['loseView', 'loseEdit', 'gainView', 'gainEdit'] as const
  const said = order.filter((kind) => users[kind] > 0).map((kind) => effectWords[kind][language](users[kind]))
  return said.length > 0 ? together[language](said) : nobody[language]
}

function people(n: number): string {
  return n === 1 ? 'One user' : `${n} users`
}
