import { userLabels } from '#sites/frame/guide-labels.ts'
import { stageWords } from '#sites/frame/states/user-state-words.ts'
import type { Role } from '#features/actor.ts'
import { endingWithin, type PeriodScope } from '#features/users/list.ts'
import type { SecondFactor } from '#features/users/user.ts'
import type { Language, Phrase } from '#platform/words.ts'

export const listTitle: Phrase = userLabels.list

export const startImporting: Phrase = { ja: 'CSVで一括登録する', en: 'Register from CSV' }

/** The guide has no such field. */
export const kanaLabel: Phrase = { ja: 'ふりがな', en: 'Reading in kana' }

export const stateLabel: Phrase = { ja: '状態', en: 'State' }

/** The customer's own words, for the days on which a user may use the portal. */
export const periodLabels = {
  period: { ja: '利用期間', en: 'Period of use' },
  beginsOn: { ja: '利用開始日', en: 'First day of use' },
  endsOn: { ja: '利用終了日', en: 'Last day of use' },
} satisfies Record<string, Phrase>

export const periodScopeWords: Record<PeriodScope, Phrase> = {
  ...stageWords,
  ending: { ja: `${endingWithin}日以内に終了`, en: `Ends within ${endingWithin} days` },
}

export const periodReversed: Phrase = {
  ja: '利用終了日が利用開始日より前です。利用開始日以降の日付を入力してください。',
  en: 'The last day of use is before the first. Enter a later one.',
}

export const lastLoginLabel: Phrase = { ja: '最終ログイン', en: 'Last login' }

export const roleWords: Record<Role, Phrase> = {
  'general-user': userLabels.generalUser,
  'portal-administrator': userLabels.portalAdministrator,
}

const factorWords: Record<SecondFactor, Phrase> = { totp: userLabels.totp, 'mail-otp': userLabels.mailOtp }

const factorOpen: Phrase = { ja: '初回ログインで選択', en: 'Chosen at the first login' }

export function factorWord(factor: SecondFactor | null, language: Language): string {
  return (factor ? factorWords[factor] : factorOpen)[language]
}

/** Of the product's own group, the guide's own way of writing where groups are chosen for a user. */
export function groupWord({ name, isAutomatic }: { name: string; isAutomatic: boolean }, language: Language): string {
  return isAutomatic ? userLabels.allServicesGroup[language] : name
}

/** What all pages say that would leave the customer without somebody who may do this. */
export const administratorProblems = {
  'last-administrator': {
    ja: '有効なポータル管理者がほかにいないため、または、いない日ができるため、変更できません。先に、ほかのユーザーをポータル管理者にしてください。',
    en: 'There is no other active portal administrator, or none on some day to come. Make somebody else one first.',
  },
  'last-in-automatic-group': {
    ja: '全サービス参照編集権限グループにポータル管理者がいなくなります。よろしければ、確認の欄にチェックを付けてください。',
    en: 'No portal administrator will be left in the group for all services. If that is what you want, tick the box.',
  },
  'no-longer-administrator': {
    ja: 'ポータル管理者の権限がなくなったため、変更できませんでした。',
    en: 'You are no longer a portal administrator, so nothing was changed.',
  },
} satisfies Record<string, Phrase>

export const emptyGroupLabel: Phrase = {
  ja: '全サービス参照編集権限グループにポータル管理者がいなくなることを確認しました',
  en: 'I know that no portal administrator will be left in the group for all services',
}

/** Somebody else was faster. */
export const changedMeanwhile: Phrase = {
  ja: 'ユーザーの状態が変わっていたため、変更できませんでした。最新の内容をご確認ください。',
  en: 'The state of the user has changed meanwhile, so nothing was done. Look at what it is now.',
}

export const ownPeriod: Phrase = {
  ja: '自分の利用期間は変更できません。ほかのポータル管理者に依頼してください。',
  en: 'You cannot change your own period of use. Ask another portal administrator.',
}

/** As little as an administrator may know of users of other customers. */
export const mailProblems = {
  'mail-taken': {
    ja: 'メールアドレスは、すでに登録されています。別のメールアドレスを入力してください。',
    en: 'A user of your company has this email address already. Enter another one.',
  },
  'mail-unavailable': {
    ja: 'このメールアドレスは登録できません。窓口へお問い合わせください。',
    en: 'This email address cannot be registered. Please contact us.',
  },
} satisfies Record<string, Phrase>
