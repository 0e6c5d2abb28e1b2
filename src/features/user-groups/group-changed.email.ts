import type { Email } from '#features/mails/sealed.ts'
import { mailLabels } from '#features/mails/labels.ts'
import { momentInMail } from '#features/mails/moment.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import type { EffectCounts } from './effect-counts.ts'

const words = {
  subject: {
    ja: 'ビジネスポータル ユーザーグループ変更のお知らせ',
    en: 'Business Portal: a user group was changed',
  },
  applied: { ja: '権限が変更されました。', en: 'Its rights were changed.' },
  deleted: { ja: 'ユーザーグループが削除されました。', en: 'The group was deleted.' },
  'members-added': {
    ja: (n: number) => `${n}名のユーザーが追加されました。`,
    en: (n: number) => (n === 1 ? 'One user was added to it.' : `${n} users were added to it.`),
  },
  'members-removed': {
    ja: (n: number) => `${n}名のユーザーが外されました。`,
    en: (n: number) => (n === 1 ? 'One user was taken out of it.' : `${n} users were taken out of it.`),
  },
  'members-moved': {
    ja: (n: number, to: string) => `${n}名のユーザーが、ユーザーグループ「${to}」へ移されました。`,
    en: (n: number, to: string) =>
      n === 1 ? `One user was moved to the user group “${to}”.` : `${n} users were moved to the user group “${to}”.`,
  },
  effect: {
    ja: ({ gainView, gainEdit, loseView, loseEdit }: EffectCounts) => `
新しく参照できるようになった方：${gainView}名
新しく編集できるようになった方：${gainEdit}名
参照できなくなった方：${loseView}名
編集できなくなった方：${loseEdit}名
`,
    en: ({ gainView, gainEdit, loseView, loseEdit }: EffectCounts) => `
Can now view contracts they could not: ${gainView}
Can now edit contracts they could not: ${gainEdit}
Can no longer view some contracts: ${loseView}
Can no longer edit some contracts: ${loseEdit}
`,
  },
  text: {
    ja: ({ group, what, effect, by, at }: Lines) => `ユーザーグループ「${group}」が変更されました。
${what}
${effect}
変更した方：${by}
日時：${at}

お心当たりがない場合は、変更した方にご確認ください。

${mailLabels.sendOnly.ja}
`,
    en: ({ group, what, effect, by, at }: Lines) => `The user group “${group}” was changed.
${what}
${effect}
Changed by: ${by}
When: ${at}

If you did not expect this, ask whoever changed it.

${mailLabels.sendOnly.en}
`,
  },
}

interface Lines {
  group: string
  what: string
  effect: string
  by: string
  at: string
}

export type GroupChange =
  | { kind: 'applied' | 'deleted'; effect: EffectCounts }
  | { kind: 'members-added' | 'members-removed'; users: number }
  | { kind: 'members-moved'; users: number; to: string }

export interface GroupChanged {
  group: string
  change: GroupChange
  by: string
  at: Date
  timeZone: string
}

/** Tells an administrator what another one has done to a group. */
export function groupChangedEmail(language: Language, { group, change, by, at, timeZone }: GroupChanged): Email {
  const text = inLanguage(words, language)
  return {
    subject: text.subject,
    text: text.text({
      group,
      what: whatOf(change, language),
      effect: 'effect' in change ? text.effect(change.effect) : '',
      by,
      at: momentInMail(at, timeZone, language),
    }),
  }
}

function whatOf(change: GroupChange, language: Language): string {
  const text = inLanguage(words, language)
  if (change.kind === 'members-moved') return text['members-moved'](change.users, change.to)
  return 'users' in change ? text[change.kind](change.users) : text[change.kind]
}
