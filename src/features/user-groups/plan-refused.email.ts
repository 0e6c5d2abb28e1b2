import { mailLabels } from '#features/mails/labels.ts'
import type { Email } from '#features/mails/sealed.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import type { PlanRefusal } from './planned.ts'

export const planRefusalWords: Record<PlanRefusal, { ja: string; en: string }> = {
  'last-administrator': {
    ja: '実施すると、このグループに有効なポータル管理者がいなくなるため',
    en: 'no active portal administrator would be left in the group',
  },
  'user-gone': { ja: 'ユーザーが削除されたため', en: 'the user was deleted' },
  'planner-gone': {
    ja: '予定した方が、有効なポータル管理者ではなくなったため',
    en: 'whoever planned it is no active portal administrator any longer',
  },
}

const words = {
  subject: {
    ja: 'ビジネスポータル 予定していた所属の変更ができなかったお知らせ',
    en: 'Business Portal: a planned change of a user group was not made',
  },
  joins: { ja: 'ユーザーグループへの追加', en: 'to be put into the user group' },
  leaves: { ja: 'ユーザーグループからの除外', en: 'to be taken out of the user group' },
  text: {
    ja: ({ user, group, what, why }: Lines) => `予定していた所属の変更を実施できませんでした。

ユーザー：${user}
予定：${what}「${group}」
理由：${why}

必要なときは、ビジネスポータルの「ユーザー管理」で所属を変更してください。

${mailLabels.sendOnly.ja}
`,
    en: ({ user, group, what, why }: Lines) => `A change that was planned was not made.

User: ${user}
Planned: ${what} “${group}”
Why not: ${why}

If need be, change the groups of the user in the portal.

${mailLabels.sendOnly.en}
`,
  },
}

interface Lines {
  user: string
  group: string
  what: string
  why: string
}

interface Facts {
  user: string
  group: string
  joins: boolean
  refused: PlanRefusal
}

/** Tells administrators that a planned membership was not made on its day. */
export function planRefusedEmail(language: Language, { user, group, joins, refused }: Facts): Email {
  const text = inLanguage(words, language)
  const why = planRefusalWords[refused][language]
  return { subject: text.subject, text: text.text({ user, group, what: joins ? text.joins : text.leaves, why }) }
}
